// The real program as root in a real terminal: keys, sizes, and the terminal as it was, however the program ends.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textWidth } from '../../src/view/text.js';
import { pingemProgram } from '../support/pingem-run.js';
import { recordText, sampleInfo, sampleProbes } from '../support/record-sample.js';
import { withoutTmux } from '../support/tmux-gate.js';
import { TmuxShell } from '../support/tmux-shell.js';

const commandLine = `${pingemProgram} 127.0.0.1 gateway=::1 -i 0.1 -e 1s`;
const command = `${process.execPath} ${commandLine}`;
const replay = `${process.execPath} ${pingemProgram} replay`;
const summaryStands = (rows: string[]): boolean =>
  rows.some((row) => /^ {2}\d+ probes {2}answered \d+ .*loss 0\.0 %/.test(row)) &&
  rows.at(-1)?.startsWith('$') === true;
const running = (rows: string[]): boolean => rows.some((row) => /127\.0\.0\.1.*loss +0 %/.test(row));

describe.skipIf(withoutTmux)('in a terminal', { timeout: 60_000 }, () => {
  let shell: TmuxShell;
  beforeEach(() => {
    shell = new TmuxShell(80, 24);
  });
  afterEach(() => shell.close());

  it('obeys keys, follows sizes, and leaves the terminal as it found it', async () => {
    const before = await shell.terminalState();
    shell.type(command);
    await shell.until('first strips', running);
    expect(shell.screen().slice(0, 2).join(' ')).toMatch(/starting .*every 0\.1 s +epoch 1 s/);
    shell.keys('+', '+');
    await shell.until('a wider epoch', (rows) => rows[1]?.includes('epoch 5 s') === true);
    shell.keys('-');
    await shell.until('a narrower epoch', (rows) => rows[1]?.includes('epoch 2 s') === true);
    for (const [columns, rows] of [
      [200, 50],
      [40, 10],
      [300, 80],
      [80, 24],
    ] as const) {
      shell.resize(columns, rows);
      const screen = await shell.until(
        `${columns}x${rows}`,
        (lines) => lines.some((line) => line.includes('gateway')) && lines.length > rows - 3 && lines.length <= rows,
      );
      const widest = Math.max(...screen.map(textWidth));
      expect(widest).toBeLessThanOrEqual(columns);
      expect(widest).toBeGreaterThan(columns * 0.7);
    }
    shell.keys('?');
    await shell.until('help', (rows) => rows.some((row) => /wider epochs/i.test(row)));
    shell.keys('Escape');
    await shell.until('the strips again', running);
    shell.keys('q');
    await shell.until('the summary', summaryStands);
    expect(await shell.terminalState()).toEqual(before);
  });

  it('takes the mouse, and Q leaves the screen as text', async () => {
    const before = await shell.terminalState();
    shell.type(command);
    await shell.until('first strips', running);
    // A click on the newest column but one, low in the second strip.
    shell.keys('-H', ...Array.from(Buffer.from('\u001b[<0;79;18M'), (byte) => byte.toString(16)));
    await shell.until(
      'the cursor',
      (rows) => rows.some((row) => row.startsWith('▸gateway')) && rows.join().includes('cursor '),
    );
    shell.keys('Q');
    const rows = await shell.until('the prompt', (lines) => lines.at(-1) === '$');
    expect(rows[0]).toMatch(/^[ ▌]\S.*\d\d:\d\d:\d\d$/);
    expect(rows.join('\n')).toMatch(/^▸gateway .*\n(.*\n)+ cursor \d\d:/m);
    expect(await shell.terminalState()).toEqual(before);
  });

  it.each(['', '--line'])('is left in order while the program is stopped, and taken again: %s', async (option) => {
    const isShown = (rows: string[]): boolean =>
      option === '' ? running(rows) : rows.at(-1)?.startsWith('● ') === true;
    const before = await shell.terminalState();
    shell.type(`${command} ${option}`);
    await shell.until('the picture', isShown);
    for (let i = 0; i < 2; i++) {
      signal('TSTP');
      await shell.until('the prompt', (rows) => rows.at(-1) === '$' && rows.join().includes('Stopped'));
      expect(await shell.terminalState()).toEqual(before);
      shell.type('clear; fg > /dev/null');
      await shell.until('the picture again', isShown);
    }
    shell.keys('q');
    await shell.until('the summary', (rows) => rows.at(-1) === '$' && rows.join().includes('probes  answered'));
    expect(await shell.terminalState()).toEqual(before);
  });

  it('is not drawn on with TERM=dumb: text, and why', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pingem-dumb-'));
    const [file, errors] = [join(folder, 'r'), join(folder, 'errors')];
    writeFileSync(file, recordText(sampleInfo(['gw']), sampleProbes(0, [10, 20])));
    shell.type(`TERM=dumb ${command} -w 2 2> ${errors}; echo status $?`);
    const rows = await shell.until('the end', (lines) => lines.includes('status 0'));
    expect(rows.join('\n')).toMatch(/^\S+ \S+ +gateway +loss 0\.0 %/m);
    expect(readFileSync(errors, 'utf8')).toBe(
      'pingem: no screen with TERM=dumb, so a line per endpoint per epoch instead\n',
    );
    shell.type(`TERM=dumb ${replay} ${file} 2> ${errors}; echo status $?`);
    await shell.until('the end', (lines) => lines.includes('status 2'));
    expect(readFileSync(errors, 'utf8')).toMatch(/^pingem: pingem replay draws on a terminal: .*\n$/);
    rmSync(folder, { recursive: true });
  });

  it('probes at raised priority and draws at normal', async () => {
    shell.type(command);
    await shell.until('first strips', running);
    const pid = execFileSync('pgrep', ['-f', `^${command}`], { encoding: 'utf8' }).trim();
    const threads = execFileSync('ps', ['-L', '-o', 'lwp=,ni=', '-p', pid], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number));
    // nice(1) without a command prints its own niceness: whether root may raise it here, in a container say.
    const allowed = Number(execFileSync('nice', ['-n', '-10', 'nice'], { stdio: ['ignore', 'pipe', 'ignore'] }));
    expect(threads.length).toBeGreaterThan(2);
    expect(threads.filter(([, niceness = 0]) => niceness < 0)).toEqual(allowed < 0 ? [[Number(pid), -10]] : []);
    shell.keys('q');
    await shell.until('the summary', summaryStands);
  });

  it('replays a record on the same screen, from a file and from stdin', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pingem-replay-'));
    const file = join(folder, 'r');
    writeFileSync(file, recordText(sampleInfo(['gw']), sampleProbes(0, [10, 20, 'lost', 'lost'])));
    const before = await shell.terminalState();
    for (const how of [`${replay} ${file}`, `cat ${file} | ${replay} -`]) {
      shell.type(`clear; ${how}`);
      const rows = await shell.until('the record', (lines) => lines.some((line) => /gw +slots 4 +lost 2/.test(line)));
      expect(rows.slice(0, 2).join(' ')).toMatch(/starting .*replay/);
      shell.keys('q');
      await shell.until('its summary', (lines) =>
        lines.some((line) => line === '  4 probes  answered 2  lost 2  loss 50.0 %'),
      );
      expect(await shell.terminalState()).toEqual(before);
    }
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['Ctrl-C', () => shell.keys('C-c')],
    ['kill -TERM', () => signal('TERM')],
    ['kill -HUP', () => signal('HUP')],
    ['kill -INT', () => signal('INT')],
    ['kill -QUIT', () => signal('QUIT')],
  ])('is restored after %s, with a summary', async (_name, end) => {
    const before = await shell.terminalState();
    shell.type(command);
    await shell.until('first strips', running);
    end();
    await shell.until('the summary', summaryStands);
    expect(await shell.terminalState()).toEqual(before);
  });

  it.each([
    ['with SIGHUP', ''],
    ['without a signal, as its session leader ignores it', "trap '' HUP; "],
  ])('ends with its record whole when the terminal is gone, %s', async (_name, first) => {
    const folder = mkdtempSync(join(tmpdir(), 'pingem-hangup-'));
    const [status, record] = [join(folder, 'status'), join(folder, 'record')];
    shell.type(`${first}sh -c 'trap : HUP; ${command} --record ${record} 2> ${folder}/errors; echo $? > ${status}'`);
    await shell.until('first strips', running);
    shell.hangUp();
    await expect.poll(() => existsSync(status), { timeout: 5000 }).toBe(true);
    await expect.poll(() => readFileSync(status, 'utf8'), { timeout: 5000 }).toBe('0\n');
    expect(readFileSync(join(folder, 'errors'), 'utf8')).toBe('');
    expect(readFileSync(record, 'utf8')).toMatch(/"type":"summary"[^\n]*\n$/);
    rmSync(folder, { recursive: true });
  });

  it('is restored after an error is thrown in the screen thread, with a summary and status 70', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pingem-crash-'));
    const script = join(folder, 'crash.mjs');
    writeFileSync(
      script,
      `import { isMainThread } from 'node:worker_threads';
       if (!isMainThread) setTimeout(() => { throw new Error('thrown on purpose'); }, 3000);`,
    );
    const before = await shell.terminalState();
    shell.type(`${process.execPath} --import ${script} ${commandLine}; echo status $?`);
    await shell.until('first strips', running);
    const rows = await shell.until('the end', (lines) => lines.some((line) => line === 'status 70'));
    expect(summaryStands(rows)).toBe(true);
    expect(rows.join('\n')).toContain('thrown on purpose');
    expect(await shell.terminalState()).toEqual(before);
    rmSync(folder, { recursive: true });
  });
});

/** To the program itself, as somebody at another terminal would send it. */
const signal = (name: string): void => {
  execFileSync('pkill', [`-${name}`, '-f', `^${command}`]);
};
