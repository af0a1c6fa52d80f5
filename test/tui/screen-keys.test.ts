// Key by key.

import { describe, expect, it } from 'vitest';
import { keyBindings } from '../../src/tui/input/keys.js';
import { probes, TestScreen } from '../support/terminal-screen.js';
import type { TestScreenOptions } from '../support/terminal-screen.js';

const at = (text: string): number => Date.parse(`2025-11-23T${text}Z`);

const start = at('12:00:00');
const now = at('14:32:07');

/** Two endpoints, 10 and 100 ms, one outage of the second at 13:00. */
const opened = async (more: Partial<TestScreenOptions> = {}): Promise<TestScreen> => {
  const screen = new TestScreen({
    startedAt: start,
    now,
    columns: 100,
    rows: 24,
    endpoints: ['gateway=192.168.1.1', '8.8.8.8'],
    interval: 1000,
    ...more,
  });
  screen.events(probes({ from: start, to: now, every: 1000 }, () => ({ rtt: 10 })));
  screen.events(
    probes({ endpoint: 1, from: start, to: now, every: 1000 }, (t) =>
      t >= at('13:00:00') && t < at('13:00:30') ? 'lost' : { rtt: 100 },
    ),
  );
  return screen.draw();
};

/** More events at the right, and time to go with them. */
const goOn = async (screen: TestScreen, seconds: number): Promise<void> => {
  const from = screen.now;
  screen.now += seconds * 1000;
  const firstSeq = Math.ceil((from - start) / 1000);
  for (const endpoint of [0, 1]) {
    screen.events(
      probes({ endpoint, from: start + firstSeq * 1000, to: screen.now, every: 1000, firstSeq }, () => ({ rtt: 50 })),
    );
  }
  await screen.draw();
};

const header = (screen: TestScreen): string => screen.terminal.line(0);

/** The strips and the axis, without the lines that tell the time. */
const picture = (screen: TestScreen): string[] => screen.terminal.lines().slice(2, 22);

describe('width', () => {
  it('+ and - go along the ladder, and redraw the past', async () => {
    const screen = await opened();
    await screen.press('+', '+', '+', '-');
    expect(header(screen)).toContain('epoch 15 s');
    await screen.press('+', '+', '+');
    expect(header(screen)).toContain('epoch 2 m');
    // 92 columns of 2 minutes hold all of the session, with the outage in it.
    expect(screen.terminal.text()).toMatch(/^ 300 ms +█ +┊$/m);
    await screen.press(...Array.from({ length: 20 }, () => '+'));
    expect(header(screen)).toContain('epoch 1 h');
    await screen.press(...Array.from({ length: 20 }, () => '-'));
    expect(header(screen)).toContain('epoch 1 s');
  });
});

describe('scale', () => {
  it('s goes from the ladder to own to shared to log and back', async () => {
    const screen = await opened();
    const labels = (): string[] =>
      [...screen.terminal.text().matchAll(/^ +(\d+ m?s) /gm)].map(([, text]) => text ?? '');
    expect(labels()).toEqual(['50 ms', '300 ms']);
    expect(header(screen)).not.toContain('scale');
    await screen.press('s');
    expect(header(screen)).toContain('own scale');
    expect(labels()).toEqual(['20 ms', '200 ms']);
    await screen.press('s');
    expect(header(screen)).toContain('shared scale');
    expect(labels()).toEqual(['200 ms', '200 ms']);
    await screen.press('s');
    expect(header(screen)).toContain('log scale');
    await screen.press('s');
    expect(labels()).toEqual(['50 ms', '300 ms']);
  });
});

describe('freeze', () => {
  it('keeps the picture while probing goes on, and lets go again', async () => {
    const screen = await opened();
    await screen.press('Space');
    expect(header(screen)).toContain('frozen 14:32:07');
    const before = screen.terminal.text();
    const bytes = screen.bytes;
    await goOn(screen, 60);
    expect(screen.terminal.text()).toBe(before);
    expect(screen.bytes).toBe(bytes);
    await screen.press('Space');
    expect(header(screen)).toMatch(/14:33:07$/);
    expect(header(screen)).not.toContain('frozen');
  });
});

