// Short ways to say what happened, for tests that spell out a few probes.

import type { ProbeEvent } from '../../src/events/events.js';
import { sessionInfo } from './streams.js';

/** A round time, so that epochs begin at round offsets from it: a multiple of an hour. */
export const T = 1_763_823_600_000;

export const oneEndpoint = sessionInfo({ interval: 500, timeout: 2000, endpoints: 1 });

export const sent = (seq: number, at: number, endpoint = 0): ProbeEvent => ({ type: 'sent', endpoint, seq, at });

export const answered = (seq: number, rtt: number, endpoint = 0): ProbeEvent => ({
  type: 'answered',
  endpoint,
  seq,
  rtt,
  ttl: 57,
});

export const late = (seq: number, rtt: number, endpoint = 0): ProbeEvent => ({
  type: 'late',
  endpoint,
  seq,
  rtt,
  ttl: 57,
});

export const lost = (seq: number, endpoint = 0): ProbeEvent => ({ type: 'lost', endpoint, seq });

export const unsent = (seq: number, error: string, endpoint = 0): ProbeEvent => ({
  type: 'unsent',
  endpoint,
  seq,
  error,
});

export const unreachable = (seq: number, from = '192.0.2.254', endpoint = 0): ProbeEvent => ({
  type: 'unreachable',
  endpoint,
  seq,
  from,
  icmpType: 3,
  icmpCode: 1,
});

export const voided = (seq: number, endpoint = 0): ProbeEvent => ({ type: 'void', endpoint, seq });

/**
 * A run of probes as a picture, one character each, `interval` ms apart: `.` answered in 10 ms, `x` lost, `L` late, `u`
 * unsent (ENETUNREACH), `r` unreachable, `v` void, `-` in flight, `_` a slot not sent.
 */
export const picture = (
  text: string,
  options: { from?: number; interval?: number; firstSeq?: number } = {},
): ProbeEvent[] => {
  const { from = T, interval = 500, firstSeq = 0 } = options;
  let seq = firstSeq;
  return text.split('').flatMap((mark, slot): ProbeEvent[] => {
    if (mark === '_') return [];
    const probe = seq++;
    const events = [sent(probe, from + slot * interval)];
    if (mark === '.') events.push(answered(probe, 10));
    if (mark === 'x' || mark === 'L') events.push(lost(probe));
    if (mark === 'L') events.push(late(probe, 3000));
    if (mark === 'u') events.push(unsent(probe, 'ENETUNREACH'));
    if (mark === 'r') events.push(unreachable(probe));
    if (mark === 'v') events.push(voided(probe));
    return events;
  });
};
