// Single probes that look for routers, beside those of the endpoints: they are no slots of a plan, and nothing is told of
// them. One endpoint id that no endpoint has is theirs.

import type { RejectReason } from '../../events/events.js';
import type { Millis, ProbeSeq } from '../../events/units.js';
import type { Destination, Destinations } from '../destinations.js';
import type { TargetAddress } from '../names/endpoint-address.js';
import { isSameAddress } from '../names/addresses.js';
import type { Identity } from '../packet/echo-payload.js';
import { EchoRequest } from '../packet/echo-request.js';
import type { Family, IcmpSocket, TimerHandle, Timers } from '../ports.js';

/** The last that 16 bits have. */
export const SCOUT_ID = 0xffff;
export const SCOUT_BYTES = 56;
/** Routers answer within this or hardly ever. */
const PATIENCE: Millis = 1_000;

/** Who has answered, and whether that is the target itself. */
export type ScoutAnswer = { from: string; reached: boolean };

/** Sends one probe there, with `target.hops`. Null if nobody has answered within a second, or it couldn't be sent. */
export type Scout = (target: TargetAddress) => Promise<ScoutAnswer | null>;

type Pending = {
  target: TargetAddress;
  low: number;
  destination: Destination;
  timer: TimerHandle;
  settle: (answer: ScoutAnswer | null) => void;
};

export type ScoutsOptions = {
  identities: Readonly<Record<Family, Identity>>;
  sockets: Readonly<Record<Family, IcmpSocket | null>>;
  timers: Timers;
  destinations: Destinations;
  /** Whether that probe, of any endpoint, is in flight. */
  waits: (endpoint: number, seq: ProbeSeq) => boolean;
};

export class Scouts {
  readonly #options: ScoutsOptions;
  readonly #requests: Partial<Record<Family, EchoRequest>> = {};
  readonly #pending = new Map<ProbeSeq, Pending>();
  #next: ProbeSeq = 0;

  constructor(options: ScoutsOptions) {
    this.#options = options;
  }

  readonly ask: Scout = (target) => {
    const { sockets, destinations, timers, waits } = this.#options;
    const socket = sockets[target.family];
    if (socket === null) return Promise.resolve(null);
    const seq = this.#next++;
    const destination = destinations.enter(target.canonical, null);
    return new Promise((settle) => {
      const low = destination.take(SCOUT_ID, seq, waits);
      const timer = timers.after(PATIENCE, () => this.#settle(seq, null));
      this.#pending.set(seq, { target, low, destination, timer, settle });
      const packet = this.#requestOf(target.family).build(seq, low);
      if (socket.send(packet, target.text, target.hops) !== null) this.#settle(seq, null);
    });
  };

  waits(seq: ProbeSeq): boolean {
    return this.#pending.has(seq);
  }

  /** An echo reply: of the target alone. Returns why it doesn't count, or null. What comes too late is of no use. */
  reply(seq: ProbeSeq, seqLow: number, source: string): RejectReason | null {
    const pending = this.#pending.get(seq);
    if (pending === undefined) return seq < this.#next ? null : 'sequence';
    if (pending.low !== seqLow) return 'sequence';
    if (!isSameAddress(source, pending.target.canonical)) return 'source';
    this.#settle(seq, { from: pending.target.canonical, reached: true });
    return null;
  }

  /** An ICMP error that quotes one of ours: whoever answers Time Exceeded is a router, other errors are no answer. */
  error(seq: ProbeSeq, seqLow: number, quoted: string, from: string | null): RejectReason | null {
    const pending = this.#pending.get(seq);
    if (pending === undefined) return seq < this.#next ? null : 'sequence';
    if (pending.low !== seqLow) return 'sequence';
    if (quoted !== pending.target.canonical) return 'source';
    this.#settle(seq, from === null ? null : { from, reached: false });
    return null;
  }

  /** Whatever is pending is never answered. */
  stop(): void {
    for (const { timer } of this.#pending.values()) timer.cancel();
    this.#pending.clear();
  }

  #settle(seq: ProbeSeq, answer: ScoutAnswer | null): void {
    const pending = this.#pending.get(seq);
    if (pending === undefined) return;
    this.#pending.delete(seq);
    pending.timer.cancel();
    this.#options.destinations.leave(pending.destination);
    pending.settle(answer);
  }

  #requestOf(family: Family): EchoRequest {
    const identity = this.#options.identities[family];
    return (this.#requests[family] ??= new EchoRequest(family, identity, SCOUT_ID, SCOUT_BYTES, true));
  }
}
