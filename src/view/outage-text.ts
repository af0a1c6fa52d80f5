// The ledger in words: outages, the errors behind them, and what else happened.

import type { EndpointInfo } from '../events/endpoint-info.js';
import { NO_NEXT_HOP } from '../events/no-next-hop.js';
import type { LedgerEvent, Outage } from '../history/outages/outage-ledger.js';
import type { EndpointId, Millis, UnixMillis } from '../events/units.js';
import { planText } from './endpoint-text.js';
import { counted, durationText } from './format.js';
import { instantText } from './wall-clock.js';
import type { LocalMillis } from './wall-clock.js';

/** What the common error codes mean. ICMP: RFC 792, "type/code". */
const meanings: Readonly<Record<string, string>> = {
  ENETUNREACH: 'no route',
  EHOSTUNREACH: 'host unreachable',
  ENETDOWN: 'network down',
  EHOSTDOWN: 'host down',
  EPERM: 'not permitted',
  EACCES: 'not permitted',
  ENOBUFS: 'send queue full',
  EADDRNOTAVAIL: 'no own address',
  [NO_NEXT_HOP]: 'no next hop, as through a VPN',
  EAI_AGAIN: 'name not resolved',
  ENOTFOUND: 'name unknown',
  '3/0': 'network unreachable',
  '3/1': 'host unreachable',
  '3/9': 'prohibited',
  '3/10': 'prohibited',
  '3/13': 'prohibited',
  '11/0': 'TTL exceeded',
};

/** ICMPv6: RFC 4443. */
const meanings6: Readonly<Record<string, string>> = {
  '1/0': 'no route',
  '1/1': 'prohibited',
  '1/3': 'host unreachable',
  '2/0': 'packet too big',
  '3/0': 'hop limit exceeded',
};

/** `no route (ENETUNREACH)`, `host unreachable (3/1 from 192.168.1.1)`, or the code alone where nothing is known. */
export const errorText = (error: string): string => {
  const [code = '', , from = ''] = error.split(' ');
  const meaning = (from.includes(':') ? meanings6 : meanings)[code];
  return meaning === undefined ? error : `${meaning} (${error})`;
};

/** `on the way to 192.0.2.1, ` of a hop, nothing of others. */
const wayText = ({ kind, target }: EndpointInfo): string => (kind === 'hop' ? `on the way to ${target}, ` : '');

/** One word for the kind of event, and what there is to say of it; `nameOf` gives an endpoint's name. */
export const ledgerEventText = (
  event: LedgerEvent,
  nameOf: (endpoint: EndpointId) => string,
): { what: string; text: string } => {
  switch (event.type) {
    case 'address':
    case 'route': {
      const change = event.before === null ? event.address : `${event.before} to ${event.address}`;
      const what = event.type === 'route' && event.before === null ? 'router' : event.type;
      return { what, text: `${nameOf(event.endpoint)}  ${change}` };
    }
    case 'clock': {
      const direction = event.step < 0 ? 'back' : 'forward';
      return { what: 'clock', text: `set ${direction} by ${durationText(Math.abs(event.step))}` };
    }
    case 'mark':
      return { what: 'mark', text: event.text };
    case 'gap':
      return { what: 'gap', text: `${durationText(event.to - event.at)}, not collecting (${event.reason})` };
    case 'added':
      return { what: 'added', text: `${nameOf(event.endpoint)}  ${wayText(event.info)}${planText(event.info)}` };
    case 'changed':
      return { what: 'changed', text: `${nameOf(event.endpoint)}  ${planText(event.info)}` };
    case 'removed':
      return { what: 'removed', text: nameOf(event.endpoint) };
  }
};

/** Outages of several endpoints that began together: one event of the network. */
export type OutageGroup = {
  outages: readonly Outage[];
  from: UnixMillis;
  to: UnixMillis | null;
  lost: number;
  error: string | null;
};

/** One endpoint's slots and timeouts may lie this far from another's. */
const TOGETHER: Millis = 5000;

/** One error for all of them, or none: one endpoint's reason is not another's. */
const commonError = (outages: readonly Outage[]): string | null => {
  const [first] = outages;
  return first !== undefined && outages.every(({ error }) => error === first.error) ? first.error : null;
};

const groupOf = (outages: readonly Outage[]): OutageGroup => ({
  outages,
  from: Math.min(...outages.map(({ from }) => from)),
  to: outages.reduce<UnixMillis | null>((to, o) => (to === null || o.to === null ? null : Math.max(to, o.to)), 0),
  lost: outages.reduce((sum, { lost }) => sum + lost, 0),
  error: commonError(outages),
});

/** Who was out with the newest outage to begin; null where there was none. `outages` in order of their beginning. */
export const newestGroup = (outages: readonly Outage[]): OutageGroup | null => {
  const last = outages.at(-1);
  return last === undefined ? null : groupOf(outages.filter(({ from }) => last.from - from <= TOGETHER));
};

export type OutageWords = {
  who: string;
  /** `since 14:28:35`, or `14:28:35 to 14:28:55`. */
  when: string;
  /** In one word and a time: `since 14:28:35`, `to 14:28:55`. */
  brief: string;
  length: string;
  probes: string;
  why: string;
};

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
  return {
    who,
    when: group.to === null ? `since ${from}` : `${from} to ${instantText(local(group.to), today)}`,
    brief: group.to === null ? `since ${from}` : `to ${instantText(local(group.to), today)}`,
    length: durationText(Math.max(0, (group.to ?? now) - group.from)),
    probes: counted(group.lost, 'probe'),
    why: group.error === null ? '' : errorText(group.error),
  };
};

/** Endpoints that are out now but not part of the group: they went down before it. */
export const stillOut = (outages: readonly Outage[], group: OutageGroup): readonly Outage[] =>
  outages.filter((outage) => outage.to === null && !group.outages.includes(outage));
