// One column: from statistics to cells.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochStats } from '../../../src/history/statistics/epoch-stats.js';
import { CellGrid, foregroundOf } from '../../../src/tui/terminal/cells.js';
import { columnShape, drawColumn } from '../../../src/tui/strips/column-shape.js';
import { lookFor } from '../../../src/tui/terminal/look.js';
import type { Look } from '../../../src/tui/terminal/look.js';
import { PALETTES } from '../../../src/view/theme/palette.js';
import { statsWith, withoutRtt } from './stats.js';

const DARK = PALETTES.dark;
const LOSS = DARK.loss;

const colour = lookFor({ colours: 256, repertoire: 'full', description: 'xterm-256color' }, 'dark');
const mono = lookFor({ colours: 0, repertoire: 'full', description: 'xterm-256color' }, 'dark');
const ascii = lookFor({ colours: 256, repertoire: 'ascii', description: 'xterm-256color' }, 'dark');

const scale = { top: 20, floor: 0, logarithmic: false };
const ROWS = 5;
const LATER = 10_000;

const drawn = (stats: EpochStats, look: Look = colour, now = LATER): { char: string; colour: number }[] => {
  const grid = new CellGrid(1, ROWS);
  drawColumn(grid, 0, 0, ROWS, columnShape(stats, scale, { p50: 10, p90: 10 }, ROWS, now, look), look, false);
  return Array.from({ length: ROWS }, (_, y) => ({
    char: grid.charAt(0, y),
    colour: foregroundOf(grid.styleAt(0, y)),
  }));
};

const chars = (stats: EpochStats, look: Look = colour, now = LATER): string =>
  drawn(stats, look, now)
    .map(({ char }) => char)
    .join('');

describe('a bar', () => {
  it('stands up to the median, its smoke up to p95', () => {
    // 8 ms of 20 on five rows: two cells; 14 ms: three and a half.
    const cells = drawn(statsWith({ p50: 8, p95: 14, max: 14 }));
    expect(cells.map(({ char }) => char).join('')).toBe(' ▄███');
    expect(cells.map((cell) => cell.colour).slice(1)).toEqual([
      DARK['good-p95'],
      DARK['good-p95'],
      DARK.good,
      DARK.good,
    ]);
  });

  it('is seen however small', () => {
    expect(chars(statsWith({ p50: 0.01, p95: 0.01, max: 0.01 }))).toBe('    ▁');
  });

  it('is capped and marked where it goes on above the scale', () => {
    expect(chars(statsWith({ p50: 3000, p95: 3000, max: 3000 }))).toBe('▲████');
  });

  it('is marked for a single reply far above the scale', () => {
    expect(chars(statsWith({ p50: 8, p95: 8, max: 3000 }))).toBe('▲  ██');
  });
});

describe('loss', () => {
  it('is a grey tick where it is a trace, then a thin mark, then hangs from the top', () => {
    const cells = (answered: number, lost: number): { char: string; colour: number }[] =>
      drawn(statsWith({ counts: { answered, lost }, p50: 8, p95: 8, max: 8 }));
    const text = (answered: number, lost: number): string =>
      cells(answered, lost)
        .map(({ char }) => char)
        .join('');
    expect(text(999, 1)).toBe('╵  ██');
    expect(cells(999, 1)[0]?.colour).toBe(DARK.caption);
    expect(text(990, 10)).toBe('▔  ██');
    expect(cells(990, 10)[0]?.colour).toBe(LOSS);
    expect(text(97, 3)).toBe('▀  ██');
    expect(text(80, 20)).toBe('█  ██');
    expect(text(70, 30)).toBe('█▀ ██');
  });

  it('keeps its sign where the bar fills the column, and those of a one-line strip are its bars', () => {
    const full = { p50: 20, p95: 20, max: 20 };
    expect(chars(statsWith({ counts: { answered: 999, lost: 1 }, ...full }))).toBe('╵████');
    expect(chars(statsWith({ counts: { answered: 990, lost: 10 }, ...full }))).toBe('▔████');
  });

  it('fills the column at 100 % and only then', () => {
    const total = drawn(statsWith({ counts: { lost: 40, unsent: 10 }, ...withoutRtt }));
    expect(total.every(({ char, colour: c }) => char === '█' && c === LOSS)).toBe(true);
    const almost = drawn(statsWith({ counts: { lost: 999, answered: 1 }, p50: 8, p95: 8, max: 8 }));
    expect(almost.filter(({ colour: c }) => c === LOSS)).toHaveLength(5);
    expect(almost.at(-1)?.char).toBe('▀');
  });

  it('counts unreachable and unsent probes', () => {
    expect(chars(statsWith({ counts: { unreachable: 10, unsent: 10, answered: 20 }, p50: 4, p95: 4, max: 4 }))).toBe(
      '██▀ █',
    );
  });
});

