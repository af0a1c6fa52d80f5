// What a status bar needs of a session: the document that --status writes, made from the history. Times are seconds of
// the wall clock since 1970, RTTs milliseconds, loss a fraction, as in the record.

import { clausesOf, excessOfBlamed, symptomOf } from '../../diagnosis/wording/evidence-words.js';
import { nameOf } from '../../diagnosis/wording/verdict-words.js';
import type { ProbeState } from '../../events/probe-state.js';
import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import { asOfNow, recentLength } from '../../view/verdict/current-verdict.js';
import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';
import type { QualityWord, VerdictCode, VerdictEvent, WorstCallQuality } from '../../events/verdict.js';
import type { EndpointHistory } from '../../history/endpoint-history.js';
import type { SessionHistory } from '../../history/session-history.js';

/** The last 10 s, or the last hour. */
export type SpanStatus = {
  probes: number;
  /** Of answered and late probes; null where there were none. */
  p50: Millis | null;
  /** 0 to 1 of the probes that have settled; null where none has. */
  loss: number | null;
  /** Probes that were answered after their timeout. */
  late: number;
};

export type EndpointStatus = {
  label: string;
  target: string;
  address: string | null;
  /** Of a hop: how far away it is; null of all others. */
  hop: number | null;
  /** Of the newest probe that has settled; null while there is none. */
  state: ProbeState | null;
  rtt: Millis | null;
  /** See `inTrouble`. */
  trouble: boolean;
  last10s: SpanStatus;
  last1h: SpanStatus;
  /** The outage that is going on. */
  outage: { from: number; lost: number; error: string | null } | null;
};

/** Whose fault it is. */
export type VerdictStatus = {
  code: VerdictCode;
  since: number;
  /** In words: "beyond your router". */
  name: string;
  /** What is wrong: "20 % lost, +185 ms"; empty where nothing is. */
  symptom: string;
  /** How much slower than usual it is, where that is what is wrong. */
  excess: Millis | null;
  /** What proves it: "gateway clean 2.1 ms; far1 and far2 together". */
  proof: string;
};

/** What a call would be like, to the endpoint where it is worst: an estimate. */
export type QualityStatus = {
  word: QualityWord;
  /** Transmission rating (ITU-T G.107), 0 to 93.2. */
  r: number;
  /** Mean opinion score, 1 to 4.5. */
  mos: number;
  label: string;
};

export type StatusDocument = {
  type: 'pingem status';
  format: 1;
  pid: number;
  started: number;
  /** When this was written. */
  time: number;
  /** Null before anything was said. */
  verdict: VerdictStatus | null;
  /** Null where it can't be told. */
  quality: QualityStatus | null;
  /** Whether any endpoint is in trouble, also one that is not listed. */
  trouble: boolean;
  /** How many endpoints are watched. */
  count: number;
  /** The first 1000 of them. */
  endpoints: EndpointStatus[];
};

export const STATUS_TYPE = 'pingem status';
export const STATUS_FORMAT = 1;

/** So that a reader knows how much there can be. */
export const MOST_ENDPOINTS = 1000;
export const LONGEST_TEXT = 256;

const SECOND: Millis = 1000;
const HOUR: Millis = 3_600_000;

/** A tenth lost: at one probe a second a single loss is that for ten seconds, and at five a second two in one second. */
const TROUBLE_LOSS = 0.1;

/** An outage is going on, or a tenth or more of the last 10 s was lost. */
const inTrouble = ({ outage, last10s }: Pick<EndpointStatus, 'outage' | 'last10s'>): boolean =>
  outage !== null || (last10s.loss ?? 0) >= TROUBLE_LOSS;

export const statusOf = (
  history: SessionHistory,
  verdict: VerdictEvent | null,
  now: UnixMillis,
  pid: number,
  quality: WorstCallQuality | null = null,
): StatusDocument => {
  const wall = (at: UnixMillis): number => Math.round(at + history.clockOffset) / SECOND;
  const recentOf = (id: EndpointId): EpochStats | null => {
    const endpoint = history.endpoints[id];
    return endpoint === undefined ? null : endpoint.span(now - recentLength(endpoint.info), now);
  };
  const present = history.endpoints.filter(({ removedAt }) => removedAt === null);
  const all = present.map((endpoint) => endpointStatus(endpoint, now, wall));
  return {
    type: STATUS_TYPE,
    format: STATUS_FORMAT,
    pid,
    started: wall(history.info.startedAt),
    time: wall(now),
    verdict: verdict === null ? null : verdictStatus(asOfNow(verdict, recentOf), wall),
    quality: quality === null ? null : qualityStatus(quality, history.endpoints[quality.endpoint]?.info.label ?? ''),
    trouble: all.some(({ trouble }) => trouble),
    count: all.length,
    endpoints: all.slice(0, MOST_ENDPOINTS),
  };
};

const verdictStatus = (verdict: VerdictEvent, wall: (at: UnixMillis) => number): VerdictStatus => ({
  code: verdict.code,
  since: wall(verdict.since),
  name: nameOf(verdict, true).slice(0, LONGEST_TEXT),
  symptom: symptomOf(verdict).slice(0, LONGEST_TEXT),
  excess: rounded(excessOfBlamed(verdict), 3),
  proof: clausesOf(verdict).join('; ').slice(0, LONGEST_TEXT),
});

const qualityStatus = ({ word, r, mos }: WorstCallQuality, label: string): QualityStatus => ({
  word,
  r: Number(r.toFixed(1)),
  mos: Number(mos.toFixed(2)),
  label: label.slice(0, LONGEST_TEXT),
});

const endpointStatus = (
  endpoint: EndpointHistory,
  now: UnixMillis,
  wall: (at: UnixMillis) => number,
): EndpointStatus => {
  const { info, address, lastState, lastRtt } = endpoint;
  const current = endpoint.outages.recent().find(({ to }) => to === null) ?? null;
  const outage =
    current === null ? null : { from: wall(current.from), lost: current.lost, error: shortened(current.error) };
  const last10s = spanStatus(endpoint, now - 10 * SECOND, now);
  return {
    label: info.label.slice(0, LONGEST_TEXT),
    target: info.target.slice(0, LONGEST_TEXT),
    address,
    hop: info.hop,
    state: lastState,
    rtt: rounded(lastRtt, 3),
    trouble: inTrouble({ outage, last10s }),
    last10s,
    last1h: spanStatus(endpoint, now - HOUR, now),
    outage,
  };
};

const spanStatus = (endpoint: EndpointHistory, from: UnixMillis, to: UnixMillis): SpanStatus => {
  const { slots, p50, loss, counts } = endpoint.span(from, to);
  return { probes: slots, p50: rounded(p50, 3), loss: rounded(loss, 6), late: counts.late };
};

const shortened = (text: string | null): string | null => (text === null ? null : text.slice(0, LONGEST_TEXT));

const rounded = (value: number | null, digits: number): number | null =>
  value === null ? null : Number(value.toFixed(digits));