describe('the cursor', () => {
  it('starts at the newest column and inspects all endpoints', async () => {
    const screen = await opened();
    await screen.press('Left');
    expect(screen.terminal.text()).toContain('cursor 14:32:00 to 14:32:05');
    expect(screen.terminal.text()).toMatch(/gateway .*slots 5 .*lost 0 .*late 0 .*p50 10 .*p95 10 .*max 10 .*jitter/);
    expect(screen.terminal.text()).toMatch(/8\.8\.8\.8 .*slots 5 .*p50 100/);
    expect(screen.terminal.text()).toContain('14:32:00 │');
  });

  it('is never moved by new epochs, nor is what it looks at', async () => {
    const screen = await opened();
    await screen.press('PgUp');
    const before = picture(screen);
    await goOn(screen, 300);
    expect(picture(screen)).toEqual(before);
    expect(header(screen)).toContain('back');
  });

  it('goes through all history, by columns, by screens, to both ends', async () => {
    const screen = await opened();
    await screen.press('PgUp');
    // 92 columns of 5 s.
    expect(screen.terminal.text()).toContain('cursor 14:24:25 to 14:24:30');
    await screen.press('Home');
    expect(screen.terminal.text()).toContain('cursor 12:00:00 to 12:00:05');
    await screen.press('Left', 'Right', 'Right');
    expect(screen.terminal.text()).toContain('cursor 12:00:10 to 12:00:15');
    await screen.press('PgDn');
    expect(screen.terminal.text()).toContain('cursor 12:07:50 to 12:07:55');
    await screen.press('End');
    expect(screen.terminal.text()).not.toContain('cursor 1');
    expect(header(screen)).not.toContain('back');
  });

  it('stays at its instant when the width changes', async () => {
    const screen = await opened();
    await screen.press('g', '13:00:12', 'Enter');
    expect(screen.terminal.text()).toContain('cursor 13:00:10 to 13:00:15');
    expect(screen.terminal.text()).toMatch(/8\.8\.8\.8 .*lost 5 /);
    await screen.press('+', '+', '+');
    expect(screen.terminal.text()).toContain('cursor 13:00:00 to 13:00:30');
    expect(screen.terminal.text()).toMatch(/8\.8\.8\.8 .*lost 30 /);
    await screen.press('-', '-', '-');
    expect(screen.terminal.text()).toContain('cursor 13:00:10 to 13:00:15');
  });

  it('is left with Escape', async () => {
    const screen = await opened();
    await screen.press('PgUp', 'Escape');
    expect(screen.terminal.text()).not.toContain('cursor 1');
    expect(screen.terminal.text()).toContain('loss');
  });

  it('shows the errno of what was not sent', async () => {
    const screen = await opened();
    const firstSeq = Math.ceil((now - start) / 1000);
    screen.events(probes({ from: now + 893, to: now + 5893, every: 1000, firstSeq }, () => ({ error: 'ENETDOWN' })));
    screen.now = now + 6000;
    await screen.draw();
    await screen.press('Left');
    expect(screen.terminal.text()).toMatch(/gateway .*slots 5 .*lost 0 .*unsent 3 +ENETDOWN/);
  });
});

describe('g', () => {
  it('goes to a time, and says when it can not', async () => {
    const screen = await opened();
    await screen.press('g');
    expect(screen.terminal.text()).toContain('go to: _');
    await screen.press('-1hx', 'Backspace', 'Enter');
    expect(screen.terminal.text()).toContain('cursor 13:32:05 to 13:32:10');
    await screen.press('g', 'nonsense', 'Enter');
    expect(screen.terminal.text()).toContain('not a time');
    await screen.press('g', 'yesterday 22:00', 'Enter');
    expect(screen.terminal.text()).toContain('before the beginning');
    await screen.press('g', 'Escape');
    expect(screen.terminal.text()).not.toContain('go to:');
  });

  it('takes letters for text, not for commands', async () => {
    const screen = await opened();
    await screen.press('g', 'q', 's', '+');
    expect(screen.quits).toBe(0);
    expect(screen.terminal.text()).toContain('go to: qs+_');
    await screen.press('Ctrl-C');
    expect(screen.quits).toBe(1);
  });
});

describe('m', () => {
  it('marks the moment at which it was pressed', async () => {
    const screen = await opened();
    await screen.press('m');
    screen.now += 7000;
    await screen.press('call is bad', 'Enter');
    expect(screen.marks).toEqual([{ text: 'call is bad', at: now }]);
  });

  it('marks the cursor, without a word if none is typed', async () => {
    const screen = await opened();
    await screen.press('g', '13:00:12', 'Enter', 'm', 'Enter');
    expect(screen.marks).toHaveLength(1);
    const mark = screen.marks[0];
    expect(mark?.text).toBe('');
    expect(Math.floor((mark?.at ?? 0) / 5000)).toBe(Math.floor(at('13:00:12') / 5000));
  });

  it('is called off with Escape', async () => {
    const screen = await opened();
    await screen.press('m', 'x', 'Escape');
    expect(screen.marks).toEqual([]);
  });

  it('says that a replay takes none', async () => {
    const screen = new TestScreen({ startedAt: start, now, mode: 'replay' });
    screen.events(probes({ endpoint: 0, from: start, to: now }, () => ({ rtt: 10 })));
    await screen.press('m');
    expect(screen.terminal.text()).toContain('a replay takes no marks');
    await screen.press('x', 'Enter');
    expect(screen.marks).toEqual([]);
  });
});

