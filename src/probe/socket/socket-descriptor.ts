// raw-socket hides its file descriptor. It is the one whose link in /proc/self/fd was not there before the socket was
// opened; links are compared, not numbers, because any other thread may open and close files meanwhile.

import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import type { Family } from '../ports.js';

export type SocketDescriptor = { fd: number; inode: string };

const socketLinks = (): Map<string, number> => {
  const links = new Map<string, number>();
  let names: string[];
  try {
    names = readdirSync('/proc/self/fd');
  } catch {
    return links;
  }
  for (const name of names) {
    try {
      const link = readlinkSync(`/proc/self/fd/${name}`);
      if (link.startsWith('socket:[')) links.set(link, Number(name));
    } catch {
      // Closed since the directory was read.
    }
  }
  return links;
};

/** Runs `open` and finds the one socket that it opened; null where /proc doesn't tell. */
export const withDescriptor = <T>(open: () => T): [T, SocketDescriptor | null] => {
  const before = socketLinks();
  const opened = open();
  const added = [...socketLinks()].filter(([link]) => !before.has(link));
  const [only] = added;
  if (only === undefined || added.length > 1) return [opened, null];
  const [link, fd] = only;
  return [opened, { fd, inode: link.slice('socket:['.length, -1) }];
};

/** The `drops` column of /proc/net/raw for that socket: packets that found its receive buffer full. */
export const droppedPackets = (inode: string, family: Family): number | null => {
  let table: string;
  try {
    table = readFileSync(family === 4 ? '/proc/self/net/raw' : '/proc/self/net/raw6', 'latin1');
  } catch {
    return null;
  }
  const [head = '', ...rows] = table.split('\n');
  // The head runs some columns together ("tx_queue rx_queue tr tm->when" are three), so count from the right.
  const columns = head.trim().split(/\s+/);
  const inodeFromRight = columns.length - columns.indexOf('inode');
  for (const row of rows) {
    const cells = row.trim().split(/\s+/);
    if (cells.at(-inodeFromRight) === inode) return Number(cells.at(-1));
  }
  return null;
};
