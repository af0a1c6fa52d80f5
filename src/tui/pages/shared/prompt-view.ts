// The prompt in the line at the bottom, the keys that it takes below it, and why the run refused what was typed, above it.

import type { CellGrid } from '../../terminal/cells.js';
import { INVERSE, styled } from '../../terminal/cells.js';
import type { Line } from '../../input/line-editor.js';
import type { Prompt } from '../../input/prompt.js';
import { printable, textWidth, truncated, wrapped } from '../../../view/text.js';
import { instantText } from '../../../view/wall-clock.js';
import type { Layout } from '../wall/layout.js';
import { drawPieces } from './pieces.js';
import type { Piece } from './pieces.js';
import { localTime } from './view-context.js';
import type { ViewContext } from './view-context.js';

const captionOf = (prompt: Prompt, context: ViewContext): string => {
  switch (prompt.kind) {
    case 'go':
      return 'go to:';
    case 'mark':
      return `mark ${instantText(localTime(context, prompt.at), localTime(context, context.now))}:`;
    case 'add':
      return 'add:';
    case 'edit':
      return 'change:';
    case 'remove':
      return '';
  }
};

/** What may be typed, for as long as nothing is. */
const examplesOf = (prompt: Prompt, { look }: ViewContext): Piece[] => {
  const { caption } = look.styles;
  if (prompt.kind === 'go') {
    return [
      { text: '14:30', style: caption, rank: 0 },
      { text: 'yesterday 22:00', style: caption, rank: 2, gap: 3 },
      { text: '-2h', style: caption, rank: 1, gap: 3 },
    ];
  }
  if (prompt.kind !== 'add') return [];
  return [
    { text: '[label=]host', style: caption, rank: 0 },
    { text: '[,interval=0.5]', style: caption, rank: 1, gap: 0 },
    { text: '[,size=1000]', style: caption, rank: 2, gap: 0 },
  ];
};

/** As much of the line as fits, with the caret in it. Returns the column after it. */
const drawTyped = (grid: CellGrid, x: number, y: number, end: number, line: Line, context: ViewContext): number => {
  const { styles, glyphs } = context.look;
  // Character by character, so that none is lost in front of the caret.
  const chars = Array.from(line.text, (char) => printable(char, glyphs.unicode));
  const room = Math.max(1, end - x - 1);
  let first = 0;
  while (first < line.caret && textWidth(chars.slice(first, line.caret).join('')) > room) first++;
  const caretAt = grid.text(x, y, chars.slice(first, line.caret).join(''), styles.name, end);
  if (line.caret === chars.length) {
    grid.put(caretAt, y, '_', styles.cursor);
    return caretAt + 1;
  }
  const after = grid.text(caretAt, y, chars.slice(line.caret).join(''), styles.name, end);
  grid.put(caretAt, y, grid.charAt(caretAt, y), styled(styles.name, INVERSE));
  return after;
};

export const drawPrompt = (grid: CellGrid, layout: Layout, end: number, prompt: Prompt, context: ViewContext): void => {
  const { look } = context;
  const { styles, glyphs } = look;
  const { textLeft, statusRow } = layout;
  if (prompt.kind === 'remove') {
    const keys = ' y/n';
    const question = printable(`remove ${prompt.label}?`, glyphs.unicode);
    const shown = truncated(question, end - textLeft - keys.length, glyphs.ellipsis);
    const after = grid.text(textLeft, statusRow, shown, styles.notice, end);
    drawPieces(grid, after + 1, statusRow, end, [
      { text: keys.trim(), style: styles.name, rank: 0 },
      { text: 'its past stays', style: styles.caption, rank: 1 },
    ]);
    return;
  }
  const x = grid.text(textLeft, statusRow, captionOf(prompt, context), styles.caption, end) + 1;
  const after = drawTyped(grid, x, statusRow, end, prompt.line, context);
  const examples = examplesOf(prompt, context);
  if (prompt.line.text === '' && examples.length > 0) drawPieces(grid, after + 1, statusRow, end, examples);
};

const ENTER: Readonly<Record<Exclude<Prompt['kind'], 'remove'>, string>> = {
  go: 'go there',
  mark: 'set the mark',
  add: 'add',
  edit: 'change',
};

export const drawPromptKeys = (grid: CellGrid, layout: Layout, prompt: Prompt, { look }: ViewContext): void => {
  const { name, caption } = look.styles;
  const does = prompt.kind === 'remove' ? 'remove' : ENTER[prompt.kind];
  drawPieces(grid, layout.textLeft, layout.keysRow, layout.textRight, [
    { text: prompt.kind === 'remove' ? 'y' : 'Enter', style: name, rank: 0 },
    { text: does, style: caption, rank: 0, gap: 1 },
    { text: 'Esc', style: name, rank: 0 },
    { text: 'cancel', style: caption, rank: 0, gap: 1 },
  ]);
};

/** Over whatever stands above the prompt: it is what the user has to read now. */
export const drawRefusal = (grid: CellGrid, layout: Layout, prompt: Prompt, { look }: ViewContext): void => {
  if (!('refusal' in prompt) || prompt.refusal === null) return;
  const width = layout.textRight - layout.textLeft;
  const lines = wrapped(printable(prompt.refusal, look.glyphs.unicode), width).slice(0, layout.statusRow);
  for (const [i, line] of lines.entries()) {
    const y = layout.statusRow - lines.length + i;
    grid.text(0, y, ' '.repeat(grid.columns), look.styles.text);
    grid.text(layout.textLeft, y, line, look.styles.alarm, layout.textRight);
  }
};
