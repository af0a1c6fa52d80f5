// What it means: takes the stream of events, says whose fault it is. No I/O, no clock: a second is judged once the stream
// has passed it by another, from what had settled by its end, so that a replay comes to the verdicts of the live run.

import type { EndpointEvent, GapEvent, ProbeEvent, ResolvedEvent } from '../events/events.js';
import type { VerdictEvent, WorstCallQuality } from '../events/verdict.js';
import type { EndpointId, Millis, UnixMillis } from '../events/units.js';
import { PooledLoss } from './conditions/pooled-loss.js';
import { WatchedEndpoint } from './endpoint.js';
import { stateOf } from './endpoint-state.js';
import type { EndpointState } from './endpoint-state.js';
import { evidenceOf, outward } from './evidence/evidence.js';
import { EpisodeLedger } from './episodes/ledger.js';
import type { Episode } from './episodes/ledger.js';
import * as probe from './probes/probe-window.js';
import { unsentOutcome } from './probes/unsent.js';
import { worstCallQuality } from './quality/call-quality.js';
import { OwnTraffic } from './traffic/own-traffic.js';
import { MINUTE } from './usual/minute.js';
import { Judge } from './verdict/judgement.js';
import type { Finding, Judgement } from './verdict/judgement.js';
import { errorOf, noRoute, sendingFails } from './verdict/no-route.js';
import { isBlame, Speaker } from './verdict/speaker.js';
import { Steadiness } from './verdict/steadiness.js';

const SECOND: Millis = 1000;

/** A second is judged when the stream has passed it by so much. */
const SETTLING: Millis = 1000;

/** A gap as long as this is said; one as long as that ends every condition, since nobody knows whether it lasts. */
const SAID_GAP: Millis = 2000;
const ENDING_GAP: Millis = 10_000;
/** A stream that jumps on by more, and by more than three intervals, has a gap that nobody told of. */
const UNTOLD_GAP: Millis = 600_000;

export type DiagnosisOptions = {
  timeout: Millis;
  /** Hears every verdict as it is said. */
  onVerdict?: (verdict: VerdictEvent) => void;
};

export class Diagnosis {
  readonly traffic = new OwnTraffic();
  readonly #timeout: Millis;
  readonly #onVerdict: (verdict: VerdictEvent) => void;
  readonly #byId: (WatchedEndpoint | undefined)[] = [];
  #endpoints: readonly WatchedEndpoint[] = [];
  readonly #pool = new PooledLoss();
  readonly #judge: Judge;
  readonly #ledger: EpisodeLedger;
  #speaker: Speaker | null = null;
  #verdict: VerdictEvent | null = null;
  /** The end of the next second to judge. */
  #next: UnixMillis = Infinity;
  #minuteEnd: UnixMillis = Infinity;
  /** Nothing is judged before the stream has got so far. */
  #dueAt: UnixMillis = Infinity;
  #streamAt: UnixMillis = -Infinity;
  #heldUntil: UnixMillis = -Infinity;
  readonly #steadiness = new Steadiness();
  /** Whether nothing could be sent in the second judged last. */
  #sendFailed = false;

  constructor({ timeout, onVerdict = () => {} }: DiagnosisOptions) {
    this.#timeout = timeout;
    this.#onVerdict = onVerdict;
    this.#judge = new Judge(timeout);
    this.#ledger = new EpisodeLedger(timeout);
  }

  /** What was said last, null before the first event. */
  get verdict(): VerdictEvent | null {
    return this.#verdict;
  }

  get endpoints(): readonly WatchedEndpoint[] {
    return this.#endpoints;
  }

