// One endpoint's strip: header, y-axis labels, columns; or all of it in one line.

import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import type { UnixMillis } from '../../events/units.js';
import type { CellGrid } from '../terminal/cells.js';
import { columnShape, drawColumn } from './column-shape.js';
import { drawName } from './endpoint-name.js';
import type { EndpointName } from './endpoint-name.js';
import type { Layout, StripPlace } from '../pages/wall/layout.js';
import { fadedLook } from '../terminal/look.js';
import type { Look } from '../terminal/look.js';
import type { Usual } from '../../view/wall/column-band.js';
import { scaleLabels } from '../../view/wall/scale.js';
import type { Scale } from '../../view/wall/scale.js';
import { drawInspection } from './inspection.js';
import { drawFields, fieldsWidth } from './strip-header.js';
import type { HeaderFields, HeaderValues } from './strip-header.js';

export type StripData = HeaderValues & {
  name: EndpointName;
  /** Why it has no say, from the longest form to the shortest: `removed 14:02`, `neglects ping`. Empty where it has. */
  remark: readonly string[];
  /** Null while nothing is known to be usual. */
  usual: Usual | null;
  /** One for each column of the chart. */
  columns: readonly EpochStats[];
  scale: Scale;
  header: HeaderFields;
  /** Sign beside the name. */
  selected: boolean;
  /** Column of the chart that is under the cursor. */
  cursorColumn: number | null;
  /** Columns in which the address behind the name changed. */
  addressColumns: readonly number[];
  now: UnixMillis;
};

const GAP_TEXT = 'not collecting';

/** Says "not collecting" where a gap is wide enough for it. */
const nameGaps = (grid: CellGrid, left: number, row: number, data: StripData, look: Look): void => {
  let start = 0;
  for (let x = 0; x <= data.columns.length; x++) {
    const stats = data.columns[x];
    if (stats !== undefined && stats.gap > 0 && stats.slots === 0 && x !== data.cursorColumn) continue;
    const width = x - start;
    if (width >= GAP_TEXT.length + 4) {
      grid.text(
        left + start + Math.floor((width - GAP_TEXT.length) / 2) - 1,
        row,
        ` ${GAP_TEXT} `,
        look.styles.caption,
      );
    }
    start = x + 1;
  }
};

const drawColumns = (grid: CellGrid, layout: Layout, top: number, rows: number, data: StripData, look: Look): void => {
  for (const [x, stats] of data.columns.entries()) {
    const shape = columnShape(stats, data.scale, data.usual, rows, data.now, look);
    drawColumn(grid, layout.chartLeft + x, top, rows, shape, look, x === data.cursorColumn);
  }
  // A strip of one row has no place to spare for more than its bars.
  if (rows === 1) return;
  for (const x of data.addressColumns) grid.put(layout.chartLeft + x, top, look.glyphs.address, look.styles.notice);
  nameGaps(grid, layout.chartLeft, top + Math.floor(rows / 2), data, look);
};

const drawSelection = (grid: CellGrid, row: number, look: Look): void => {
  grid.put(0, row, look.glyphs.selected, look.styles.cursor);
};

const inspected = (data: StripData): EpochStats | undefined =>
  data.cursorColumn === null ? undefined : data.columns[data.cursorColumn];

const drawBigStrip = (grid: CellGrid, layout: Layout, place: StripPlace, data: StripData, look: Look): void => {
  const { textLeft, textRight } = layout;
  const { nameWidth, inspectedNameWidth, fields } = data.header;
  const stats = inspected(data);
  // With the cursor out, its column's numbers take the place of the summary.
  const width = stats === undefined ? nameWidth : inspectedNameWidth;
  drawName(grid, textLeft, place.top, width - 1, data.name, look, data.header.names);
  if (stats === undefined) {
    drawFields(grid, textLeft + nameWidth, place.top, fields, data, look, data.remark);
  } else drawInspection(grid, textLeft + width, place.top, textRight, stats, look);
  const top = place.top + 1;
  for (const { row, text } of scaleLabels(data.scale, place.chartRows)) {
    grid.text(layout.chartLeft - 1 - text.length, top + row, text, look.styles.caption, layout.chartLeft);
  }
  drawColumns(grid, layout, top, place.chartRows, data, look);
};

const drawLine = (grid: CellGrid, layout: Layout, place: StripPlace, data: StripData, look: Look): void => {
  const { textLeft, chartLeft } = layout;
  const { nameWidth, fields } = data.header;
  const room = Math.min(nameWidth, chartLeft - 1 - fieldsWidth(fields));
  drawName(grid, textLeft, place.top, room - 1, { ...data.name, main: data.name.short, aside: '' }, look);
  const stats = inspected(data);
  const shown: HeaderValues =
    stats === undefined
      ? data
      : { ...data, state: null, summary: { ...data.summary, recent: stats, hour: stats, worstAt: () => null } };
  const remark = stats === undefined ? data.remark : [];
  drawFields(grid, textLeft + room, place.top, fields, shown, look, remark);
  drawColumns(grid, layout, place.top, 1, data, look);
};

const FOLDED_TEXT = 'never answered: nothing to tell from it';

/** A host that never answers has one row that says so, and no picture. */
const drawFolded = (grid: CellGrid, layout: Layout, place: StripPlace, data: StripData, look: Look): void => {
  const { textLeft, textRight } = layout;
  const { nameWidth } = data.header;
  drawName(grid, textLeft, place.top, nameWidth - 1, data.name, look, data.header.names);
  const room = textRight - textLeft - nameWidth;
  const text = [FOLDED_TEXT, 'never answered', 'silent'].find((wording) => wording.length <= room) ?? '';
  grid.text(textLeft + nameWidth, place.top, text, look.styles.caption);
};

export const drawStrip = (grid: CellGrid, layout: Layout, place: StripPlace, data: StripData, whole: Look): void => {
  const look = data.remark.length === 0 && !place.isFolded ? whole : fadedLook(whole);
  if (place.isFolded) drawFolded(grid, layout, place, data, look);
  else if (place.chartRows === 0) drawLine(grid, layout, place, data, look);
  else drawBigStrip(grid, layout, place, data, look);
  if (data.selected) drawSelection(grid, place.top, whole);
};