describe('what is not known', () => {
  it('is a dot without data, never 0 % and never 100 %', () => {
    expect(chars(statsWith({ counts: {}, ...withoutRtt }))).toBe('    ·');
  });

  it('is pending while nothing has settled', () => {
    expect(chars(statsWith({ counts: { inFlight: 5 }, ...withoutRtt }))).toBe('┊┊┊┊┊');
  });

  it('is "not collecting" in a gap', () => {
    expect(chars(statsWith({ counts: {}, gap: 5000, ...withoutRtt }))).toBe('╱╱╱╱╱');
    expect(chars(statsWith({ counts: { void: 3 }, gap: 4000, ...withoutRtt }))).toBe('╱╱╱╱╱');
  });

  it('is shown above the bar where only part of the epoch was lost to a gap', () => {
    expect(chars(statsWith({ p50: 8, p95: 8, max: 8, gap: 2500 }))).toBe('╱╱╱██');
  });

  it('marks the epoch that is not over', () => {
    expect(chars(statsWith({ p50: 8, p95: 8, max: 8 }), colour, 3000)).toBe('┊┊┊██');
    expect(chars(statsWith({ counts: { lost: 9 }, ...withoutRtt }), colour, 3000)).toBe('┊████');
  });
});

describe('late replies', () => {
  it('have a colour of their own where they are the most', () => {
    const cells = drawn(statsWith({ counts: { late: 6, answered: 4 }, p50: 2500, p95: 2600, max: 2700 }));
    expect(cells.at(-1)).toEqual({ char: '█', colour: DARK.late });
  });

  it('are marked where they are few', () => {
    const cells = drawn(statsWith({ counts: { late: 1, answered: 49 }, p50: 8, p95: 8, max: 2500 }));
    expect(cells[0]).toEqual({ char: '◆', colour: DARK.late });
    expect(cells.at(-1)).toEqual({ char: '█', colour: DARK.good });
  });
});

describe('without colour', () => {
  const cases: [string, EpochStats][] = [
    ['good', statsWith({ p50: 12, p95: 19, max: 19 })],
    ['warn', statsWith({ p50: 12, p95: 22, max: 22 })],
    ['bad', statsWith({ p50: 45, p95: 45, max: 45 })],
    ['late', statsWith({ counts: { late: 9 }, p50: 12, p95: 19, max: 19 })],
    ['lost', statsWith({ counts: { lost: 9 }, ...withoutRtt })],
    ['some lost', statsWith({ counts: { lost: 9, answered: 9 }, p50: 12, p95: 12, max: 12 })],
    ['gap', statsWith({ counts: {}, gap: 5000, ...withoutRtt })],
    ['pending', statsWith({ counts: { inFlight: 9 }, ...withoutRtt })],
    ['no data', statsWith({ counts: {}, ...withoutRtt })],
  ];

  it.each([
    ['unicode', mono],
    ['ASCII', ascii],
  ])('every kind of column has a shape of its own in %s', (_name, look) => {
    const shapes = cases.map(([, stats]) => chars(stats, look));
    expect(new Set(shapes).size).toBe(cases.length);
  });

  it('ASCII has no sign that reads as an encoding error', () => {
    for (const [, stats] of cases) expect(chars(stats, ascii, 3000)).not.toContain('?');
    expect(chars(statsWith({ counts: { inFlight: 9 }, ...withoutRtt }), ascii)).toBe("'''''");
  });

  it('ASCII is ASCII', () => {
    for (const [, stats] of cases) expect(chars(stats, ascii)).toMatch(/^[ -~]*$/);
  });
});

describe('any epoch', () => {
  it('gets cells of one column, with loss shown exactly if there is any', () => {
    const count = fc.nat({ max: 50 });
    const rtt = fc.double({ min: 0.01, max: 5000, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({ answered: count, late: count, lost: count, unsent: count, inFlight: count }),
        rtt,
        rtt,
        (counts, a, b) => {
          const some = counts.answered + counts.late > 0;
          const rtts = some ? { p50: Math.min(a, b), p95: Math.max(a, b), max: Math.max(a, b) } : withoutRtt;
          const cells = drawn(statsWith({ counts, ...rtts }));
          expect(cells.every(({ char }) => char.length === 1)).toBe(true);
          const red = cells.filter(
            ({ char, colour: c }) => (c === LOSS && '█▀▔'.includes(char)) || char === '╵',
          ).length;
          expect(red > 0).toBe(counts.lost + counts.unsent > 0);
        },
      ),
    );
  });
});

describe('an epoch that has begun', () => {
  it('is unfinished, not empty, before its first probe', () => {
    const nothing = statsWith({ counts: {}, ...withoutRtt });
    expect(chars(nothing, colour, 4000)).toBe('┊┊┊┊┊');
    expect(chars(nothing, colour, 5000)).toBe('    ·');
  });
});