  /** What is known of an endpoint; null where it isn't watched. */
  endpoint(id: EndpointId): EndpointState | null {
    const endpoint = this.#byId[id];
    return endpoint === undefined ? null : stateOf(endpoint, this.#endpoints, this.#next - SECOND, this.#timeout);
  }

  /** In the order in which they were found; the last of them may last. */
  get episodes(): readonly Episode[] {
    return this.#ledger.episodes;
  }

  /** Of the worst endpoint beyond the gateway that isn't acquitted; null where none can tell. */
  get callQuality(): WorstCallQuality | null {
    return worstCallQuality(this.#endpoints, this.#next - SECOND, this.#timeout);
  }

  apply(event: ProbeEvent): void {
    switch (event.type) {
      case 'sent': {
        const endpoint = this.#byId[event.endpoint];
        if (endpoint === undefined) return;
        endpoint.window.sent(event.seq, event.at);
        if (event.at > this.#streamAt) this.#passed(event.at);
        return;
      }
      case 'answered': {
        const { endpoint, seq, rtt, uncertain } = event;
        const outcome = rtt <= this.#timeout ? probe.ANSWERED : probe.FAILED;
        if (uncertain !== true) this.#byId[endpoint]?.window.settle(seq, outcome, rtt);
        else this.#byId[endpoint]?.window.settle(seq, probe.ANSWERED | probe.UNCERTAIN, Math.min(rtt, this.#timeout));
        return;
      }
      case 'lost':
      case 'unreachable':
        this.#byId[event.endpoint]?.window.settle(event.seq, probe.FAILED, 0);
        return;
      case 'late':
        this.#byId[event.endpoint]?.window.late(event.seq);
        return;
      case 'unsent': {
        const endpoint = this.#byId[event.endpoint];
        if (endpoint === undefined) return;
        endpoint.window.settle(event.seq, unsentOutcome(event.error), 0);
        endpoint.error = event.error;
        return;
      }
      case 'void':
        this.#byId[event.endpoint]?.window.settle(event.seq, probe.VOID, 0);
        return;
      case 'gap':
        // The slots that one endpoint alone has missed say nothing; there are just fewer of its probes.
        if (event.endpoint === undefined) this.#gap(event);
        return;
      case 'stall':
        this.#heldUntil = Math.max(this.#heldUntil, event.to + SETTLING);
        return;
      case 'resolved':
        this.#resolved(event);
        return;
      case 'endpoint':
        this.#watch(event);
        return;
      case 'removed':
        this.#remove(event.endpoint);
        return;
      case 'traffic':
        this.traffic.add(event);
        if (event.at > this.#streamAt) this.#passed(event.at);
        return;
      case 'duplicate':
      case 'rejected':
      case 'clock':
      case 'mark':
      case 'verdict':
    }
  }

  /** The stream has got so far. */
  #passed(at: UnixMillis): void {
    this.#streamAt = at;
    if (at < this.#dueAt || at < this.#heldUntil) return;
    if (at - this.#next > UNTOLD_GAP && at - this.#next > 3 * this.#longestInterval()) {
      this.#interrupt(this.#next, true);
      this.#goOnAt(at - SECOND);
    }
    for (; this.#next + SETTLING <= at; this.#next += SECOND) this.#judgeSecond(this.#next);
    this.#dueAt = this.#next + SETTLING;
  }

  #longestInterval(): Millis {
    return this.#endpoints.reduce((longest, { interval }) => Math.max(longest, interval), 0);
  }

  #goOnAt(at: UnixMillis): void {
    this.#next = (Math.floor(at / SECOND) + 1) * SECOND;
    this.#dueAt = this.#next + SETTLING;
    if (this.#minuteEnd <= this.#next) {
      for (const endpoint of this.#endpoints) endpoint.closeMinute(this.#minuteEnd);
    }
    this.#minuteEnd = (Math.floor(this.#next / MINUTE) + 1) * MINUTE;
  }

  #watch({ endpoint: id, info, at }: EndpointEvent): void {
    const known = this.#byId[id];
    if (known !== undefined) {
      known.change(info);
      return;
    }
    const endpoint = new WatchedEndpoint(info, at, this.#timeout);
    this.#byId[id] = endpoint;
    this.#endpoints = [...this.#endpoints, endpoint];
    if (this.#speaker !== null) return;
    this.#speaker = new Speaker(at);
    this.#goOnAt(at);
    this.#tell(at, [], null);
  }

  #remove(id: EndpointId): void {
    const endpoint = this.#byId[id];
    if (endpoint === undefined) return;
    this.#byId[id] = undefined;
    this.#endpoints = this.#endpoints.filter((other) => other !== endpoint);
  }

  /** Another address behind the same name. Another gateway is another network. */
  #resolved({ endpoint: id, address, at }: ResolvedEvent): void {
    const endpoint = this.#byId[id];
    if (endpoint === undefined) return;
    const isAnother = endpoint.address === null ? endpoint.answered > 0 : endpoint.address !== address;
    endpoint.address = address;
    if (!isAnother) return;
    const isNetwork = endpoint.position.side === 'gateway';
    for (const one of isNetwork ? this.#endpoints : [endpoint]) one.startAnew(at);
    if (isNetwork) this.traffic.startAnew();
  }

  #gap({ from, to, reason }: GapEvent): void {
    if (this.#speaker === null || to - from < SECOND) return;
    if (from > this.#streamAt) this.#passed(from);
    const ends = to - from >= ENDING_GAP;
    this.#interrupt(from, ends);
    if (to - from < SAID_GAP) return;
    for (const endpoint of this.#endpoints) endpoint.judge(from, false);
    this.#speaker.say('not-collecting', from);
    this.#ledger.stop(from);
    this.#tell(Math.max(from, this.#verdict?.at ?? from), [], reason);
    this.#streamAt = Math.max(this.#streamAt, to);
    if (to > this.#next) this.#goOnAt(to);
  }

  #interrupt(at: UnixMillis, ends: boolean): void {
    for (const endpoint of this.#endpoints) endpoint.interrupt(at, ends);
    this.#pool.reset();
    this.#judge.forget();
  }

  #judgeSecond(until: UnixMillis): void {
    const endpoints = this.#endpoints;
    const speaker = this.#speaker;
    if (speaker === null) return;
    const sendFails = sendingFails(endpoints, until);
    // The last probes that could not be sent may settle in the second in which the first one could be.
    const isExcused = sendFails || this.#sendFailed;
    this.#sendFailed = sendFails;
    for (const endpoint of endpoints) endpoint.judge(until, isExcused);
    this.traffic.passTo(until);
    if (until >= this.#minuteEnd) {
      for (const endpoint of endpoints) endpoint.closeMinute(this.#minuteEnd);
      this.#minuteEnd = (Math.floor(until / MINUTE) + 1) * MINUTE;
    }
    this.#pool.judge(endpoints, until);
    if (!sendFails && speaker.said.code === 'fine' && endpoints.every(isPlainlyFine)) {
      speaker.hear(ALL_FINE, until);
      return;
    }
    if (!sendFails && this.#steadiness.holds(this.#verdict, endpoints, until)) {
      this.#ledger.hear(speaker.said, until);
      return;
    }
    const judgement = sendFails ? noRoute(endpoints, until) : this.#judge.judge(endpoints, this.traffic, until);
    speaker.hear(judgement, until);
    this.#ledger.hear(speaker.said, until);
    // It has been fine since the last bad probe, not since that was found.
    if (speaker.said.code === 'fine' && isBlame(this.#verdict?.code ?? 'fine'))
      speaker.say('fine', this.#ledger.endedAt);
    const { code, blamed } = speaker.said;
    const last = this.#verdict;
    const ids = [...blamed].sort(outward).map(({ id }) => id);
    const isSame = last?.code === code && last.endpoints.join() === ids.join();
    if (!isSame) this.#tell(until + SETTLING, judgement.findings, sendFails ? errorOf(endpoints) : null);
  }

  #tell(at: UnixMillis, findings: readonly Finding[], reason: string | null): void {
    if (this.#speaker === null) return;
    const { said } = this.#speaker;
    const verdict: VerdictEvent = {
      type: 'verdict',
      at,
      code: said.code,
      since: said.since,
      endpoints: [...said.blamed].sort(outward).map(({ id }) => id),
      evidence: evidenceOf({
        said,
        findings,
        endpoints: this.#endpoints,
        traffic: this.traffic,
        now: at - SETTLING,
        timeout: this.#timeout,
        reason,
      }),
    };
    this.#verdict = verdict;
    this.#onVerdict(verdict);
  }
}

const ALL_FINE: Judgement = { findings: [], isPending: false };

const isPlainlyFine = (endpoint: WatchedEndpoint): boolean =>
  !endpoint.isBad && !endpoint.acquitted && endpoint.answered > 0;
