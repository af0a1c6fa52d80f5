// The one stream of events. A live run, a replayed record and the demo differ only in who produces them; nothing
// downstream can tell which it is. Plain data, so that an event crosses threads and files unchanged.

import type { EndpointInfo } from './endpoint-info.js';
import type { VerdictEvent } from './verdict.js';
import type { EndpointId, Millis, ProbeSeq, UnixMillis } from './units.js';

/** Why slots of the plan were not sent at all: nobody looked, so it is neither loss nor success. */
export type GapReason = 'stall' | 'stopped' | 'suspend' | 'not running';

/** Why a packet that looked like one of ours was not counted. */
export type RejectReason =
  | 'checksum'
  | 'cookie'
  | 'source'
  | 'endpoint'
  /** A sequence that was never sent, is too old to be known, or contradicts itself. */
  | 'sequence'
  /** The fixed pattern came back altered or longer than it was sent. */
  | 'payload'
  | 'malformed';

/** The send record: made immediately before sendto. */
export type SentEvent = { type: 'sent'; endpoint: EndpointId; seq: ProbeSeq; at: UnixMillis };

/** A genuine echo reply within the timeout. `ttl` is null where the kernel doesn't tell (IPv6 raw sockets). */
export type AnsweredEvent = {
  type: 'answered';
  endpoint: EndpointId;
  seq: ProbeSeq;
  rtt: Millis;
  ttl: number | null;
  /** Stamped in JavaScript across a stall of the loop: counts as answered, stays out of jitter and percentiles. */
  uncertain?: true;
};

/** The timeout passed. */
export type LostEvent = { type: 'lost'; endpoint: EndpointId; seq: ProbeSeq };

/** A genuine echo reply after the probe was called lost (or unreachable): un-loses it. */
export type LateEvent = {
  type: 'late';
  endpoint: EndpointId;
  seq: ProbeSeq;
  rtt: Millis;
  ttl: number | null;
  uncertain?: true;
};

/** sendto failed, or there was no address to send to. `error` is an errno or resolver code such as ENETUNREACH. */
export type UnsentEvent = { type: 'unsent'; endpoint: EndpointId; seq: ProbeSeq; error: string };

/** An ICMP error that quotes this probe came within the timeout. */
export type UnreachableEvent = {
  type: 'unreachable';
  endpoint: EndpointId;
  seq: ProbeSeq;
  from: string;
  icmpType: number;
  icmpCode: number;
};

/** A further genuine reply to a probe that was answered already. */
export type DuplicateEvent = { type: 'duplicate'; endpoint: EndpointId; seq: ProbeSeq; rtt: Millis };

/** `count` packets that bore our identifier but failed a check. Never counted as answers. */
export type RejectedEvent = { type: 'rejected'; endpoint: EndpointId | null; reason: RejectReason; count: number };

/** In flight across a suspend or a stop of the process: says nothing about the network. */
export type VoidEvent = { type: 'void'; endpoint: EndpointId; seq: ProbeSeq };

/** From `from` to `to` no slot was sent: of that endpoint, or where none is named, of any. */
export type GapEvent = { type: 'gap'; endpoint?: EndpointId; from: UnixMillis; to: UnixMillis; reason: GapReason };

/** The program itself stood still; slots that were missed over it are told as a gap. */
export type StallEvent = { type: 'stall'; from: UnixMillis; to: UnixMillis };

/**
 * The endpoint's name was resolved to an address that differs from the one before (or is the first); of a hop: another
 * router answers for it. Told once more with `name`, what the address is called, where a reverse lookup has found that.
 */
export type ResolvedEvent = {
  type: 'resolved';
  endpoint: EndpointId;
  address: string;
  name?: string;
  at: UnixMillis;
};

/** The wall clock was stepped: from now on it shows the session timeline plus `offset`. */
export type ClockEvent = { type: 'clock'; at: UnixMillis; offset: Millis };

/** The user marked this instant. */
export type MarkEvent = { type: 'mark'; at: UnixMillis; text: string };

/**
 * From `at` on this endpoint is watched. With an id that is known already: what can change of it (label, interval,
 * size) is so from `at` on. Ids count up and are never used again.
 */
export type EndpointEvent = { type: 'endpoint'; endpoint: EndpointId; info: EndpointInfo; at: UnixMillis };

/** The endpoint is not watched any more. Its past stays. */
export type RemovedEvent = { type: 'removed'; endpoint: EndpointId; at: UnixMillis };

/**
 * What an interface, that of the default route, carried in the seconds that end at `at`: one value a second, oldest first,
 * the last of them for the second that ends at `at`. Told at once where it is near to the highest so far, else by the ten.
 */
export type TrafficEvent = {
  type: 'traffic';
  at: UnixMillis;
  receivedBytes: readonly number[];
  sentBytes: readonly number[];
  /** Its name; left out where a record doesn't tell. */
  interface?: string;
  /** Signal of the Wi-Fi in dBm, where the interface has one and it was read anew. */
  signalDbm?: number;
};

/** What settles a probe, or settles it again. */
export type OutcomeEvent = AnsweredEvent | LostEvent | LateEvent | UnsentEvent | UnreachableEvent | VoidEvent;

export type ProbeEvent =
  | SentEvent
  | OutcomeEvent
  | DuplicateEvent
  | RejectedEvent
  | GapEvent
  | StallEvent
  | ResolvedEvent
  | ClockEvent
  | MarkEvent
  | EndpointEvent
  | RemovedEvent
  | TrafficEvent
  | VerdictEvent;
