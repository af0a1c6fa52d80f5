// The column under the cursor in words.

import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import { rttText } from '../../view/format.js';
import { STATISTIC_VIEWS } from '../../view/statistics.js';
import { printable, textWidth } from '../../view/text.js';
import type { CellGrid, Style } from '../terminal/cells.js';
import type { Look } from '../terminal/look.js';

type InspectionField = {
  caption: string;
  value: string;
  style: Style;
  /** Given up in this order, highest first. */ rank: number;
};

const inspectionFields = (stats: EpochStats, look: Look): InspectionField[] => {
  const { number, alarm, caption } = look.styles;
  const { counts } = stats;
  const lost = counts.lost + counts.unreachable;
  const fields: InspectionField[] = [
    { caption: 'slots', value: String(stats.slots), style: number, rank: 6 },
    { caption: 'lost', value: String(lost), style: lost > 0 ? alarm : number, rank: 0 },
    { caption: 'late', value: String(counts.late), style: counts.late > 0 ? alarm : number, rank: 5 },
  ];
  if (counts.unsent > 0) fields.push({ caption: 'unsent', value: String(counts.unsent), style: alarm, rank: 1 });
  if (stats.error !== null) {
    fields.push({ caption: '', value: printable(stats.error, look.glyphs.unicode), style: alarm, rank: 7 });
  }
  if (stats.p50 !== null) {
    for (const { statistic, caption: name, rank } of STATISTIC_VIEWS) {
      if (rank !== null) fields.push({ caption: name, value: rttText(stats[statistic]), style: number, rank });
    }
  }
  if (stats.coarse) fields.push({ caption: '', value: 'coarse', style: caption, rank: 9 });
  return fields;
};

const inspectionWidth = (fields: readonly InspectionField[]): number =>
  fields.reduce((sum, { caption, value }) => sum + (caption === '' ? 0 : caption.length + 1) + textWidth(value) + 2, 0);

/** The column under the cursor in words: as many fields as fit between `x` and `end`. */
export const drawInspection = (
  grid: CellGrid,
  x: number,
  y: number,
  end: number,
  stats: EpochStats,
  look: Look,
): void => {
  if (stats.slots === 0) {
    const text = stats.gap > 0 ? 'not collecting' : 'no data';
    if (text.length <= end - x) grid.text(x, y, text, look.styles.caption, end);
    return;
  }
  let fields = inspectionFields(stats, look);
  while (fields.length > 1 && inspectionWidth(fields) - 2 > end - x) {
    const worst = Math.max(...fields.map(({ rank }) => rank));
    fields = fields.filter(({ rank }) => rank !== worst);
  }
  let column = x;
  for (const { caption, value, style } of fields) {
    if (caption !== '') column = grid.text(column, y, caption, look.styles.caption, end) + 1;
    column = grid.text(column, y, value, style, end) + 2;
  }
};