describe('pages', () => {
  it('? lists every key of the table', async () => {
    const screen = await opened({ rows: 60, columns: 120 });
    await screen.press('?');
    const lines = screen.terminal.lines();
    const missing = keyBindings.filter(
      ({ shown, help }) => !lines.some((line) => line.startsWith(` ${shown} `) && line.includes(help)),
    );
    expect(missing).toEqual([]);
    await screen.press('?');
    expect(header(screen)).toContain('pingem');
  });

  it('? scrolls where it is longer than the pane, to its end and no further', async () => {
    const screen = await opened({ rows: 12, columns: 40 });
    await screen.press('?');
    expect(screen.terminal.text()).not.toContain('a mark');
    await screen.press(...Array.from({ length: 80 }, () => 'Down'));
    expect(screen.terminal.text()).toContain('a mark');
    expect(screen.terminal.line(10)).not.toBe('');
    await screen.press('Escape');
    expect(header(screen)).toContain('pingem');
  });

  it('o lists what happened, newest first, and Enter goes there', async () => {
    const screen = await opened();
    screen.events([
      { type: 'mark', at: at('13:30:00'), text: 'here' },
      { type: 'resolved', endpoint: 1, address: '8.8.4.4', at: at('13:10:00') },
      { type: 'gap', from: at('11:00:00'), to: at('11:30:00'), reason: 'not running' },
    ]);
    screen.now += 1000;
    await screen.press('o');
    const lines = screen.terminal.lines();
    expect(lines[2]).toMatch(/^▸13:30:00 +mark +here/);
    expect(lines[3]).toMatch(/13:10:00 +address +8\.8\.8\.8 +8\.8\.8\.8 to 8\.8\.4\.4/);
    expect(lines[4]).toMatch(/13:00:00 +outage +30 s +8\.8\.8\.8 +30 probes/);
    expect(lines[5]).toMatch(/11:00:00 +gap +30 m, not collecting \(not running\)/);
    await screen.press('Down', 'Down', 'Enter');
    expect(screen.terminal.text()).toContain('cursor 13:00:00 to 13:00:05');
    expect(screen.terminal.text()).toMatch(/8\.8\.8\.8 .*lost 5/);
  });

  it('i shows how well the program keeps time', async () => {
    const screen = await opened();
    screen.app.news({
      type: 'diagnostics',
      diagnostics: {
        sendLateP50: 0.04,
        sendLateP99: 0.31,
        stalls: 2,
        longestStall: 45,
        missedSlots: 3,
        receiveOverruns: 0,
        receiveBufferBytes: 425_984,
        privileges: 'CAP_NET_RAW',
        rejected: 60,
      },
    });
    await screen.press('i');
    expect(screen.terminal.text()).toContain(
      'sent late p50 0.04 p99 0.3 ms  missed 3  2 stalls to 45 ms  0 overruns of 416 KB  60 rejected',
    );
    await screen.press('i');
    expect(screen.terminal.text()).not.toContain('sent late');
  });
});

describe('the others', () => {
  it('Up and Down select, with a sign beside the name', async () => {
    const screen = await opened();
    expect(screen.terminal.text()).not.toContain('▸');
    await screen.press('Down');
    expect(screen.terminal.line(screen.terminal.rowOf('8.8.8.8'))).toMatch(/^▸/);
    await screen.press('Down', 'Up');
    expect(screen.terminal.line(screen.terminal.rowOf('gateway'))).toMatch(/^▸/);
  });

  it('q and Ctrl-C quit', async () => {
    const screen = await opened();
    await screen.press('q', 'Ctrl-C');
    expect(screen.quits).toBe(2);
  });

  it('Ctrl-L paints everything anew', async () => {
    const screen = await opened();
    const before = screen.terminal.text();
    screen.terminal.write('\u001b[H\u001b[2Jnoise from another program');
    await screen.press('Ctrl-L');
    expect(screen.terminal.text()).toBe(before);
  });

  it('unknown keys and sequences do nothing', async () => {
    const screen = await opened();
    const before = screen.terminal.text();
    await screen.press('x', 'ü', '\u001b[99~', '\u001b[1;5P', '\u001b[M !!', '\u001b[<0;10;10m', '\u0000');
    expect(screen.terminal.text()).toBe(before);
  });
});
