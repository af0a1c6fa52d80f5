// Counters against a plain count of what became of each probe, and the text against promtool.

import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProbeEvent } from '../../../../src/events/events.js';
import { formatFor } from '../../../../src/web/server/metrics/exposition.js';
import {
  FAILURE_REASONS,
  ProbeCounters,
  ProbeCounts,
  RTT_BOUNDS,
} from '../../../../src/web/server/metrics/probe-counters.js';
import { hostInfo } from '../../../support/endpoint-info.js';
import { NOON, sampleProbes } from '../../../support/record-sample.js';
import { servedRun } from '../../../support/web-fixture.js';

/** What one probe may go through, as the prober tells it. */
const LIVES = [
  ['answered'],
  ['lost'],
  ['lost', 'late'],
  ['late'],
  ['unreachable'],
  ['unreachable', 'answered'],
  ['unreachable', 'late'],
  ['unsent'],
  ['void'],
  ['answered', 'duplicate'],
  [],
] as const;

const eventOf = (type: (typeof LIVES)[number][number], seq: number): ProbeEvent => {
  const probe = { endpoint: 0, seq };
  switch (type) {
    case 'answered':
    case 'late':
      return { type, ...probe, rtt: 1 + (seq % 50), ttl: 64 };
    case 'duplicate':
      return { type, ...probe, rtt: 1 };
    case 'unsent':
      return { type, ...probe, error: 'ENETUNREACH' };
    case 'unreachable':
      return { type, ...probe, from: '10.0.0.1', icmpType: 3, icmpCode: 1 };
    case 'lost':
    case 'void':
      return { type, ...probe };
  }
};

/** All that is counted, failures by reason. */
const flat = (counters: ProbeCounters): number[] => [
  counters.sent,
  counters.settled,
  counters.answered,
  ...FAILURE_REASONS.map((reason) => counters.failed[reason]),
  counters.repaired,
  counters.voided,
  counters.duplicates,
  counters.rejected,
  ...counters.buckets,
  counters.rttMicros,
];

const failedOf = ({ failed }: ProbeCounters): number => failed.lost + failed.unreachable + failed.unsent;

const withoutPromtool = spawnSync('promtool', ['--version']).status !== 0;
if (withoutPromtool) {
  if (process.env['CI'] === 'true') throw new Error('CI=true, and there is no promtool (Debian: prometheus)');
  process.stderr.write('SKIPPED: the check of /metrics needs promtool (Debian: prometheus)\n');
}

describe('counters of probes', () => {
  it('add up to what became of each, and never fall, in whatever order outcomes come', () => {
    const lives = fc.array(fc.constantFrom(...LIVES), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(lives, fc.infiniteStream(fc.nat(5)), (probes, delays) => {
        // Each event after a random delay in slots, those of one probe in order.
        const plan = probes.flatMap((life, seq) => {
          let at = seq;
          const sent: ProbeEvent = { type: 'sent', endpoint: 0, seq, at: NOON + seq };
          return [
            { at, event: sent },
            ...life.map((type) => ({ at: (at += delays.next().value ?? 0), event: eventOf(type, seq) })),
          ];
        });
        const counts = new ProbeCounts([hostInfo({ id: 0, target: 'a', label: 'a' })]);
        let before: number[] = [];
        for (const { event } of plan.sort((a, b) => a.at - b.at)) {
          counts.apply(event);
          const now = flat(counts.of(0) as ProbeCounters);
          expect(now.some((value, i) => value < (before[i] ?? 0))).toBe(false);
          before = now;
        }
        const counters = counts.of(0) as ProbeCounters;
        const endingIn = (...ends: string[]): number =>
          probes.filter((life) => ends.includes(life.at(-1) ?? '')).length;
        const settled = probes.filter((life) => life.length > 0 && life[0] !== 'void').length;
        expect(counters.sent).toBe(probes.length);
        expect(counters.settled).toBe(settled);
        expect(counters.answered + failedOf(counters)).toBe(settled);
        expect(failedOf(counters) - counters.repaired).toBe(endingIn('lost', 'unreachable', 'unsent'));
        expect(counters.voided).toBe(endingIn('void'));
        const withRtt = probes.filter((life) => life.some((type) => type === 'answered' || type === 'late')).length;
        expect(counters.buckets.reduce((sum, bucket) => sum + bucket, 0)).toBe(withRtt);
      }),
    );
  });

  it('put an RTT into the first bucket whose bound it does not pass', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer({ min: 0, max: 30_000_000 }),
          fc.nat(19).map((i) => 50 * 2 ** i),
        ),
        (micros) => {
          const counters = new ProbeCounters();
          counters.addRtt(micros / 1000);
          const expected = RTT_BOUNDS.findIndex((bound) => micros <= Math.round(bound * 1e6));
          expect(counters.buckets.indexOf(1)).toBe(expected < 0 ? RTT_BOUNDS.length : expected);
        },
      ),
    );
    expect([RTT_BOUNDS[0], RTT_BOUNDS.at(-1)]).toEqual([0.00005, 26.2144]);
  });

  it('forget no failure for as long as it can be repaired', () => {
    const counts = new ProbeCounts([hostInfo({ id: 0, target: 'a', label: 'a' })]);
    for (let seq = 0; seq < 65_536; seq++) {
      counts.apply({ type: 'sent', endpoint: 0, seq, at: NOON });
      counts.apply({ type: 'lost', endpoint: 0, seq });
    }
    counts.apply({ type: 'late', endpoint: 0, seq: 0, rtt: 1, ttl: 64 });
    expect(counts.of(0)).toMatchObject({ settled: 65_536, repaired: 1 });
  });
});

