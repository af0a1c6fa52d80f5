// What Prometheus and Grafana are given: every expression is one that Prometheus takes, every name one that /metrics has, and
// the rules make of counters what is true.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const withoutPromtool = spawnSync('promtool', ['--version']).status !== 0;
if (withoutPromtool) {
  if (process.env['CI'] === 'true') throw new Error('CI=true, and there is no promtool (Debian: prometheus)');
  process.stderr.write('SKIPPED: rules and dashboard need promtool (Debian: prometheus)\n');
}

const promtool = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync('promtool', args, {
    encoding: 'utf8',
    cwd: join(root, 'test/dashboards'),
  });
  return { status, said: stdout + stderr };
};

type Panel = {
  type: string;
  title: string;
  repeat?: string;
  targets?: { expr: string }[];
  gridPos: { x: number; y: number; w: number; h: number };
};
type Dashboard = { panels: Panel[]; templating: { list: { name: string; query: string | { query: string } }[] } };

const dashboard = JSON.parse(read('dashboards/pingem.json')) as Dashboard;
const rules = read('dashboards/pingem.rules.yml');
const expressions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** As Grafana fills them in. */
const filledIn = (expr: string): string =>
  expr.replaceAll('$__rate_interval', '1m').replaceAll(/\$(job|instance|endpoint)/g, 'x');

/** All that /metrics has, as the source names them. */
const exposed = (): Set<string> => {
  const names = new Set<string>();
  for (const [, name = ''] of read('src/web/server/metrics/metrics.ts').matchAll(/'(pingem_[a-z_]+)'/g)) {
    for (const suffix of ['', '_total', '_bucket', '_info']) names.add(name + suffix);
  }
  return names;
};

describe.skipIf(withoutPromtool)('the rules', () => {
  it('are taken by promtool', () => {
    expect(promtool('check', 'rules', join(root, 'dashboards/pingem.rules.yml'))).toMatchObject({ status: 0 });
  });

  it('make of counters what is true: late replies, a restart, the first losses, and each alert', () => {
    expect(promtool('test', 'rules', 'pingem.rules.test.yml')).toMatchObject({ status: 0 });
  });

  it('have a test that can fail', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pingem-rules-'));
    try {
      const wrong = read('test/dashboards/pingem.rules.test.yml')
        .replace('../../dashboards/pingem.rules.yml', join(root, 'dashboards/pingem.rules.yml'))
        .replace('value: 5 }', 'value: 6 }');
      writeFileSync(join(folder, 'wrong.yml'), wrong);
      expect(promtool('test', 'rules', join(folder, 'wrong.yml')).status).toBe(1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe.skipIf(withoutPromtool)('the dashboard', () => {
  it('has only expressions that Prometheus takes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pingem-dashboard-'));
    try {
      const rule = (expr: string, i: number) => ({ record: `panel:${i}`, expr: filledIn(expr) });
      const groups = { groups: [{ name: 'panels', rules: expressions.map(rule) }] };
      writeFileSync(join(folder, 'panels.yml'), JSON.stringify(groups));
      const { status, said } = promtool('check', 'rules', join(folder, 'panels.yml'));
      expect([status, said]).toEqual([0, expect.stringContaining(`${expressions.length} rules found`)]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('computes loss as the rules do', () => {
    const squeezed = (text: string): string => text.replaceAll(/\{[^}]*\}|[\s()]/g, '');
    const inRules = squeezed(
      /record: pingem:loss:ratio5m\n\s+expr: \|2\n([\s\S]*?)\n\n/.exec(rules)?.[1] ?? '',
    ).replaceAll('pingem:lost:total', 'sumwithoutreasonpingem_failed_total-pingem_repaired_total');
    expect(expressions.map(squeezed)).toContain(inRules);
  });

  it('has a row for each vantage point: verdict, loss, percentiles, smoke', () => {
    const [row] = dashboard.panels;
    expect(row).toMatchObject({ type: 'row', repeat: 'instance' });
    const kinds = dashboard.panels.map(({ type }) => type);
    for (const kind of ['state-timeline', 'timeseries', 'heatmap']) expect(kinds).toContain(kind);
    for (const quantile of ['0.5', '0.95', '0.99']) {
      expect(expressions.some((expr) => expr.startsWith(`histogram_quantile(${quantile},`))).toBe(true);
    }
    for (const { gridPos } of dashboard.panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
  });
});

describe('rules and dashboard', () => {
  it('name only what /metrics has', () => {
    const known = exposed();
    expect(known.size).toBeGreaterThan(60);
    const used = new Set(
      [
        rules.replaceAll(/^\s*#.*$/gm, ''),
        ...expressions,
        ...dashboard.templating.list.map(({ query }) => JSON.stringify(query)),
      ]
        .join('\n')
        .match(/\bpingem_[a-z_]+/g),
    );
    expect(used.size).toBeGreaterThan(10);
    expect([...used].filter((name) => !known.has(name))).toEqual([]);
  });
});
