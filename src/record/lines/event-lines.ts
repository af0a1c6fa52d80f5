// Events to lines. Holds the send time of each probe whose line is still owed, so that every slot gets exactly one
// `probe` line, when it settles or, as `in-flight`, at the end.

import type { AnsweredEvent, EndpointEvent, ProbeEvent, ResolvedEvent } from '../../events/events.js';
import type { SessionInfo } from '../../events/session-info.js';
import type { EndpointId, Millis, ProbeSeq, UnixMillis } from '../../events/units.js';
import { toSeconds } from './line-format.js';
import type { ProbeLine, RecordLine, RepairLine, SessionLine } from './line-format.js';
import { SessionHead } from './session-head.js';
import type { Resumed } from './session-head.js';

const NO_LINES: readonly RecordLine[] = [];

export class EventLines {
  /** By endpoint: when each probe whose line is still owed was sent, in order of sending. */
  readonly #owed: (Map<ProbeSeq, UnixMillis> | undefined)[];
  readonly #head: SessionHead;
  /** Who has which, as told last. */
  readonly #addresses: (string | null)[];
  #clockOffset: Millis = 0;

  constructor(session: SessionInfo, version: string, resumed?: Resumed) {
    this.#owed = session.endpoints.map(() => new Map<ProbeSeq, UnixMillis>());
    this.#addresses = session.endpoints.map(({ address }) => address);
    this.#head = new SessionHead(session, version, resumed);
  }

  /** The line that a file begins with: who is watched now, and where their sequences stand. */
  sessionLine(): SessionLine {
    return this.#head.line((at) => this.wall(at));
  }

  /** What the wall clock shows minus the session timeline, as last told. */
  get clockOffset(): Millis {
    return this.#clockOffset;
  }

  /** The lines that `event` makes: none, one, or for a late reply to a probe not yet called lost, two. */
  lines(event: ProbeEvent): readonly RecordLine[] {
    if (event.type === 'sent') {
      this.#owed[event.endpoint]?.set(event.seq, event.at);
      this.#head.sent(event.endpoint, event.seq, event.at);
      return NO_LINES;
    }
    const ordinary = event.type === 'answered' ? this.#ordinary(event) : null;
    if (ordinary !== null) return [ordinary];
    const line = this.#line(event);
    if (line === null) return [];
    if (line.type !== 'late') return [line];
    const head = this.#settle(line.endpoint, line.seq);
    return head === null ? [line] : [{ ...head, state: 'lost' }, line];
  }

