// The words that the prober shares with the ground floor, in one place so that paths stay short.

export type { ReceiveClock } from '../history/session-info.js';
export type { EndpointId, Millis, ProbeSeq, UnixMillis } from '../history/units.js';
export type { GapReason, ProbeEvent, RejectReason } from '../history/events.js';
