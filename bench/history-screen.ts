// Whole frames once a month is on record: a key comes in, history is asked, cells are drawn, blessed makes bytes of what
// has changed. What the screen thread does, on its own; the terminal takes everything at once.

import { SessionHistory } from '#dist/history/session-history.js';
import { VerdictLog } from '#dist/view/verdict/verdict-log.js';
import type { SessionInfo } from '#dist/events/session-info.js';
import { ScreenApp } from '#dist/tui/screen-app.js';
import { fixed, percentile } from './figures.js';
import type { Table } from './table.js';

const SIZE = { columns: 200, rows: 50 };
const PRESSES = 1500;
const WANTED = { p99: 16, max: 50 };

/** What a user looking for something presses, as the terminal sends it. */
const KEYS: Readonly<Record<string, string>> = {
  'another width': '+ - + -',
  'one column on or back': '\u001b[D \u001b[C',
  'one screen on or back': '\u001b[5~ \u001b[6~',
  'to either end': '\u001b[H \u001b[F',
  'another scale': 's',
  'to a time, of 2 to 700 h ago': 'g',
};

export type MonthScreen = { app: ScreenApp; history: SessionHistory };

/** The screen of a session whose history is then filled. */
export const openMonthScreen = (info: SessionInfo): MonthScreen => {
  const history = new SessionHistory(info);
  const app = new ScreenApp({
    info,
    history,
    verdicts: new VerdictLog(),
    epoch: 5000,
    mode: 'live',
    theme: 'dark',
    colours: { dark: {}, light: {} },
    mouse: false,
    kind: { colours: 256, repertoire: 'full', description: 'xterm-256color' },
    size: SIZE,
    zone: () => 0,
    writer: { write: () => {}, busy: false },
    clock: { now: () => history.lastAt ?? info.startedAt, elapsed: () => performance.now() },
    delay: () => () => {},
    onCommand: () => {},
  });
  return { app, history };
};

/** Frames in milliseconds, by what was pressed. */
export const screenFrames = ({ app }: MonthScreen, random: () => number): Table => {
  const times = new Map<string, number[]>(Object.keys(KEYS).map((name) => [name, []]));
  const names = Object.keys(KEYS);
  app.frame();
  for (let i = 0; i < PRESSES; i++) {
    const name = names[Math.floor(random() * names.length)] ?? '';
    const keys = (KEYS[name] ?? '').split(' ');
    const key = keys[Math.floor(random() * keys.length)] ?? '';
    // A time is typed key by key, and each key draws.
    for (const one of key === 'g' ? Array.from(`g-${2 + Math.floor(random() * 700)}h\r`) : [key]) {
      const started = performance.now();
      app.input(Buffer.from(one));
      times.get(name)?.push(performance.now() - started);
    }
  }
  const all = [...times.values()].flat();
  const row = (name: string, list: readonly number[]): string[] => [
    name,
    `${list.length}`,
    ...[50, 99, 100].map((q) => fixed(percentile(list, q), 2)),
  ];
  const met = percentile(all, 99) <= WANTED.p99 && percentile(all, 100) <= WANTED.max;
  return {
    title: `Whole frames at ${SIZE.columns}x${SIZE.rows}, by the key that caused them`,
    columns: ['key', 'frames', 'p50 ms', 'p99 ms', 'max ms'],
    rows: [...[...times].map(([name, list]) => row(name, list)), row('all of these', all)],
    notes: [
      `Wanted: p99 at most ${WANTED.p99} ms, max at most ${WANTED.max} ms. ${met ? 'Met.' : 'NOT MET.'}`,
      'The first frames run code that is not compiled yet. The terminal itself is not part of it.',
    ],
  };
};
