// The machine's default routes, from the kernel's tables as text: /proc/net/route and /proc/net/ipv6_route (proc(5);
// net/ipv4/fib_trie.c and net/ipv6/route.c of Linux print them).

import { endianness } from 'node:os';
import { addressFromBytes } from '../names/addresses.js';
import type { Family } from '../ports.js';

export type DefaultRoute = {
  family: Family;
  /** With its zone where that is needed; null where the route has none, as through a VPN or over PPP. */
  nextHop: string | null;
  interface: string;
};

/** The routing table of the network namespace at present. */
export type RouteTable = {
  /** The default route, of the first of these families that has one. Null where none has. */
  defaultRoute: (families: readonly Family[]) => DefaultRoute | null;
};

/** Flags of a route (linux/route.h). */
const RTF_UP = 0x1;
const RTF_GATEWAY = 0x2;
const RTF_REJECT = 0x200;

type Candidate = DefaultRoute & { metric: number };

const best = (candidates: readonly (Candidate | null)[]): DefaultRoute | null => {
  let least: Candidate | null = null;
  for (const candidate of candidates) {
    if (candidate !== null && (least === null || candidate.metric < least.metric)) least = candidate;
  }
  return least === null ? null : { family: least.family, nextHop: least.nextHop, interface: least.interface };
};

const usable = (flags: number): boolean => (flags & RTF_UP) !== 0 && (flags & RTF_REJECT) === 0;

const ipv4Candidate = (line: string): Candidate | null => {
  const [device = '', destination, gateway = '', flagText = '', , , metric = '', mask] = line.trim().split(/\s+/);
  const flags = Number.parseInt(flagText, 16);
  if (destination !== '00000000' || mask !== '00000000' || !usable(flags)) return null;
  // A number of the machine's own byte order, whose bytes in memory are the address.
  const bytes = Buffer.from(gateway, 'hex');
  if (endianness() === 'LE') bytes.reverse();
  const nextHop = (flags & RTF_GATEWAY) === 0 || bytes.length !== 4 ? null : addressFromBytes(bytes, 0, 4);
  return { family: 4, nextHop, interface: device, metric: Number(metric) };
};

const ipv6Candidate = (line: string): Candidate | null => {
  const fields = line.trim().split(/\s+/);
  const [destination, length, , , gateway = '', metric = '', , , flagText = '', device = ''] = fields;
  const flags = Number.parseInt(flagText, 16);
  if (destination !== '0'.repeat(32) || length !== '00' || device === 'lo' || !usable(flags)) return null;
  const bytes = Buffer.from(gateway, 'hex');
  let nextHop = (flags & RTF_GATEWAY) === 0 || bytes.length !== 16 ? null : addressFromBytes(bytes, 0, 6);
  if (nextHop !== null && /^fe[89ab]/.test(nextHop)) nextHop = `${nextHop}%${device}`;
  return { family: 6, nextHop, interface: device, metric: Number.parseInt(metric, 16) };
};

/** The route of the lowest metric. `table` is the text of /proc/net/route or /proc/net/ipv6_route. */
export const defaultRouteIn = (family: Family, table: string): DefaultRoute | null =>
  best(table.split('\n').map(family === 4 ? ipv4Candidate : ipv6Candidate));
