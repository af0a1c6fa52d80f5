// What can be done with a record without privileges and without a terminal, by the real program, from stdin as well.

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { NOON, recordText, sampleInfo, sampleProbes } from '../support/record-sample.js';
import { pingemProgram } from '../support/pingem-run.js';

const record = recordText(sampleInfo(['gw']), [
  ...sampleProbes(0, [10, 20, -1500, 'lost']),
  { type: 'mark', at: NOON + 100, text: 'the call is bad' },
]);

const fed = (args: string, input: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [pingemProgram, ...args.split(' ')], {
    input,
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC' },
  });
  return { status, stdout, stderr };
};

describe('a record on stdin', () => {
  it('is summed up; a torn line and a foreign one are told by their numbers and cost nothing else', () => {
    const { status, stdout, stderr } = fed('summary -', `${record}{"type":"pro\n{"type":"weather"}\n`);
    expect(stdout).toContain('\n  4 probes  answered 2  late 1  lost 1  loss 25.0 %\n');
    expect(stderr).toBe('pingem: stdin:8: no JSON, skipped\npingem: stdin:9: unknown type "weather", skipped\n');
    expect(status).toBe(0);
  });

  it('is summed up with its episodes first, and what a call would have been like at its end', () => {
    const lost = Array.from({ length: 50 }, () => 'lost' as const);
    const well = (count: number) => Array.from({ length: count }, () => 20);
    const probes = [...well(300), ...lost, ...well(300)];
    const inTurn = probes.flatMap((outcome, i) => [
      ...sampleProbes(0, [outcome], NOON + 100 * i, i),
      ...sampleProbes(1, [20], NOON + 100 * i, i),
    ]);
    const text = recordText(sampleInfo(['gw', 'far']), inTurn);
    const lines = fed('summary - --json', text).stdout.trimEnd().split('\n');
    const types = lines.map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual(['episode', 'outage', 'summary', 'summary']);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      type: 'episode',
      code: 'host',
      from: NOON / 1000 + 30,
      to: NOON / 1000 + 34.9,
      endpoints: [0],
      worstLoss: expect.any(Number) as number,
      worstP50: expect.any(Number) as number,
      outages: 1,
    });
    const summary = fed('summary -', text).stdout.split('\n');
    expect(summary[1]).toMatch(/^episodes: 1, /);
    expect(summary).toContain('at the end  call: good, R 91, MOS 4.4 (est., to gw)');
  });

  it('becomes a table, with its marks', () => {
    const { status, stdout, stderr } = fed('export - --csv --epoch 1s', record);
    const [header = '', row = '', ...rest] = stdout.trimEnd().split('\n');
    expect(header).toMatch(/^from,to,endpoint,target,slots,answered,late,lost,/);
    expect(row).toMatch(
      /^2026-11-23T12:00:00\+00:00,2026-11-23T12:00:01\+00:00,gw,10\.0\.0\.0,4,2,1,1,.*,the call is bad$/,
    );
    expect([rest, stderr, status]).toEqual([[], '', 0]);
  });

  it('is refused if it is none, and replayed on terminals only', () => {
    expect(fed('summary -', 'dear diary\n')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'pingem: stdin is not a pingem record; give a file that --record wrote\n',
    });
    expect(fed('replay -', record).stderr).toMatch(/^pingem: pingem replay draws on a terminal: .*\n$/);
  });
});

describe('a record that is no plain file', () => {
  const inShell = (script: string) => {
    const env = { ...process.env, TZ: 'UTC', NODE: process.execPath, PINGEM: pingemProgram, RECORD: record };
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', env });
    return { status, stdout, stderr };
  };

  it('may be a pipe, compressed or not', () => {
    for (const pipe of ['<(printf %s "$RECORD")', '<(printf %s "$RECORD" | gzip)']) {
      const { status, stdout, stderr } = inShell(`"$NODE" "$PINGEM" summary ${pipe}`);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain('\n  4 probes  answered 2  late 1  lost 1  loss 25.0 %\n');
    }
  });

  it.each(['/dev/zero', '/dev/null', '/', '<(yes)'])('is refused in one line if it is %s', (path) => {
    const { status, stdout, stderr } = inShell(`"$NODE" "$PINGEM" summary ${path}`);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^pingem: \S+ is not a pingem record; give a file that --record wrote\n$/);
  });
});
