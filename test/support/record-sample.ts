// Small records for tests: a session and its events, as lines.

import type { ProbeEvent } from '../../src/events/events.js';
import { hostInfo } from './endpoint-info.js';
import type { SessionInfo } from '../../src/events/session-info.js';
import { EventLines } from '../../src/record/lines/event-lines.js';
import { lineText } from '../../src/record/lines/line-format.js';

/** 2026-11-23 12:00:00 UTC. */
export const NOON = 1_795_435_200_000;

export const sampleInfo = (labels: readonly string[], startedAt = NOON): SessionInfo => ({
  startedAt,
  interval: 100,
  timeout: 1000,
  sizeBytes: 56,
  clock: 'kernel',
  endpoints: labels.map((label, id) => hostInfo({ id, target: `10.0.0.${id}`, label })),
});

/** A probe every 100 ms; by its number, an RTT, 'lost', 'unsent', or a late RTT (negative). */
export const sampleProbes = (
  endpoint: number,
  outcomes: readonly (number | 'lost' | 'unsent')[],
  from = NOON,
  firstSeq = 0,
): ProbeEvent[] =>
  outcomes.flatMap((outcome, i): ProbeEvent[] => {
    const probe = { endpoint, seq: firstSeq + i };
    const sent: ProbeEvent = { type: 'sent', ...probe, at: from + i * 100 };
    if (outcome === 'lost') return [sent, { type: 'lost', ...probe }];
    if (outcome === 'unsent') return [sent, { type: 'unsent', ...probe, error: 'ENETUNREACH' }];
    if (outcome >= 0) return [sent, { type: 'answered', ...probe, rtt: outcome, ttl: 64 }];
    return [sent, { type: 'lost', ...probe }, { type: 'late', ...probe, rtt: -outcome, ttl: 64 }];
  });

export const recordText = (info: SessionInfo, events: readonly ProbeEvent[], firstSeqs: number[] = []): string => {
  const lines = new EventLines(info, 'test', { firstSeqs, keys: [] });
  const head = lines.sessionLine();
  const body = events.flatMap((event) => lines.lines(event));
  return [head, ...body, ...lines.inFlight()].map(lineText).join('');
};
