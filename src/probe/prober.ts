// The prober: one timer, one schedule of slots, one queue of timeouts. Each wake-up sends what is due, tells what has
// timed out and sleeps until the next of either. Endpoints may come, change and go at any time. It assumes that the sink
// returns soon and never throws, and that nobody else reads its sockets.

import type { ProbeEvent } from '../events/events.js';
import type { EndpointId, Millis } from '../events/units.js';
import { DiagnosticsRecorder } from './diagnostics.js';
import type { ProberDiagnostics } from './diagnostics.js';
import type { EndpointChange, EndpointPlan, ProbePlan } from './endpoint-plan.js';
import type { EndpointProber } from './endpoint-prober.js';
import { EndpointSet } from './endpoint-set.js';
import { MachineWatch } from './machine-watch.js';
import type { TargetAddress } from './names/endpoint-address.js';
import type { ProberPorts, TimerHandle } from './ports.js';
import { RejectionTally } from './rejection-tally.js';
import { ReplyIntake } from './reply-intake.js';
import type { Scout } from './route/scouts.js';
import { FirstSlots, RESOLVE_HEAD_START } from './schedule/first-slots.js';
import { gapsOf } from './schedule/gaps.js';
import { RunLength } from './schedule/run-length.js';
import { SendSchedule } from './schedule/send-schedule.js';
import { TimeoutQueue } from './schedule/timeout-queue.js';
import { SocketPair } from './socket-pair.js';
import type { PacketListener } from './socket-pair.js';

/** A timeout is told with the next slot if that comes within this: fewer wake-ups, and no RTT depends on it. */
const TIMEOUT_SLACK: Millis = 50;
/** Instants closer than this are the same one, computed by different sums of doubles. */
const SAME_INSTANT: Millis = 0.001;

export class Prober {
  readonly #timeout: Millis;
  readonly #ports: ProberPorts;
  readonly #sink: (event: ProbeEvent) => void;
  readonly #onDone: () => void;
  readonly #sockets: SocketPair;
  readonly #endpoints: EndpointSet;
  readonly #firstSlots: FirstSlots;
  readonly #length: RunLength;
  readonly #intake: ReplyIntake;
  readonly #tally = new RejectionTally();
  readonly #schedule = new SendSchedule();
  readonly #timeouts = new TimeoutQueue();
  readonly #recorder = new DiagnosticsRecorder();
  readonly #watch: MachineWatch;
  #timer: TimerHandle | null = null;
  #waking = false;
  /** `resolving`: until the names of those that begin together are known, or RESOLVE_HEAD_START has passed. */
  #state: 'idle' | 'resolving' | 'running' | 'ended' = 'idle';

