// Events packed for another thread. The frequent ones become numbers in one Float64Array, which crosses threads
// without being copied; the rare ones cross as they are. The order is kept.

import type { ProbeEvent } from './events.js';

/** What crosses: give it to postMessage with `numbers.buffer` in the transfer list. */
export type PackedEvents = {
  /** For each event its kind and endpoint (kind + endpoint x KINDS), then its numbers. */
  numbers: Float64Array;
  /** Error texts of unsent probes, pointed to from `numbers`. */
  texts: string[];
  /** The rare events, in order. */
  rest: ProbeEvent[];
};

const KINDS = 16;
const SENT = 0;
const ANSWERED = 1;
const LATE = 2;
const LOST = 3;
const VOID = 4;
const DUPLICATE = 5;
const UNSENT = 6;
const REST = 7;

/** Most numbers that one event takes. */
const WIDEST = 5;
const FIRST_CAPACITY = 1024;

/** A TTL that is not known. */
const NO_TTL = -1;

export class EventBatch {
  private numbers = new Float64Array(FIRST_CAPACITY);
  private length = 0;
  private texts: string[] = [];
  private textIds = new Map<string, number>();
  private rest: ProbeEvent[] = [];

  push(event: ProbeEvent): void {
    if (this.length + WIDEST > this.numbers.length) this.grow();
    switch (event.type) {
      case 'sent':
        this.head(SENT, event.endpoint, event.seq);
        this.put(event.at);
        return;
      case 'answered':
      case 'late':
        this.head(event.type === 'late' ? LATE : ANSWERED, event.endpoint, event.seq);
        this.put(event.rtt);
        this.put(event.ttl ?? NO_TTL);
        this.put(event.uncertain === true ? 1 : 0);
        return;
      case 'lost':
        this.head(LOST, event.endpoint, event.seq);
        return;
      case 'void':
        this.head(VOID, event.endpoint, event.seq);
        return;
      case 'duplicate':
        this.head(DUPLICATE, event.endpoint, event.seq);
        this.put(event.rtt);
        return;
      case 'unsent':
        this.head(UNSENT, event.endpoint, event.seq);
        this.put(this.textId(event.error));
        return;
      case 'unreachable':
      case 'rejected':
      case 'gap':
      case 'stall':
      case 'resolved':
      case 'clock':
      case 'mark':
      case 'endpoint':
      case 'removed':
      case 'traffic':
      case 'verdict':
        this.put(REST);
        this.rest.push(event);
    }
  }

  /** What has been pushed since the last call; null where there is nothing. */
  take(): PackedEvents | null {
    if (this.length === 0) return null;
    const packed = { numbers: this.numbers.slice(0, this.length), texts: this.texts, rest: this.rest };
    this.length = 0;
    this.texts = [];
    this.textIds.clear();
    this.rest = [];
    return packed;
  }

  private head(kind: number, endpoint: number, seq: number): void {
    this.put(kind + endpoint * KINDS);
    this.put(seq);
  }

  private put(value: number): void {
    this.numbers[this.length++] = value;
  }

  private textId(text: string): number {
    let id = this.textIds.get(text);
    if (id === undefined) {
      id = this.texts.push(text) - 1;
      this.textIds.set(text, id);
    }
    return id;
  }

  private grow(): void {
    const wider = new Float64Array(this.numbers.length * 2);
    wider.set(this.numbers);
    this.numbers = wider;
  }
}

/** Hands the events of a batch to `sink`, in the order in which they were pushed. */
export const decode = (batch: PackedEvents, sink: (event: ProbeEvent) => void): void => {
  const { numbers, texts, rest } = batch;
  let rare = 0;
  let i = 0;
  const number = (): number => numbers[i++] as number;
  while (i < numbers.length) {
    const tag = number();
    const kind = tag % KINDS;
    if (kind === REST) {
      sink(rest[rare++] as ProbeEvent);
      continue;
    }
    const endpoint = (tag - kind) / KINDS;
    const seq = number();
    switch (kind) {
      case SENT:
        sink({ type: 'sent', endpoint, seq, at: number() });
        break;
      case ANSWERED:
      case LATE: {
        const type = kind === LATE ? 'late' : 'answered';
        const rtt = number();
        const hops = number();
        const ttl = hops === NO_TTL ? null : hops;
        if (number() === 1) sink({ type, endpoint, seq, rtt, ttl, uncertain: true });
        else sink({ type, endpoint, seq, rtt, ttl });
        break;
      }
      case LOST:
        sink({ type: 'lost', endpoint, seq });
        break;
      case VOID:
        sink({ type: 'void', endpoint, seq });
        break;
      case DUPLICATE:
        sink({ type: 'duplicate', endpoint, seq, rtt: number() });
        break;
      default:
        sink({ type: 'unsent', endpoint, seq, error: texts[number()] ?? '' });
    }
  }
};