describe('/metrics', () => {
  it('goes on where an endpoint comes back under the same name', async (test) => {
    const run = await servedRun(test, ['a']);
    run.feed(sampleProbes(0, [1, 'lost']));
    run.feed([{ type: 'removed', endpoint: 0, at: NOON + 1000 }]);
    const [info] = run.info.endpoints;
    if (info === undefined) throw new Error('no endpoint');
    run.feed([
      { type: 'endpoint', endpoint: 1, info: { ...info, id: 1 }, at: NOON + 2000 },
      ...sampleProbes(1, [1], NOON + 2000),
    ]);
    const { body } = await run.ask('/metrics');
    expect(body.match(/^pingem_sent_total.*$/gm)).toEqual(['pingem_sent_total{endpoint="a",target="10.0.0.0"} 3']);
  });

  it('keeps one that was removed for five minutes', async (test) => {
    const run = await servedRun(test, ['a']);
    run.feed([...sampleProbes(0, [1]), { type: 'removed', endpoint: 0, at: NOON + 1000 }]);
    run.now = NOON + 300_000;
    expect((await run.ask('/metrics')).body).toContain('pingem_sent_total{endpoint="a"');
    expect((await run.ask('/metrics')).body).not.toContain('pingem_endpoint_info{endpoint="a"');
    run.now = NOON + 302_000;
    expect((await run.ask('/metrics')).body).not.toContain('endpoint="a"');
  });

  it('counts an episode once, by the verdict that it began with', async (test) => {
    const run = await servedRun(test, ['a']);
    const episode = {
      id: 3,
      code: 'unclear',
      from: NOON,
      to: null,
      lastBadAt: NOON,
      endpoints: [],
      worstLoss: null,
      worstP50: null,
      outages: 0,
    } as const;
    run.server.news({ type: 'episodes', episodes: [episode] });
    run.server.news({
      type: 'episodes',
      episodes: [
        { ...episode, code: 'provider' },
        { ...episode, id: 4, code: 'host' },
      ],
    });
    const { body } = await run.ask('/metrics');
    expect(body.match(/^pingem_episodes_total.* [1-9]$/gm)).toEqual([
      'pingem_episodes_total{code="host"} 1',
      'pingem_episodes_total{code="unclear"} 1',
    ]);
  });

  it('escapes what a label has in it', async (test) => {
    const run = await servedRun(test, ['a"b\\c{d="e"} é']);
    const { body } = await run.ask('/metrics');
    expect(body).toContain('pingem_sent_total{endpoint="a\\"b\\\\c{d=\\"e\\"} é",target="10.0.0.0"} 0');
  });

  it.skipIf(withoutPromtool)('is what promtool takes', async (test) => {
    const run = await servedRun(test, ['a', 'we"ird\\']);
    run.feed([...sampleProbes(0, [1, -1500, 'lost', 0.01, 30_000]), ...sampleProbes(1, ['unsent'])]);
    run.feed([{ type: 'traffic', at: NOON, receivedBytes: [1000], sentBytes: [10] }]);
    run.server.news({ type: 'call quality', quality: { r: 90, mos: 4.3, word: 'good', endpoint: 0 }, each: [] });
    run.server.news({
      type: 'diagnostics',
      diagnostics: {
        sendLateP50: 0.1,
        sendLateP99: 1,
        stalls: 1,
        longestStall: 30,
        missedSlots: 0,
        receiveOverruns: 0,
        receiveBufferBytes: 1,
        privileges: null,
        rejected: 0,
      },
    });
    const { body, headers } = await run.ask('/metrics');
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(execFileSync('promtool', ['check', 'metrics'], { input: body, encoding: 'utf8' })).toBe('');
  });

  it('is OpenMetrics for whoever likes that better', async (test) => {
    const prometheus =
      'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';
    expect(
      [prometheus, 'application/openmetrics-text', 'text/plain;q=0.2, application/openmetrics-text'].map(formatFor),
    ).toEqual(Array.from({ length: 3 }, () => 'openmetrics'));
    expect(
      [
        undefined,
        '',
        '*/*',
        'text/plain',
        'application/openmetrics-text;q=0.2, text/plain',
        'application/openmetrics-text;q=0',
        'x;q=zzz',
      ].map(formatFor),
    ).toEqual(Array.from({ length: 7 }, () => 'text'));
    const run = await servedRun(test, ['a']);
    const { body, headers } = await run.ask('/metrics', { headers: { Accept: prometheus } });
    expect(headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(body).toMatch(/# TYPE pingem_sent counter\npingem_sent_total\{/);
    expect(body).toMatch(/# TYPE pingem_build info\npingem_build_info\{version="test"\} 1\n# EOF\n$/);
  });

  it('counts nothing of the past that a record holds', async (test) => {
    const run = await servedRun(test, ['a'], { begun: false });
    const [info] = run.info.endpoints;
    if (info === undefined) throw new Error('no endpoint');
    const second = { ...info, id: 1, label: 'b' };
    run.feed([
      { type: 'endpoint', endpoint: 1, info: second, at: NOON },
      ...sampleProbes(0, [1, 2]),
      ...sampleProbes(1, [3]),
    ]);
    run.server.begin();
    run.feed(sampleProbes(1, [4, 5], NOON + 1000, 1));
    expect((await run.ask('/metrics')).body.match(/^pingem_sent_total.*$/gm)).toEqual([
      'pingem_sent_total{endpoint="a",target="10.0.0.0"} 0',
      'pingem_sent_total{endpoint="b",target="10.0.0.0"} 2',
    ]);
  });
});
