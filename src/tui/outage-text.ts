// Outages in words: the line below the strips, and the errors behind them.

import type { Outage } from '../history/outage-ledger.js';
import type { Millis, UnixMillis } from '../history/units.js';
import { counted, durationText } from './format.js';
import { instantText } from './wall-clock.js';
import type { LocalMillis } from './wall-clock.js';

/** What the common error codes mean. ICMP: RFC 792 and RFC 4443, "type/code". */
const meanings: Readonly<Record<string, string>> = {
  ENETUNREACH: 'no route',
  EHOSTUNREACH: 'host unreachable',
  ENETDOWN: 'network down',
  EHOSTDOWN: 'host down',
  EPERM: 'not permitted',
  EACCES: 'not permitted',
  ENOBUFS: 'send queue full',
  EADDRNOTAVAIL: 'no own address',
  EAI_AGAIN: 'name not resolved',
  ENOTFOUND: 'name unknown',
  '3/0': 'network unreachable',
  '3/1': 'host unreachable',
  '3/9': 'prohibited',
  '3/10': 'prohibited',
  '3/13': 'prohibited',
  '11/0': 'TTL exceeded',
};

/** `no route (ENETUNREACH)`, `host unreachable (3/1 from 192.168.1.1)`, or the code alone where nothing is known. */
export const errorText = (error: string): string => {
  const meaning = meanings[error] ?? meanings[error.split(' ')[0] ?? ''];
  return meaning === undefined ? error : `${meaning} (${error})`;
};

/** Outages of several endpoints that overlap in time: one event of the network. */
export type OutageGroup = {
  outages: readonly Outage[];
  from: UnixMillis;
  to: UnixMillis | null;
  lost: number;
  error: string | null;
};

const end = (outage: Outage): number => outage.to ?? Infinity;

/** The group of the newest outage, null where there was none. `outages` in order of their beginning. */
export const newestGroup = (outages: readonly Outage[]): OutageGroup | null => {
  const last = outages.reduce<Outage | null>((best, o) => (best === null || end(o) >= end(best) ? o : best), null);
  if (last === null) return null;
  const together = outages.filter((outage) => outage.from < end(last) && end(outage) > last.from);
  const ends = together.map(end);
  const latest = Math.max(...ends);
  return {
    outages: together,
    from: Math.min(...together.map(({ from }) => from)),
    to: latest === Infinity ? null : latest,
    lost: together.reduce((sum, { lost }) => sum + lost, 0),
    error: together.find(({ error }) => error !== null)?.error ?? null,
  };
};

export type OutageWords = { who: string; when: string; howMuch: string; why: string };

/** `local` turns an instant of the timeline into local time. `nameOf` gives printable names. */
export const outageWords = (
  group: OutageGroup,
  now: UnixMillis,
  local: (at: UnixMillis) => LocalMillis,
  nameOf: (endpoint: number) => string,
): OutageWords => {
  const endpoints = [...new Set(group.outages.map(({ endpoint }) => endpoint))];
  const [first] = endpoints;
  const who = endpoints.length === 1 && first !== undefined ? nameOf(first) : counted(endpoints.length, 'endpoint');
  const today = local(now);
  const from = instantText(local(group.from), today);
  const length: Millis = (group.to ?? now) - group.from;
  return {
    who,
    when: group.to === null ? `since ${from}` : `${from} to ${instantText(local(group.to), today)}`,
    howMuch: `${durationText(Math.max(0, length))}, ${counted(group.lost, 'probe')}`,
    why: group.error === null ? '' : errorText(group.error),
  };
};
