// The lines that odd records are made of: right ones, and right ones with something changed.

export const STARTED = 1_795_435_200;

type Fields = Readonly<Record<string, unknown>>;

const line = (fields: Fields): string => `${JSON.stringify(fields)}\n`;

export const session = (endpoints = 1, change: Fields = {}): string =>
  line({
    type: 'session',
    format: 1,
    version: '0.1.0',
    started: STARTED,
    interval: 0.1,
    timeout: 2,
    size: 56,
    clock: 'kernel',
    endpoints: Array.from({ length: endpoints }, (_, id) => ({
      id,
      target: `10.0.${id >> 8}.${id & 255}`,
      label: `host ${id}`,
      address: `10.0.${id >> 8}.${id & 255}`,
      firstSeq: 0,
    })),
    ...change,
  });

export const answered = (seq: number, change: Fields = {}): string =>
  line({
    type: 'probe',
    endpoint: 0,
    seq,
    sent: sentAt(seq),
    state: 'answered',
    rtt: 10 + (seq % 7),
    ttl: 64,
    ...change,
  });

export const lost = (seq: number, change: Fields = {}): string =>
  line({ type: 'probe', endpoint: 0, seq, sent: sentAt(seq), state: 'lost', ...change });

export const gap = (from: number, to: number, reason = 'suspend'): string => line({ type: 'gap', from, to, reason });

export const other = (type: string, fields: Fields): string => line({ type, ...fields });

export const sentAt = (seq: number): number => Math.round((STARTED + seq * 0.1) * 1e6) / 1e6;

/** `count` texts, one after the other. */
export const times = (count: number, text: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => text(i));

/** A record that is all right, of `count` probes. */
export const plain = (count: number): string => [session(), ...times(count, (i) => answered(i))].join('');

/** `change` made to one probe among right ones. */
export const oneOdd = (change: Fields): string => [session(), answered(0), answered(1, change), answered(2)].join('');