  /** `onDone` is called once, when every endpoint has had its `count` and the last probe has settled. */
  constructor(plan: ProbePlan, ports: ProberPorts, sink: (event: ProbeEvent) => void, onDone: () => void = () => {}) {
    this.#timeout = plan.timeout;
    this.#length = new RunLength(plan.count);
    this.#ports = ports;
    this.#sink = (event) => {
      if (this.#state !== 'ended') sink(event);
    };
    this.#onDone = onDone;
    this.#firstSlots = new FirstSlots(ports, this.#schedule, () => this.#wakeNow());
    this.#watch = new MachineWatch({
      now: ports.clock.now(),
      sessionClock: ports.sessionClock,
      recorder: this.#recorder,
      sink: this.#sink,
      suspended: () => this.#abandonInFlight(Infinity),
      stopped: (now) => this.#resumeAfterStop(now),
    });
    this.#sockets = new SocketPair(ports.sockets, ports.random);
    this.#endpoints = new EndpointSet({
      ...ports,
      ...plan,
      identities: this.#sockets.identities,
      sink: this.#sink,
    });
    this.#intake = new ReplyIntake(this.#endpoints, (reason, endpoint) => this.#tally.add(reason, endpoint));
    for (const endpoint of plan.endpoints) this.#endpoints.create(endpoint);
  }

  /** Starts resolving and probing. Everything that happens from now on is an event. */
  start(): void {
    if (this.#state !== 'idle') return;
    this.#state = 'resolving';
    this.#sockets.listen(this.#endpoints.sentSize, this.#endpoints.isBalanced, this.#receive);
    let unsettled = this.#endpoints.size;
    for (const endpoint of this.#endpoints.all()) {
      endpoint.address.start(() => {
        unsettled--;
        if (unsettled === 0) this.#begin();
      });
    }
    if (unsettled > 0) this.#timer = this.#ports.timers.after(RESOLVE_HEAD_START, () => this.#begin());
    else this.#begin();
  }

  /** Nothing is sent or emitted any more, but for the rejections not told yet, which are told now. */
  stop(): void {
    if (this.#state === 'ended') return;
    this.#tally.flush(this.#ports.clock.now(), this.#sink, true);
    this.#state = 'ended';
    this.#timer?.cancel();
    this.#firstSlots.cancelAll();
    for (const endpoint of this.#endpoints.all()) endpoint.address.stop();
    this.#endpoints.scouts.stop();
  }

  /** Sends a probe that is no endpoint's, to find a router. Only while probing. */
  get scout(): Scout {
    return this.#endpoints.scouts.ask;
  }

  /** The least id that an endpoint to be added may have. Ids are never used again. */
  get nextId(): EndpointId {
    return this.#endpoints.nextId;
  }

  /** Where that endpoint's probes go at present, null where that isn't known or there is no such endpoint. */
  addressOf(id: EndpointId): TargetAddress | null {
    return this.#endpoints.get(id)?.address.current ?? null;
  }

  /** The run doesn't end, though every endpoint has had its `count`, until the function is called that this returns. */
  expectMore(): () => void {
    return this.#length.expectMore(() => this.#endIfDone());
  }

  /**
   * One more endpoint from now on, told as an event. Its first slot is due as soon as its name is resolved, or at the next
   * slot of others that it shares wake-ups with.
   * @throws RangeError if the id was used before, or there are none left
   */
  add(plan: EndpointPlan): void {
    if (this.#state !== 'ended') this.#watchFromNow(this.#endpoints.create(plan));
  }

  /**
   * The same for one that was removed, of this run or of the record that it goes on with: its sequence goes on.
   * @throws RangeError if that id is nobody's, or that of one that is probed
   */
  restore(plan: EndpointPlan): void {
    if (this.#state !== 'ended') this.#watchFromNow(this.#endpoints.restore(plan));
  }

  /**
   * No slot of that endpoint is sent any more. What is in flight settles as ever, and late replies count for a minute.
   * @throws RangeError if there is no such endpoint
   */
  remove(id: EndpointId): void {
    if (this.#state === 'ended') return;
    this.#endpoints.remove(this.#endpoints.mustGet(id));
    this.#firstSlots.cancel(id);
    this.#schedule.remove(id);
    this.#sink({ type: 'removed', endpoint: id, at: this.#ports.sessionClock.now() });
    this.#wakeNow();
  }

  /**
   * Changes what is given, from now on, and tells it as an event. Another interval begins a new plan; the sequence goes on.
   * @throws RangeError if there is no such endpoint
   */
  change(id: EndpointId, change: EndpointChange): void {
    if (this.#state === 'ended') return;
    const endpoint = this.#endpoints.mustGet(id);
    const { interval } = endpoint;
    endpoint.change(change);
    this.#tell(endpoint);
    if (endpoint.interval === interval || !this.#schedule.has(id)) return;
    this.#schedule.remove(id);
    this.#schedule.add(id, endpoint.interval, this.#ports.clock.now());
    this.#wakeNow();
  }

  get diagnostics(): ProberDiagnostics {
    return this.#recorder.report(this.#sockets, this.#tally.total);
  }

  #watchFromNow(endpoint: EndpointProber): void {
    this.#tell(endpoint);
    if (this.#state === 'idle') return;
    if (this.#state === 'running') this.#firstSlots.await(endpoint);
    else endpoint.address.start(() => {});
  }

  #tell({ id, info }: EndpointProber): void {
    this.#sink({ type: 'endpoint', endpoint: id, info, at: this.#ports.sessionClock.now() });
  }

  #begin(): void {
    if (this.#state !== 'resolving') return;
    this.#state = 'running';
    const now = this.#ports.clock.now();
    this.#schedule.begin(this.#endpoints.present(), now);
    this.#watch.expect(now, now);
    this.#wake();
  }

  /** The schedule has changed: what was planned for the next wake-up may come too late. */
  #wakeNow(): void {
    if (this.#state === 'running' && !this.#waking) this.#wake();
  }

  readonly #fired = (): void => {
    this.#timer = null;
    this.#wake();
  };

  #wake(): void {
    this.#waking = true;
    this.#watch.observeClocks();
    const now = this.#ports.clock.now();
    this.#watch.observeStall(now);
    this.#giveUpMissed(now);
    this.#sendDue(now);
    this.#expire(now);
    this.#tally.flush(now, this.#sink);
    this.#endpoints.forgetRemoved(now);
    this.#endIfDone();
    this.#waking = false;
    if (this.#state === 'running') this.#sleep();
  }

  #sleep(): void {
    const now = this.#ports.clock.now();
    const deadline = this.#timeouts.nextDeadline(this.#endpoints.waits);
    let due = this.#watch.tick(now, this.#sockets.clock);
    const slot = this.#schedule.nextAt;
    if (deadline !== null) due = Math.min(due, slot <= deadline + TIMEOUT_SLACK ? Math.max(slot, deadline) : deadline);
    due = Math.min(due, slot);
    this.#watch.expect(now, due);
    this.#timer?.cancel();
    this.#timer = this.#ports.timers.after(Math.max(0, due - now), this.#fired);
  }

  /** Sends each slot that was due at `now`, once. What becomes due meanwhile has its own wake-up: no loop can starve. */
  #sendDue(now: Millis): void {
    const { clock } = this.#ports;
    const { count } = this.#length;
    while (this.#state === 'running' && this.#schedule.nextAt <= now + SAME_INSTANT) {
      const endpoint = this.#endpoints.get(this.#schedule.nextEndpoint) as EndpointProber;
      this.#recorder.lateness.add(Math.max(0, clock.now() - this.#schedule.nextAt));
      this.#schedule.advance();
      const seq = endpoint.sendSlot();
      if (seq !== null) this.#timeouts.push(endpoint.sentAt(seq) + this.#timeout, endpoint.id, seq);
      if (endpoint.sent === count) this.#schedule.remove(endpoint.id);
    }
  }

  #giveUpMissed(now: Millis): void {
    const missed = this.#schedule.giveUpMissed(now);
    if (missed.length === 0) return;
    const { sessionClock } = this.#ports;
    for (const { count } of missed) this.#recorder.missedSlots += count;
    for (const { from, to, ...gap } of gapsOf(missed, this.#schedule.size)) {
      this.#sink({ type: 'gap', ...gap, from: sessionClock.at(from), to: sessionClock.at(to), reason: 'stall' });
    }
  }

  #expire(now: Millis): void {
    const deadline = this.#timeouts.nextDeadline(this.#endpoints.waits);
    if (deadline === null || deadline > now) return;
    // A reply may have been waiting in the socket all the while, with a stamp that is within the timeout.
    this.#sockets.drain();
    this.#timeouts.expire(now, (endpoint, seq) => this.#endpoints.get(endpoint)?.expire(seq));
  }

  #endIfDone(): void {
    if (this.#state !== 'running' || !this.#length.isOver(this.#endpoints, this.#schedule.size + this.#firstSlots.size))
      return;
    this.stop();
    this.#onDone();
  }

  #abandonInFlight(upTo: Millis): void {
    this.#timeouts.expire(upTo, (endpoint, seq) => this.#endpoints.get(endpoint)?.abandon(seq));
  }

  /**
   * The process was stopped. Replies that the kernel took and stamped meanwhile are as good as any; of the probes that
   * have none and would have timed out nobody can say whether the socket's buffer was full. Stamps made in JavaScript
   * would be wrong by the length of the stop, so without the kernel's everything in flight is void.
   */
  #resumeAfterStop(now: Millis): boolean {
    const kernelStamps = this.#sockets.clock === 'kernel';
    if (kernelStamps) this.#sockets.drain();
    this.#abandonInFlight(kernelStamps ? now : Infinity);
    for (const { count } of this.#schedule.skipBefore(now)) this.#recorder.missedSlots += count;
    return this.#schedule.size > 0;
  }

  readonly #receive: PacketListener = (packet, source, receivedAt, stamped) => {
    if (this.#state !== 'running' && this.#state !== 'resolving') return;
    this.#watch.observeClocks();
    // A kernel stamp is right whenever it is read; the stall itself is told by the wake-up that it delays.
    if (!stamped) this.#watch.observeStall(this.#ports.clock.now());
    const probe = stamped ? null : this.#intake.probeOf(packet);
    const uncertain = probe !== null && this.#watch.stalledSince(this.#endpoints.sentAt(probe.endpoint, probe.seq));
    this.#intake.take(packet, { source, receivedAt, uncertain });
    if (this.#schedule.size === 0) this.#endIfDone();
  };
}