  /**
   * The line of an ordinary answer, null for any other. Nearly all lines are of this kind, and put together from parts
   * they would cost a sixth of the main thread at a thousand probes a second; one literal costs next to nothing.
   */
  #ordinary({ endpoint, seq, rtt, ttl, uncertain }: AnsweredEvent): ProbeLine | null {
    if (ttl === null || uncertain === true) return null;
    const owed = this.#owed[endpoint];
    const at = owed?.get(seq);
    if (owed === undefined || at === undefined) return null;
    owed.delete(seq);
    return { type: 'probe', endpoint, seq, sent: this.wall(at), state: 'answered', rtt, ttl };
  }

  #line(event: Exclude<ProbeEvent, { type: 'sent' }>): RecordLine | null {
    switch (event.type) {
      case 'answered':
      case 'late': {
        const reply = {
          rtt: event.rtt,
          ...(event.ttl === null ? {} : { ttl: event.ttl }),
          ...(event.uncertain === true ? { uncertain: true as const } : {}),
        };
        const head = event.type === 'answered' ? this.#settle(event.endpoint, event.seq) : null;
        if (head !== null) return { ...head, state: 'answered', ...reply };
        const repair: RepairLine = { type: event.type, endpoint: event.endpoint, seq: event.seq, ...reply };
        return repair;
      }
      case 'lost':
      case 'void': {
        const head = this.#settle(event.endpoint, event.seq);
        return head === null ? null : { ...head, state: event.type };
      }
      case 'unsent': {
        const head = this.#settle(event.endpoint, event.seq);
        return head === null ? null : { ...head, state: 'unsent', error: event.error };
      }
      case 'unreachable': {
        const head = this.#settle(event.endpoint, event.seq);
        const icmp = `${event.icmpType}/${event.icmpCode}`;
        return head === null ? null : { ...head, state: 'unreachable', from: event.from, icmp };
      }
      case 'duplicate':
        return { type: 'duplicate', endpoint: event.endpoint, seq: event.seq, rtt: event.rtt };
      case 'rejected':
        return { type: 'rejected', endpoint: event.endpoint, reason: event.reason, count: event.count };
      case 'gap':
        return {
          type: 'gap',
          ...(event.endpoint === undefined ? {} : { endpoint: event.endpoint }),
          from: this.wall(event.from),
          to: this.wall(event.to),
          reason: event.reason,
        };
      case 'stall':
        return { type: 'stall', from: this.wall(event.from), to: this.wall(event.to) };
      case 'resolved':
        return this.#address(event);
      case 'clock':
        this.#clockOffset = event.offset;
        return { type: 'clock', at: this.wall(event.at), offset: toSeconds(event.offset) };
      case 'mark':
        return { type: 'mark', at: this.wall(event.at), text: event.text };
      case 'endpoint':
        return this.#endpoint(event);
      case 'removed':
        if (!this.#head.remove(event)) return null;
        return { type: 'removed', endpoint: event.endpoint, at: this.wall(event.at) };
      case 'traffic':
        return {
          type: 'traffic',
          at: this.wall(event.at),
          received: [...event.receivedBytes],
          sent: [...event.sentBytes],
          ...(event.interface === undefined ? {} : { interface: event.interface }),
          ...(event.signalDbm === undefined ? {} : { signal: event.signalDbm }),
        };
      case 'verdict': {
        const { code, endpoints, evidence } = event;
        const [at, since] = [this.wall(event.at), this.wall(event.since)];
        return { type: 'verdict', at, code, since, endpoints: [...endpoints], evidence };
      }
    }
  }

  /** The lines owed at the end of the session: what is still in flight. */
  inFlight(): ProbeLine[] {
    return this.#owed.flatMap((owed, endpoint) =>
      [...(owed?.keys() ?? [])].flatMap((seq) => {
        const head = this.#settle(endpoint, seq);
        return head === null ? [] : [{ ...head, state: 'in-flight' as const }];
      }),
    );
  }

  /** An instant of the session timeline as the wall clock shows it. */
  wall(at: UnixMillis): number {
    return toSeconds(at + this.#clockOffset);
  }

  #address({ endpoint, address, name, at }: ResolvedEvent): RecordLine {
    const before = this.#addresses[endpoint] ?? null;
    this.#addresses[endpoint] = address;
    return {
      type: 'address',
      endpoint,
      address,
      ...(before === null || before === address ? {} : { before }),
      ...(name === undefined ? {} : { name }),
      at: this.wall(at),
    };
  }

  /** None of one that is known from the past alone: the record has it. */
  #endpoint(event: EndpointEvent): RecordLine | null {
    const recorded = this.#head.announce(event);
    if (recorded === null) return null;
    this.#owed[event.endpoint] ??= new Map();
    this.#addresses[event.endpoint] ??= event.info.address;
    return { type: 'endpoint', ...recorded, at: this.wall(event.at) };
  }

  #settle(
    endpoint: EndpointId,
    seq: ProbeSeq,
  ): { type: 'probe'; endpoint: EndpointId; seq: ProbeSeq; sent: number } | null {
    const owed = this.#owed[endpoint];
    const at = owed?.get(seq);
    if (owed === undefined || at === undefined) return null;
    owed.delete(seq);
    return { type: 'probe', endpoint, seq, sent: this.wall(at) };
  }
}
