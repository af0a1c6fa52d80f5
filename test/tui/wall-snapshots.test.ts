// The wall cell by cell, text and colours, of networks that the diagnosis has judged: whatever changes on it shows here. Each
// file has the text, and below it a letter for the colour of each cell that has one.

import { describe, expect, it } from 'vitest';
import { BANDS, BASIC_PALETTES, COLOUR_NAMES, PALETTES } from '../../src/view/theme/palette.js';
import type { ColourName, ThemeName } from '../../src/view/theme/palette.js';
import { scenarioScreen } from '../support/scenario-screen.js';
import type { ScenarioName } from '../support/scenario-screen.js';
import type { TestTerminal } from '../support/terminal.js';

const SIZES = [
  [40, 10],
  [80, 24],
  [120, 30],
  [200, 50],
] as const;

const LETTERS: Readonly<Record<ColourName, string>> = {
  good: 'g',
  'good-p95': 'G',
  warn: 'w',
  'warn-p95': 'W',
  bad: 'b',
  'bad-p95': 'B',
  late: 'l',
  'late-p95': 'L',
  loss: 'x',
  grey: 'o',
  'grey-p95': 'O',
  'grey-loss': 'X',
  caption: 'c',
  faint: 'f',
};

const lettersOf = (theme: ThemeName): ReadonlyMap<number | null, string> => {
  if (theme === 'mono') return new Map();
  return new Map(COLOUR_NAMES.map((name) => [PALETTES[theme][name], LETTERS[name]]));
};

/** Trailing blanks would be cut by whoever edits the file. */
const trimmed = (line: string): string => line.replace(/ +$/, '');

/** Foreground by its letter, `*` for what is bold in the colour of text; behind it the background where any cell of the row has one. */
const coloursOf = (terminal: TestTerminal, theme: ThemeName): string => {
  const letters = lettersOf(theme);
  const letter = (index: number | null): string => (index === null ? ' ' : (letters.get(index) ?? `{${index}}`));
  return Array.from({ length: terminal.rows }, (_, y) => {
    const cells = Array.from({ length: terminal.columns }, (__, x) => terminal.cell(x, y));
    const front = cells
      .map(({ foreground, bold }) => (foreground === null && bold ? '*' : letter(foreground)))
      .join('');
    const back = cells.map(({ background }) => letter(background)).join('');
    return trimmed(front) + (trimmed(back) === '' ? '' : `\n|${trimmed(back)}`);
  }).join('\n');
};

const pictureOf = (terminal: TestTerminal, theme: ThemeName): string =>
  `${terminal.lines().map(trimmed).join('\n')}\n\n${coloursOf(terminal, theme)}\n`;

const fileOf = (scenario: string, columns: number, rows: number, theme: string): string =>
  `./snapshots/${scenario.replaceAll(' ', '-')}-${columns}x${rows}-${theme}.txt`;

const drawn = async (name: ScenarioName, columns: number, rows: number, theme: ThemeName): Promise<TestTerminal> => {
  const screen = scenarioScreen(name, { columns, rows, theme });
  await screen.draw();
  return screen.terminal;
};

describe.each(['dark', 'light', 'mono'] as const)('the wall, %s', (theme) => {
  it.each(SIZES)('at %sx%s is as it was', async (columns, rows) => {
    const terminal = await drawn('beyond slow', columns, rows, theme);
    await expect(pictureOf(terminal, theme)).toMatchFileSnapshot(fileOf('beyond slow', columns, rows, theme));
  });
});

describe('the wall at 80x24, dark', () => {
  it.each(['fine', 'Wi-Fi bad', 'own upload', 'one host down', 'all down', 'silent host', 'late replies'] as const)(
    'where it is %s is as it was',
    async (name) => {
      const terminal = await drawn(name, 80, 24, 'dark');
      await expect(pictureOf(terminal, 'dark')).toMatchFileSnapshot(fileOf(name, 80, 24, 'dark'));
    },
  );
});

describe('names and numbers', () => {
  it.each(['dark', 'light'] as const)('have the colour of the terminal’s own text: %s', async (theme) => {
    const terminal = await drawn('beyond slow', 120, 30, theme);
    const y = terminal.rowOf('10.77.0.11');
    const line = terminal.line(y);
    for (const word of ['provider', 'SLOW', '192', '9.9', '22']) {
      const x = line.indexOf(word);
      expect([word, terminal.cell(x, y).foreground]).toEqual([word, null]);
    }
    expect(terminal.cell(1, 0)).toMatchObject({ foreground: null, bold: true });
  });

  it('mono has no colour at all, and shapes for all of it', async () => {
    for (const name of ['beyond slow', 'late replies', 'all down'] as const) {
      const terminal = await drawn(name, 120, 30, 'mono');
      for (let y = 0; y < 30; y++) {
        for (let x = 0; x < 120; x++) expect(terminal.cell(x, y)).toMatchObject({ foreground: null, background: null });
      }
    }
  });
});

describe('16 colours', () => {
  it('are those of the basic palette, and late is not bad', () => {
    for (const palette of Object.values(BASIC_PALETTES)) {
      expect(new Set(BANDS.map((band) => palette[band])).size).toBe(BANDS.length);
      expect(palette.late).not.toBe(palette.bad);
    }
  });

  it.each(['linux', 'xterm'])('TERM=%s is drawn with them and no others', async (TERM) => {
    const screen = scenarioScreen('late replies', { env: { TERM, LANG: 'C.UTF-8' } });
    await screen.draw();
    const used = new Set<number | null>();
    for (let y = 0; y < 24; y++) {
      for (let x = 0; x < 80; x++)
        used.add(screen.terminal.cell(x, y).foreground).add(screen.terminal.cell(x, y).background);
    }
    const known = new Set<number | null>([...Object.values(BASIC_PALETTES.dark), null, 0]);
    expect([...used].filter((colour) => !known.has(colour))).toEqual([]);
    expect(used.has(BASIC_PALETTES.dark.good)).toBe(true);
  });
});
