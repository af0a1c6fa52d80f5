// What the diagnosis says: whose fault it is, since when, and the numbers that show it. Plain data, like all events.

import type { EndpointId, Millis, UnixMillis } from './units.js';

export type VerdictCode =
  | 'starting'
  | 'not-collecting'
  | 'fine'
  | 'machine'
  | 'local'
  | 'own-traffic'
  | 'provider'
  | 'beyond'
  | 'host'
  | 'unclear';

export type ConditionName = 'fine' | 'lossy' | 'slow' | 'jittery' | 'down' | 'no data' | 'silent';

/** What an endpoint has to say on the fault: it has it, it hasn't, it can't tell yet, or it only answers ping badly. */
export type Part = 'blamed' | 'cleared' | 'undecided' | 'acquitted' | 'none';

export type EndpointEvidence = {
  endpoint: EndpointId;
  label: string;
  /** Everything that is wrong with it, worst first; one entry where nothing is. */
  conditions: readonly ConditionName[];
  part: Part;
  /** Fraction 0..1 of its settled probes that failed since the verdict's `since`, at least over the last 10 s; null without any. */
  share: number | null;
  /** How many of them were answered after the timeout. */
  late: number;
  /** Median RTT over the same probes, null where none was answered. */
  p50: Millis | null;
  usualP50: Millis | null;
  /** Why probes could not be sent, where they could not. */
  error?: string;
};

export type QualityWord = 'good' | 'fair' | 'poor' | 'bad';

/** What a call would sound like: an estimate, nobody has called. */
export type CallQuality = {
  /** Transmission rating (ITU-T G.107), 0 to 93.2. */
  r: number;
  /** Mean opinion score, 1 to 4.5. */
  mos: number;
  word: QualityWord;
};

/** That of the endpoint on the way to which it is worst. */
export type WorstCallQuality = CallQuality & { endpoint: EndpointId };

/** What would tell whose fault it is. */
export type Addition = 'host' | 'gateway' | 'provider' | 'slower gateway';

export type VerdictEvidence = {
  endpoints: readonly EndpointEvidence[];
  /** Bytes a second, last and highest so far, of the direction that is nearer to its highest; null where it isn't known. */
  traffic: { now: number; highest: number; direction: 'received' | 'sent' } | null;
  /** Of the worst endpoint beyond the gateway that isn't acquitted; left out where none can tell. */
  quality?: WorstCallQuality;
  confidence: 'likely' | 'possibly' | null;
  /** For `unclear`: what to add. */
  add: Addition | null;
  /** Other faults at the same time, worst first. */
  others: readonly { code: VerdictCode; endpoints: readonly EndpointId[]; since: UnixMillis }[];
  /** Why nothing is known: the reason of the gap, or the error of what could not be sent. */
  reason: string | null;
};

/** Whose fault it is, said when the code or the blamed change. */
export type VerdictEvent = {
  type: 'verdict';
  /** The instant it was judged at, on the session timeline. */
  at: UnixMillis;
  code: VerdictCode;
  /** When what it says began. */
  since: UnixMillis;
  /** Whoever is blamed, in the order of their places. */
  endpoints: readonly EndpointId[];
  evidence: VerdictEvidence;
};
