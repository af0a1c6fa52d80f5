// What the diagnosis reads beside the events of probes, and what it says. Plain data, like those events.

import type { ProbeEvent } from '../events/events.js';
import type { EndpointId, Millis, UnixMillis } from '../events/units.js';

export type EndpointKind = 'host' | 'gateway' | 'provider' | 'internet' | 'hop';

/** Where on the way an endpoint stands: the default route's next hop, the provider's first router, or what lies behind it. */
export type Place = 'gateway' | 'provider' | 'beyond';

/** From `at` on this endpoint is watched; with a known id it changes what is said of it from `at` on. */
export type EndpointEvent = {
  type: 'endpoint';
  endpoint: EndpointId;
  target: string;
  label: string;
  kind: EndpointKind;
  /** Where it stands, if the routing table or the user has said so; null where the kind decides. */
  place: Place | null;
  /** How many hops away, where it is watched by time to live. */
  hop?: number;
  interval: Millis;
  sizeBytes: number;
  at: UnixMillis;
};

/** The endpoint is not watched any more. */
export type RemovedEvent = { type: 'removed'; endpoint: EndpointId; at: UnixMillis };

/**
 * What the default route's interface carried in the seconds that end at `at`: one value a second, oldest first, the last
 * of them for the second that ends at `at`.
 */
export type TrafficEvent = {
  type: 'traffic';
  at: UnixMillis;
  receivedBytes: readonly number[];
  sentBytes: readonly number[];
  /** Signal of the Wi-Fi in dBm, where the interface has one. */
  signalDbm?: number;
};

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

/** What would tell whose fault it is. */
export type Addition = 'host' | 'gateway' | 'provider' | 'slower gateway';

export type VerdictEvidence = {
  endpoints: readonly EndpointEvidence[];
  /** Bytes a second, last and highest so far, of the direction that is nearer to its highest; null where it isn't known. */
  traffic: { now: number; highest: number; direction: 'received' | 'sent' } | null;
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

/** What the diagnosis takes. Recorded verdicts are ignored: the same events lead to the same verdicts again. */
export type DiagnosisEvent = ProbeEvent | EndpointEvent | RemovedEvent | TrafficEvent | VerdictEvent;
