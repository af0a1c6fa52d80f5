// The prober: one timer, one plan of slots, one queue of timeouts. Each wake-up sends what is due, tells what has timed
// out and sleeps until the next of either. It assumes that the sink returns soon and never throws, and that nobody else
// reads its sockets.

import type { ProbeEvent } from '../events/events.js';
import type { ReceiveClock } from '../events/session-info.js';
import type { EndpointId, Millis, ProbeSeq } from '../events/units.js';
import { DiagnosticsRecorder } from './diagnostics.js';
import type { ProberDiagnostics } from './diagnostics.js';
import { EndpointAddress } from './names/endpoint-address.js';
import { EndpointProber } from './endpoint-prober.js';
import type { Identity } from './packet/echo-payload.js';
import { PacketDecoder } from './packet/packet-decoder.js';
import type { Family, IcmpSocket, MonotonicClock, Random, Resolver, TimerHandle, Timers } from './ports.js';
import { RejectionTally } from './rejection-tally.js';
import { ReplyIntake } from './reply-intake.js';
import type { SessionClock } from './clock/session-clock.js';
import { SlotPlan } from './schedule/slot-plan.js';
import { STOPPED, StallWatch } from './schedule/stall-watch.js';
import { TimeoutQueue } from './schedule/timeout-queue.js';

export type EndpointPlan = {
  id: EndpointId;
  /** Host name or address. */
  target: string;
  label: string;
  /** 4 or 6 where forced, null for whichever is reachable. */
  family: Family | null;
  /** Where a resumed session goes on; 0 if left out. */
  firstSeq?: ProbeSeq;
};

export type ProbePlan = {
  interval: Millis;
  timeout: Millis;
  /** ICMP payload bytes, at least 16. */
  sizeBytes: number;
  /** Probes per endpoint, null for no end. Missed slots are not counted: the run ends that much later. */
  count: number | null;
  /** Resolve names anew that often, null for only when an endpoint is down. */
  resolveEvery: Millis | null;
  endpoints: readonly EndpointPlan[];
};

export type ProberPorts = {
  clock: MonotonicClock;
  sessionClock: SessionClock;
  timers: Timers;
  random: Random;
  resolver: Resolver;
  /** Null for a family that has no socket. They stay the caller's to close. */
  sockets: Readonly<Record<Family, IcmpSocket | null>>;
};

/** The first slot waits so long for names, so that a name that resolves at once doesn't start with a loss. */
const RESOLVE_HEAD_START: Millis = 1_000;
/** A timeout is told with the next slot if that comes within this: fewer wake-ups, and no RTT depends on it. */
const TIMEOUT_SLACK: Millis = 50;
/** How late a slot may still be sent (docs/decisions/0021). */
export const slotTolerance = (interval: Millis): Millis => Math.min(STOPPED, Math.max(interval, 50));

export class Prober {
  readonly #plan: ProbePlan;
  readonly #ports: ProberPorts;
  readonly #sink: (event: ProbeEvent) => void;
  readonly #onDone: () => void;
  readonly #sockets: readonly IcmpSocket[];
  readonly #endpoints: readonly EndpointProber[];
  readonly #byId: ReadonlyMap<EndpointId, EndpointProber>;
  readonly #intake: ReplyIntake;
  readonly #decoders: Readonly<Record<Family, PacketDecoder>>;
  readonly #tally = new RejectionTally();
  readonly #timeouts = new TimeoutQueue();
  readonly #recorder = new DiagnosticsRecorder();
  readonly #watch: StallWatch;
  readonly #tolerance: Millis;
  #slots: SlotPlan | null = null;
  /** Endpoints that have slots left. */
  #active: number;
  #timer: TimerHandle | null = null;
  #state: 'idle' | 'running' | 'ended' = 'idle';

