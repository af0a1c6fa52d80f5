// What the scripted responder does with each echo request, as data: a script is JSON, so that it can cross to another
// process, and what truly happened can be compared with what a monitor reports, slot by slot.

/** How one packet that the responder sends differs from a plain echo reply. */
export type EmissionKind =
  /** A genuine echo reply. */
  | 'reply'
  /** A genuine reply whose payload was cut to `bytes` (64), as some hosts do. */
  | 'truncated'
  /** Right in all but the ICMP checksum. */
  | 'bad-checksum'
  /** Payload bytes inverted (`range` as in slice; the first 8), checksum right. */
  | 'altered'
  /** Identifier and sequence right, payload made up, as by someone who can't see the request. */
  | 'forged'
  /** The genuine reply, from another address (`source`). */
  | 'wrong-source'
  /** The genuine reply with another identifier: someone else's. */
  | 'wrong-id'
  /** An ICMP error (`icmp`: type and code) that quotes the request, from `source` or the address itself. */
  | 'error';

export type Emission = {
  kind: EmissionKind;
  /** Milliseconds after the request was read; 0 is at once. */
  after?: number;
  source?: string;
  icmp?: readonly [type: number, code: number];
  bytes?: number;
  range?: readonly [from: number, to?: number];
};

/** All that is sent in answer to one request; nothing at all is a dropped probe. */
export type Step = readonly Emission[];

/** Per address of the responder: the n-th request that one client (ICMP identifier) sends it gets steps[n % length]. */
export type ResponderScript = { addresses: Readonly<Record<string, readonly Step[]>> };

/** A request as logged: at what time, who asked, and what was planned for it. */
export type RequestLine = {
  type: 'request';
  /** Unix milliseconds when the responder read it. */
  at: number;
  to: string;
  from: string;
  id: number;
  seq16: number;
  /** Of the payload. */
  sizeBytes: number;
  /** The endpoint and 48-bit sequence of pingem's payload, null where the payload is shorter than 16 bytes. */
  endpoint: number | null;
  seq: number | null;
  step: Step;
};

/** A packet that was sent, or could not be. */
export type EmittedLine = {
  type: 'emitted';
  at: number;
  to: string;
  id: number;
  seq16: number;
  kind: EmissionKind;
  error?: string;
};

export type LogLine = RequestLine | EmittedLine;

export const reply = (after = 0): Emission => ({ kind: 'reply', after });

/** Whether a monitor must count it as an answer. */
export const isGenuine = (emission: Emission): boolean => emission.kind === 'reply' || emission.kind === 'truncated';

/** `count` steps, the n-th made by `make`. */
export const steps = (count: number, make: (n: number) => Step): Step[] =>
  Array.from({ length: count }, (_, n) => make(n));

/**
 * The state that a probe with this step must end in, for a monitor with this timeout that goes on long enough to hear
 * everything. An ICMP error settles a probe only until a genuine reply comes.
 */
export const expectedState = (step: Step, timeoutMs: number): 'answered' | 'late' | 'unreachable' | 'lost' => {
  const first = Math.min(...step.filter(isGenuine).map((emission) => emission.after ?? 0));
  if (first < timeoutMs) return 'answered';
  if (first < Number.POSITIVE_INFINITY) return 'late';
  const failed = step.some((emission) => emission.kind === 'error' && (emission.after ?? 0) < timeoutMs);
  return failed ? 'unreachable' : 'lost';
};
