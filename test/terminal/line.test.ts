// One line in a real terminal (--line), and pingem status in a real status bar of tmux.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StatusDocument } from '../../src/observer/status/status-document.js';
import { textWidth } from '../../src/view/text.js';
import { pingemProgram } from '../support/pingem-run.js';
import { projectRoot } from '../support/responder-client.js';
import { withoutTmux } from '../support/tmux-gate.js';
import { TmuxShell } from '../support/tmux-shell.js';

const program = `${process.execPath} ${pingemProgram}`;
const command = `${program} --line 127.0.0.1 gateway=::1 -i 0.1`;

describe.skipIf(withoutTmux)('--line', { timeout: 60_000 }, () => {
  let shell: TmuxShell;
  let folder: string;
  beforeEach(() => {
    shell = new TmuxShell(80, 6);
    folder = mkdtempSync(join(tmpdir(), 'pingem-line-'));
  });
  afterEach(() => {
    shell.close();
    rmSync(folder, { recursive: true });
  });

  const fine = (rows: string[]): boolean => /^● fine \d+ s .* \d\S* ms +0 %$/.test(rows.at(-1) ?? '');
  const summaryStands = (rows: string[]): boolean =>
    rows.some((row) => row.startsWith('2 stalls') || row.includes('self:'));

  it('is one row whatever the width, shows nothing of what is typed, and is gone at the end', async () => {
    const before = await shell.terminalState();
    shell.type(`clear; ${command}`);
    const start = await shell.until('the line', fine);
    expect(start.filter((row) => row !== '' && !row.startsWith('$'))).toHaveLength(1);
    for (const columns of [40, 20, 4, 1, 120, 80]) {
      shell.resize(columns, 6);
      const rows = await shell.until(
        `${columns} columns`,
        (lines) => lines.filter((row) => /[●▲]/.test(row)).length === 1,
      );
      expect(Math.max(...rows.map(textWidth))).toBeLessThanOrEqual(columns);
    }
    shell.keys('x', 'y', 'Enter', 'Up');
    await shell.until('the line again', (rows) => fine(rows) && !rows.join('').includes('xy'));
    shell.keys('q');
    const end = await shell.until('the summary', summaryStands);
    expect(end.join('\n')).not.toContain('●');
    expect(await shell.terminalState()).toEqual(before);
  });

  it.each(['TERM', 'INT', 'HUP'])('leaves the terminal as it was after SIG%s', async (name) => {
    const before = await shell.terminalState();
    shell.type(`clear; ${command}`);
    await shell.until('the line', fine);
    execFileSync('pkill', [`-${name}`, '-f', `^${command}`]);
    await shell.until('the summary', summaryStands);
    expect(await shell.terminalState()).toEqual(before);
  });

  it('honours NO_COLOR and --ascii, and takes text where the line can’t be painted over', async () => {
    shell.type(`clear; NO_COLOR=1 ${command} --ascii -w 4`);
    await shell.until('the line', (rows) => /^\+ fine \d+ s /.test(rows.at(-1) ?? ''));
    await shell.until('the end', summaryStands);
    shell.type(`clear; TERM=dumb ${command} -w 1 2> ${folder}/errors; echo status $?`);
    await shell.until('the end', (rows) => rows.includes('status 0'));
    expect(readFileSync(join(folder, 'errors'), 'utf8')).toMatch(/^pingem: no line with TERM=dumb, so a line per/);
    shell.type(`clear; ${command} 2> ${folder}/errors | cat; echo status \${PIPESTATUS[0]}`);
    await shell.until('the end', (rows) => rows.includes('status 2'));
    expect(readFileSync(join(folder, 'errors'), 'utf8')).toMatch(
      /^pingem: --line paints over a line of a terminal, [^\n]*\n$/,
    );
  });

  it('probes on while the terminal reads nothing, and ends in time', async () => {
    const record = join(folder, 'record');
    shell.type(`clear; ${command} --record ${record}; echo $? > ${folder}/status`);
    await shell.until('the line', fine);
    const { serverPid } = shell;
    process.kill(serverPid, 'SIGSTOP');
    const lines = (): number => readFileSync(record, 'utf8').split('\n').length;
    const before = lines();
    await expect.poll(() => lines() - before, { timeout: 10_000 }).toBeGreaterThan(40);
    execFileSync('pkill', ['-TERM', '-f', `^${command}`]);
    await expect.poll(() => existsSync(join(folder, 'status')), { timeout: 5000 }).toBe(true);
    process.kill(serverPid, 'SIGCONT');
    await shell.until('the prompt', (rows) => rows.at(-1) === '$');
  });
});

describe.skipIf(withoutTmux)('pingem status in the status bar of tmux', { timeout: 60_000 }, () => {
  /** The README's lines for ~/.tmux.conf. */
  const readmeLines = (): string[] => {
    const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
    return Array.from(readme.matchAll(/^ {4}(set -g status-\S+ .*)$/gm), ([, line = '']) => line);
  };

  it('stands there as it is, with a label that would like to be a command', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pingem-bar-'));
    const [file, trap, config] = [join(folder, 's.json'), `/tmp/p${process.pid}`, join(folder, 'tmux.conf')];
    const lines = readmeLines();
    expect(lines).toHaveLength(2);
    const conf = lines.map((line) => line.replace('pingem status', `${program} status ${file}`)).join('\n');
    writeFileSync(config, `${conf}\n`);
    const shell = new TmuxShell(80, 8);
    try {
      shell.type(`TMUX= tmux -L ${inner} -f ${config} new-session`);
      for (const label of [`#(>${trap})`, '#[b]#{pid}日本', '#,##{}##[a']) {
        writeFileSync(file, JSON.stringify(statusWith(label)));
        const rows = await shell.until(label, (screen) => screen.at(-1)?.includes(`${label} 4 s `) === true);
        const bar = rows.at(-1) ?? '';
        expect(bar).toMatch(/ \d s +1200 ms +34 %$/);
        expect(textWidth(bar)).toBe(80);
      }
      expect(existsSync(trap)).toBe(false);
    } finally {
      execFileSync('tmux', ['-L', inner, 'kill-server']);
      shell.close();
      rmSync(folder, { recursive: true });
    }
  });

  const inner = `pingem-inner-${process.pid}`;

  const statusWith = (label: string): StatusDocument => {
    const time = Date.now() / 1000 + 4.5;
    const span = { probes: 50, p50: 1200, loss: 0.34, late: 0 };
    const verdict = {
      code: 'host',
      since: time - 4,
      name: `only ${label}`,
      symptom: '34 % lost',
      excess: null,
      proof: '',
    } as const;
    return {
      type: 'pingem status',
      format: 1,
      pid: process.pid,
      started: time - 100,
      time,
      verdict,
      quality: null,
      trouble: true,
      count: 1,
      endpoints: [
        {
          label,
          target: '127.0.0.1',
          hop: null,
          address: '127.0.0.1',
          state: 'answered',
          rtt: 1200,
          trouble: true,
          last10s: span,
          last1h: span,
          outage: null,
        },
      ],
    };
  };
});