  /** `onDone` is called once, when every endpoint has had its `count` and the last probe has settled. */
  constructor(plan: ProbePlan, ports: ProberPorts, sink: (event: ProbeEvent) => void, onDone: () => void = () => {}) {
    this.#plan = plan;
    this.#ports = ports;
    this.#sink = (event) => {
      if (this.#state !== 'ended') sink(event);
    };
    this.#onDone = onDone;
    this.#tolerance = slotTolerance(plan.interval);
    this.#watch = new StallWatch(ports.clock.now());
    this.#sockets = [ports.sockets[4], ports.sockets[6]].filter((socket) => socket !== null);
    this.#active = plan.endpoints.length;
    const cookie = ports.random.bytes(8);
    const identities = { 4: identity(ports.random, cookie), 6: identity(ports.random, cookie) };
    this.#decoders = {
      4: new PacketDecoder(4, identities[4], plan.sizeBytes),
      6: new PacketDecoder(6, identities[6], plan.sizeBytes),
    };
    this.#endpoints = plan.endpoints.map((endpoint) => this.#createEndpoint(endpoint, identities));
    this.#byId = new Map(this.#endpoints.map((endpoint) => [endpoint.id, endpoint]));
    this.#intake = new ReplyIntake(this.#byId, (reason, endpoint) => this.#tally.add(reason, endpoint));
  }

  /** Starts resolving and probing. Everything that happens from now on is an event. */
  start(): void {
    if (this.#state !== 'idle') return;
    this.#state = 'running';
    for (const socket of this.#sockets) {
      const decoder = this.#decoders[socket.family];
      socket.onPacket((packet, source, receivedAt, stamped) => {
        this.#receive(decoder, packet, source, receivedAt, stamped);
      }, decoder.concernsUs);
    }
    let unsettled = this.#endpoints.length;
    for (const endpoint of this.#endpoints) {
      endpoint.address.start(() => {
        unsettled--;
        if (unsettled === 0 && this.#slots === null) this.#begin();
      });
    }
    if (this.#slots === null) this.#timer = this.#ports.timers.after(RESOLVE_HEAD_START, () => this.#begin());
  }

  /** Nothing is sent or emitted any more, but for the rejections not told yet, which are told now. */
  stop(): void {
    if (this.#state === 'ended') return;
    this.#tally.flush(this.#ports.clock.now(), this.#sink, true);
    this.#state = 'ended';
    this.#timer?.cancel();
    for (const endpoint of this.#endpoints) endpoint.address.stop();
  }

  get diagnostics(): ProberDiagnostics {
    const { lateness, stalls, longestStall, missedSlots } = this.#recorder;
    return {
      latenessP50: lateness.percentile(50),
      latenessP99: lateness.percentile(99),
      stalls,
      longestStall,
      missedSlots,
      overruns: this.#overruns(),
      rejected: this.#tally.total,
      clock: this.#clock,
    };
  }

  #createEndpoint(endpoint: EndpointPlan, identities: Readonly<Record<Family, Identity>>): EndpointProber {
    const { clock, sessionClock, timers, resolver, sockets } = this.#ports;
    const { timeout, sizeBytes, resolveEvery } = this.#plan;
    const { id, target, family, firstSeq = 0 } = endpoint;
    const sink = this.#sink;
    const address = new EndpointAddress({
      target,
      family,
      usable: this.#sockets.map((socket) => socket.family),
      resolveEvery,
      clock,
      timers,
      resolver,
      onChange: ({ text }) => sink({ type: 'resolved', endpoint: id, address: text, at: sessionClock.now() }),
    });
    return new EndpointProber({
      id,
      firstSeq,
      timeout,
      sizeBytes,
      identities,
      sockets,
      clock,
      sessionClock,
      address,
      sink,
    });
  }

  #begin(): void {
    if (this.#state !== 'running' || this.#slots !== null) return;
    this.#timer?.cancel();
    const now = this.#ports.clock.now();
    this.#slots = new SlotPlan(now, this.#plan.interval, this.#endpoints.length);
    this.#watch.expect(now, now);
    this.#wake(this.#slots);
  }

  #wake(slots: SlotPlan): void {
    this.#observeClocks();
    const now = this.#ports.clock.now();
    this.#observeStall(now);
    this.#giveUpMissed(slots, now);
    this.#sendDue(slots, now);
    this.#expire(now);
    this.#tally.flush(now, this.#sink);
    this.#endIfDone();
    if (this.#state === 'running') this.#sleep(slots);
  }

  #sleep(slots: SlotPlan): void {
    const now = this.#ports.clock.now();
    const inFlight = (endpoint: EndpointId, seq: ProbeSeq): boolean => this.#endpoint(endpoint).waits(seq);
    const deadline = this.#timeouts.nextDeadline(inFlight);
    let due = this.#watch.tick(now);
    const slot = this.#active > 0 ? slots.nextAt : Infinity;
    if (deadline !== null) due = Math.min(due, slot <= deadline + TIMEOUT_SLACK ? Math.max(slot, deadline) : deadline);
    due = Math.min(due, slot);
    this.#watch.expect(now, due);
    this.#timer = this.#ports.timers.after(Math.max(0, due - now), () => this.#wake(slots));
  }

  /** Sends each slot that was due at `now`, once. What becomes due meanwhile has its own wake-up: no loop can starve. */
  #sendDue(slots: SlotPlan, now: Millis): void {
    const { clock } = this.#ports;
    const { count, timeout } = this.#plan;
    while (this.#state === 'running' && this.#active > 0 && slots.nextAt <= now) {
      const endpoint = this.#endpoints[slots.nextEndpoint] as EndpointProber;
      const plannedAt = slots.nextAt;
      slots.advance();
      if (count !== null && endpoint.sent >= count) continue;
      this.#recorder.lateness.add(clock.now() - plannedAt);
      const seq = endpoint.sendSlot();
      if (seq !== null) this.#timeouts.push(endpoint.sentAt(seq) + timeout, endpoint.id, seq);
      if (endpoint.sent === count) this.#active--;
    }
  }

  #giveUpMissed(slots: SlotPlan, now: Millis): void {
    const missed = this.#active > 0 ? slots.skipBefore(now - this.#tolerance) : null;
    if (missed === null) return;
    const { sessionClock } = this.#ports;
    this.#recorder.missedSlots += missed.count;
    this.#sink({ type: 'gap', from: sessionClock.at(missed.from), to: sessionClock.at(missed.to), reason: 'stall' });
  }

  #expire(now: Millis): void {
    const deadline = this.#timeouts.nextDeadline((endpoint, seq) => this.#endpoint(endpoint).waits(seq));
    if (deadline === null || deadline > now) return;
    // A reply may have been waiting in the socket all the while, with a stamp that is within the timeout.
    this.#drain();
    this.#timeouts.expire(now, (endpoint, seq) => this.#endpoint(endpoint).expire(seq));
  }

  #endIfDone(): void {
    if (this.#state !== 'running' || this.#active > 0 || this.#endpoints.some((endpoint) => endpoint.inFlight > 0))
      return;
    this.stop();
    this.#onDone();
  }

  #drain(): void {
    for (const socket of this.#sockets) socket.drain();
  }

  #abandonInFlight(upTo: Millis): void {
    this.#timeouts.expire(upTo, (endpoint, seq) => this.#endpoint(endpoint).abandon(seq));
  }

  /** A suspend leaves a gap and says nothing of the probes in flight; a step of the wall clock only moves the labels. */
  #observeClocks(): void {
    const { sessionClock } = this.#ports;
    const from = sessionClock.at(this.#watch.aliveAt);
    const change = sessionClock.check();
    if (change === null) return;
    const at = sessionClock.now();
    if (change.suspended > 0) {
      this.#abandonInFlight(Infinity);
      this.#sink({ type: 'gap', from, to: at, reason: 'suspend' });
    }
    if (change.step !== 0) this.#sink({ type: 'clock', at, offset: sessionClock.wallOffset });
  }

  #observeStall(now: Millis): void {
    const { aliveAt: from } = this.#watch;
    const stall = this.#watch.observe(now);
    if (stall === 0) return;
    this.#recorder.stalled(stall);
    const { sessionClock } = this.#ports;
    this.#sink({ type: 'stall', from: sessionClock.at(now - stall), to: sessionClock.at(now) });
    if (stall >= STOPPED && this.#slots !== null) this.#resumeAfterStop(this.#slots, from, now);
  }

  /**
   * The process was stopped. Replies that the kernel took and stamped meanwhile are as good as any; of the probes that
   * have none and would have timed out nobody can say whether the socket's buffer was full. Stamps made in JavaScript
   * would be wrong by the length of the stop, so without the kernel's everything in flight is void.
   */
  #resumeAfterStop(slots: SlotPlan, from: Millis, now: Millis): void {
    const { sessionClock } = this.#ports;
    if (this.#clock === 'kernel') this.#drain();
    this.#abandonInFlight(this.#clock === 'kernel' ? now : Infinity);
    if (this.#active === 0) return;
    this.#recorder.missedSlots += slots.skipBefore(now)?.count ?? 0;
    this.#sink({ type: 'gap', from: sessionClock.at(from), to: sessionClock.at(now), reason: 'stopped' });
  }

  #receive(decoder: PacketDecoder, packet: Uint8Array, source: string, receivedAt: Millis, stamped: boolean): void {
    if (this.#state !== 'running') return;
    this.#observeClocks();
    // A kernel stamp is right whenever it is read; the stall itself is told by the wake-up that it delays.
    if (!stamped) this.#observeStall(this.#ports.clock.now());
    const decoded = decoder.decode(packet);
    const uncertain = !stamped && decoded.kind === 'reply' && this.#stalledSince(decoded.endpoint, decoded.seq);
    this.#intake.take(decoded, { source, receivedAt, uncertain });
    if (this.#active === 0) this.#endIfDone();
  }

  #stalledSince(endpoint: EndpointId, seq: ProbeSeq): boolean {
    const prober = this.#byId.get(endpoint);
    return prober !== undefined && this.#watch.stalledSince(prober.sentAt(seq));
  }

  #endpoint(id: EndpointId): EndpointProber {
    return this.#byId.get(id) as EndpointProber;
  }

  get #clock(): ReceiveClock {
    return this.#sockets.every((socket) => socket.clock === 'kernel') ? 'kernel' : 'javascript';
  }

  #overruns(): number | null {
    const counts = this.#sockets.map((socket) => socket.overruns());
    return counts.includes(null) ? null : counts.reduce((sum: number, count) => sum + (count ?? 0), 0);
  }
}

/** One cookie for the run, an id of its own for each family. */
const identity = (random: Random, cookie: Uint8Array): Identity => {
  const [high = 0, low = 0] = random.bytes(2);
  return { icmpId: (high << 8) | low, cookie };
};
