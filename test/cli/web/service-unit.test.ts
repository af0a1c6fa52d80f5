// The unit of systemd: known to systemd, as narrow as it claims, and starting what there is.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serveOptions } from '../../../src/cli/arguments/option-table.js';

const unit = readFileSync(new URL('../../../docs/pingem.service', import.meta.url), 'utf8');
const withoutSystemd = spawnSync('systemd-analyze', ['--version']).status !== 0;
if (withoutSystemd) process.stderr.write('SKIPPED: the check of docs/pingem.service needs systemd-analyze\n');

describe('docs/pingem.service', () => {
  it('gives options that pingem serve has', () => {
    const start = /^ExecStart=\/usr\/bin\/pingem serve (.*)$/m.exec(unit)?.[1] ?? '';
    const given = [...start.matchAll(/--([\w-]+)/g), ...unit.matchAll(/(?<=OPTIONS=[^\n]*)--([\w-]+)/g)].map(
      ([, name]) => name,
    );
    expect(new Set(given)).toEqual(new Set(['token-file', 'metrics', 'web']));
    const known = new Set<string | undefined>(serveOptions.map(({ name }) => name));
    expect(given.filter((name) => !known.has(name))).toEqual([]);
  });

  it.skipIf(withoutSystemd)('is what systemd takes, and lets nothing else in', (test) => {
    const folder = mkdtempSync(join(tmpdir(), 'pingem-unit-'));
    test.onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'pingem.service');
    // The program need not be installed here.
    writeFileSync(file, unit.replace('/usr/bin/pingem', '/bin/true'));
    const verified = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
    expect([verified.status, verified.stderr]).toEqual([0, '']);
    const report = execFileSync('systemd-analyze', ['security', '--offline=true', '--no-pager', file], {
      encoding: 'utf8',
    });
    expect(Number(/Overall exposure level for \S+: ([\d.]+)/.exec(report)?.[1])).toBeLessThan(2.5);
  });
});
