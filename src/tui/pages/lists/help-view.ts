// The page of help: every key, and what the signs mean.

import type { CellGrid, Style } from '../../terminal/cells.js';
import { keyBindings } from '../../input/keys.js';
import { wrapped } from '../../../view/text.js';
import type { ViewContext } from '../shared/view-context.js';
import { drawFrame, listRows, TITLE_ROWS } from './list-frame.js';

type HelpLine = { keys: string; text: string; style: Style | null };

const legend = (context: ViewContext): HelpLine[] => {
  const { glyphs: g, styles } = context.look;
  const smoke = g.smoke ?? g.bar.good;
  return [
    { keys: '', text: '', style: null },
    { keys: g.bar.good, text: 'up to the median RTT of the epoch', style: null },
    { keys: smoke, text: 'up to its p95 (the paler part)', style: null },
    {
      keys: g.lossHalf ?? g.loss,
      text: 'from the top: loss; all of the column: nothing answered',
      style: styles.alarm,
    },
    { keys: g.late, text: 'some replies came after the timeout', style: styles.late },
    { keys: g.capped, text: 'goes on above the scale', style: null },
    { keys: g.pending, text: 'not finished yet', style: styles.caption },
    { keys: g.gap, text: 'not collecting: nobody looked', style: styles.caption },
    { keys: g.noData, text: 'no data', style: styles.caption },
    { keys: g.mark, text: 'a mark', style: styles.notice },
    { keys: g.address, text: 'the name has another address from here on', style: styles.notice },
  ];
};

const KEYS_WIDTH = 10;

export const helpLines = (columns: number, context: ViewContext): HelpLine[] => {
  const width = Math.max(10, columns - 2 - KEYS_WIDTH);
  const keys = keyBindings.map(({ shown, help }): HelpLine => ({ keys: shown, text: help, style: null }));
  return [...keys, ...legend(context)].flatMap(({ keys: name, text, style }) =>
    wrapped(text, width).map((line, i): HelpLine => ({ keys: i === 0 ? name : '', text: line, style })),
  );
};

export const drawHelp = (grid: CellGrid, context: ViewContext): void => {
  const { look, state } = context;
  const lines = helpLines(grid.columns, context);
  const visible = listRows(grid.rows);
  const more = lines.length > visible ? 'Up, Down: scroll   ' : '';
  drawFrame(grid, context, 'Keys', [`${more}Esc: back`]);
  for (const [i, { keys, text, style }] of lines.slice(state.list.line, state.list.line + visible).entries()) {
    grid.text(1, TITLE_ROWS + i, keys, style ?? look.styles.name, KEYS_WIDTH);
    grid.text(1 + KEYS_WIDTH, TITLE_ROWS + i, text, look.styles.text, grid.columns - 1);
  }
};
