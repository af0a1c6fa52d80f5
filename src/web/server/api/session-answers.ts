// Who is watched and what is known of each, and whose fault it is.

import { clausesOf, symptomOf } from '../../../diagnosis/wording/evidence-words.js';
import { nameOf } from '../../../diagnosis/wording/verdict-words.js';
import type { Millis, UnixMillis } from '../../../events/units.js';
import type { EndpointHistory } from '../../../history/endpoint-history.js';
import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import { asOfNow, recentLength } from '../../../view/verdict/current-verdict.js';
import { longLength } from '../../../view/wall/spans.js';
import type { SessionAnswer, VerdictAnswer, WireEndpoint, WireSpan } from '../../wire/answers.js';
import { roundedRtt } from '../../wire/columns.js';
import { LEAST_INTERVAL, LEAST_PACKET_BYTES, MOST_COLUMNS, MOST_ENDPOINTS } from '../../wire/limits.js';
import type { RunState, WebContext } from '../web-context.js';

/** `offset`: what the wall clock shows minus the session timeline. */
export const wireSpan = (stats: EpochStats, offset: Millis): WireSpan => ({
  from: stats.from + offset,
  to: stats.to + offset,
  slots: stats.slots,
  ...stats.counts,
  loss: stats.loss,
  min: roundedRtt(stats.min),
  mean: roundedRtt(stats.mean),
  p50: roundedRtt(stats.p50),
  p95: roundedRtt(stats.p95),
  p99: roundedRtt(stats.p99),
  max: roundedRtt(stats.max),
  jitter: roundedRtt(stats.jitter),
  longestLossRun: stats.longestLossRun,
  error: stats.error,
  gap: Math.round(stats.gap),
});

export const wireEndpoint = (
  endpoint: EndpointHistory,
  { history, verdicts }: WebContext,
  now: UnixMillis,
): WireEndpoint => {
  const { info, address, removedAt, firstAt, lastState, lastRtt, baseline } = endpoint;
  const offset = history.clockOffset;
  const wall = (at: UnixMillis | null): UnixMillis | null => (at === null ? null : at + offset);
  return {
    ...info,
    address,
    removedAt: wall(removedAt),
    firstAt: wall(firstAt),
    lastState,
    lastRtt: roundedRtt(lastRtt),
    usualP50: roundedRtt(verdicts.usualP50(info.id)),
    baseline: roundedRtt(baseline),
    ttl: endpoint.ttls.ttl,
    recent: wireSpan(endpoint.span(now - recentLength(info), now), offset),
    long: longOf(endpoint, now),
    state: verdicts.stateOf(info.id),
  };
};

const longOf = (endpoint: EndpointHistory, now: UnixMillis): WireEndpoint['long'] => {
  const length = longLength(endpoint.firstAt, now, recentLength(endpoint.info));
  return length === null ? null : { length: Math.round(length), loss: endpoint.span(now - length, now).loss };
};

export const sessionAnswer = (context: WebContext, run: RunState): SessionAnswer => {
  const { version, info, history, clock } = context;
  const now = clock.now();
  const offset = history.clockOffset;
  const { firstAt } = history;
  return {
    version,
    now: now + offset,
    startedAt: info.startedAt + offset,
    firstAt: firstAt === null ? null : firstAt + offset,
    interval: info.interval,
    timeout: info.timeout,
    sizeBytes: info.sizeBytes,
    clock: info.clock,
    endpoints: history.endpoints.map((endpoint) => wireEndpoint(endpoint, context, now)),
    ...run,
    limits: {
      endpoints: MOST_ENDPOINTS,
      interval: LEAST_INTERVAL,
      packetBytes: LEAST_PACKET_BYTES,
      columns: MOST_COLUMNS,
    },
  };
};

export const verdictAnswer = ({ history, verdicts, clock }: WebContext): VerdictAnswer => {
  const { verdict } = verdicts;
  const callQuality = verdicts.quality;
  if (verdict === null) return { verdict: null, name: '', symptom: '', proof: [], callQuality };
  const now = clock.now();
  const offset = history.clockOffset;
  const current = asOfNow(verdict, (id) => {
    const endpoint = history.endpoints[id];
    return endpoint === undefined ? null : endpoint.span(now - recentLength(endpoint.info), now);
  });
  const { at, since, evidence } = current;
  const others = evidence.others.map((other) => ({ ...other, since: other.since + offset }));
  return {
    verdict: { ...current, at: at + offset, since: since + offset, evidence: { ...evidence, others } },
    name: nameOf(current, false),
    symptom: symptomOf(current),
    proof: [...clausesOf(current)],
    callQuality,
  };
};
