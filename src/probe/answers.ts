// What comes back for a probe, once its bytes have passed every check.

import type { Millis, ProbeSeq } from '../events/units.js';

export type Reply = {
  seq: ProbeSeq;
  /** The sequence in the ICMP header. */
  seqLow: number;
  source: string;
  receivedAt: Millis;
  ttl: number | null;
  uncertain: boolean;
};

/** A router's Time Exceeded: `destination` is what it quotes, and whoever sends it is the hop. */
export type HopAnswer = Reply & { destination: string };

/** An ICMP error about a probe: what it quotes, who sent it, and what it says. */
export type IcmpError = {
  seq: ProbeSeq;
  seqLow: number;
  destination: string;
  from: string;
  icmpType: number;
  icmpCode: number;
};
