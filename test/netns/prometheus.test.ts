// A real Prometheus scrapes a run of a scripted network: what it says in the end is what truly happened.

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import { RTT_BOUNDS } from '../../src/web/server/metrics/probe-counters.js';
import type { NetPair } from '../support/netns.js';
import { pairFor, responderFor, withoutNetns } from '../support/netns-suite.js';
import { startPingem } from '../support/pingem-run.js';
import type { Step } from '../support/responder-script.js';

const withoutPrometheus = spawnSync('prometheus', ['--version']).status !== 0;
if (withoutPrometheus) {
  if (process.env['CI'] === 'true') throw new Error('CI=true, and there is no prometheus (Debian: prometheus)');
  process.stderr.write('SKIPPED: the scrape of a run needs prometheus (Debian: prometheus)\n');
}

const TIMEOUT_S = 1;
const PROBES = 40;
const UNREACHABLE = [3, 1] as const;

/** Ten probes: six answered, one of them with 40 ms, one late, two lost, one unreachable. */
const SCRIPT: readonly Step[] = [
  [{ kind: 'reply' }],
  [{ kind: 'reply' }],
  [],
  [{ kind: 'reply', after: 40 }],
  [{ kind: 'reply', after: 2600 }],
  [{ kind: 'reply' }],
  [{ kind: 'error', icmp: UNREACHABLE }],
  [{ kind: 'reply' }],
  [],
  [{ kind: 'reply' }],
];
const TRUE_LOSS = 0.3;

/** None of them may ever fall. */
const COUNTERS = [
  ...['sent', 'settled', 'answered', 'failed', 'repaired', 'void', 'duplicates', 'rejected'].map(
    (name) => `${name}_total`,
  ),
  ...['count', 'sum', 'bucket'].map((part) => `rtt_seconds_${part}`),
];

type Sample = { metric: Record<string, string>; value: [number, string] };

const folderFor = (test: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'pingem-prometheus-'));
  test.onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** What a script prints that Node runs in the near namespace. */
const printed = async (pair: NetPair, script: string): Promise<string> => {
  const asking = pair.spawnNear([process.execPath, '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  asking.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(asking, 'close');
  return text;
};

/** Prometheus in the near namespace, scraping each second. */
const prometheusFor = async (
  test: TestContext,
  pair: NetPair,
): Promise<(queries: readonly string[]) => Promise<number[]>> => {
  const folder = folderFor(test);
  const config = join(folder, 'prometheus.yml');
  writeFileSync(
    config,
    'scrape_configs:\n  - job_name: pingem\n    scrape_interval: 1s\n    scrape_timeout: 1s\n    static_configs:\n      - targets: ["127.0.0.1:7464"]\n',
  );
  const command = [
    'prometheus',
    `--config.file=${config}`,
    `--storage.tsdb.path=${folder}/data`,
    '--web.listen-address=127.0.0.1:9090',
  ];
  const child = pair.spawnNear(command, { stdio: 'ignore' });
  test.onTestFinished(async () => {
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  });
  return async (queries) => {
    const urls = queries.map((query) => `http://127.0.0.1:9090/api/v1/query?query=${encodeURIComponent(query)}`);
    const script = `Promise.all(${JSON.stringify(urls)}.map((url) => fetch(url).then((r) => r.json()))).then((a) => console.log(JSON.stringify(a)))`;
    const answers = JSON.parse(await printed(pair, script)) as { data: { result: Sample[] } }[];
    return answers.map(({ data: { result } }, i) => {
      if (result.length !== 1) throw new Error(`${queries[i]} gives ${result.length} values`);
      return Number(result[0]?.value[1]);
    });
  };
};

describe.skipIf(withoutNetns || withoutPrometheus)('Prometheus', () => {
  it('says what truly happened, late replies between its scrapes included', { timeout: 60_000 }, async (test) => {
    const pair = pairFor(test, 2);
    const [first = '', second = ''] = pair.far4;
    await responderFor(test, pair, { addresses: { [first]: SCRIPT, [second]: [[{ kind: 'reply' }]] } });
    const ask = await prometheusFor(test, pair);
    await sleep(1500);
    // The first has had all its probes while the second goes on: its counters stand by then.
    const tokenFile = join(folderFor(test), 'token');
    const args = [
      '--text',
      '--metrics',
      '0.0.0.0:7464',
      '--token-file',
      tokenFile,
      '-W',
      String(TIMEOUT_S),
      '-c',
      String(PROBES),
    ];
    const run = startPingem(pair, [...args, `one=${first},interval=0.1`, `two=${second},interval=1`]);
    await sleep(10_000);
    const one = 'endpoint="one"';
    const failed = `sum(pingem_failed_total{${one}})`;
    const repaired = `sum(pingem_repaired_total{${one}})`;
    const [p50, p95, highest, ...others] = await ask([
      `histogram_quantile(0.5, pingem_rtt_seconds_bucket{${one}})`,
      `histogram_quantile(0.95, pingem_rtt_seconds_bucket{${one}})`,
      `max_over_time((${failed} - ${repaired})[1m:1s])`,
      'up',
      `(${failed} - ${repaired}) / sum(pingem_settled_total{${one}})`,
      `pingem_sent_total{${one}}`,
      `pingem_answered_total{${one}}`,
      repaired,
      `pingem_failed_total{${one},reason="unreachable"}`,
      COUNTERS.map((name) => `sum(resets(pingem_${name}[5m]))`).join(' + '),
    ]);
    const rounds = PROBES / SCRIPT.length;
    expect(others).toEqual([1, TRUE_LOSS, PROBES, 6 * rounds, rounds, rounds, 0]);
    // Its last late reply came a scrape and more after all else had settled.
    expect(highest).toBeGreaterThan(TRUE_LOSS * PROBES);
    // From another address than loopback.
    const address = `http://${pair.near4}:7464/metrics`;
    const bearer = `{ headers: { Authorization: 'Bearer ${readFileSync(tokenFile, 'utf8').trim()}' } }`;
    const statuses = await printed(
      pair,
      `Promise.all([fetch('${address}'), fetch('${address}', ${bearer})]).then((r) => console.log(r.map((one) => one.status).join()))`,
    );
    expect(statuses).toBe('401,200\n');
    run.child.kill('SIGTERM');
    const { record, stderr } = await run.ended;
    const rtts = (record.slots[0] ?? []).flatMap(({ rtt }) => (rtt === null ? [] : [rtt / 1000])).sort((a, b) => a - b);
    expect(rtts).toHaveLength(7 * rounds);
    for (const [percent, estimate] of [
      [95, p95],
      [50, p50],
    ] as const) {
      const truth = rtts[Math.ceil((percent / 100) * rtts.length) - 1] ?? 0;
      const bucket = RTT_BOUNDS.findIndex((bound) => truth <= bound);
      expect(estimate).toBeLessThanOrEqual(RTT_BOUNDS[bucket] ?? 0);
      expect(estimate).toBeGreaterThanOrEqual(RTT_BOUNDS[bucket - 1] ?? 0);
    }
    expect(stderr).toBe(
      `pingem: metrics: http://${pair.near4}:7464/metrics\n` +
        'pingem: open to every network that this machine is in, unencrypted, to whoever has the token\n',
    );
  });
});
