// The page of days: the last seven by the quarter of an hour, of all endpoints or of one, and what was in the cell that is
// chosen.

import type { Episode } from '../../../diagnosis/episodes/ledger.js';
import type { EndpointId, Millis } from '../../../events/units.js';
import { CELL_LENGTH, CELLS_A_DAY, dayRows, gradeOf } from '../../../view/days/day-cells.js';
import type { DayCell, DayRow } from '../../../view/days/day-cells.js';
import { cellsPerColumn, mergedCells } from '../../../view/days/merged-cells.js';
import { durationText } from '../../../view/format.js';
import { printable, truncated } from '../../../view/text.js';
import { episodeLine, episodeWords } from '../../../view/verdict/episode-text.js';
import { DAY_LENGTH, minuteText, wallOf, weekdays, weekdayText } from '../../../view/wall-clock.js';
import { CODE_WORDS } from '../../../diagnosis/wording/names.js';
import { chosenCell } from '../../input/days-keys.js';
import type { DaysMetrics, DaysPlace } from '../../input/days-keys.js';
import { viewNow } from '../../input/time-cursor.js';
import { INVERSE, styled, styleOf } from '../../terminal/cells.js';
import type { CellGrid, Style } from '../../terminal/cells.js';
import type { Look } from '../../terminal/look.js';
import { drawFrame } from '../lists/list-frame.js';
import { listedName } from '../shared/episode-line.js';
import { localTime } from '../shared/view-context.js';
import type { ViewContext } from '../shared/view-context.js';

export const MOST_DAYS = 7;
/** `Thu 19 ` */
const NAME_COLUMNS = 8;
/** `bad 11 h 45 m` */
const TOTAL_COLUMNS = 15;

type Size = { columns: number; rows: number };

/** The newest `most` days; of one endpoint those of the episodes that blame it. */
export const daysOf = (endpoint: EndpointId | null, most: number, context: ViewContext): DayRow[] => {
  const { history, verdicts, zone, state } = context;
  const { firstAt, gaps, clockOffset } = history;
  if (firstAt === null) return [];
  const episodes =
    endpoint === null ? verdicts.episodes : verdicts.episodes.filter((e) => e.endpoints.includes(endpoint));
  const to = viewNow(state, context.now);
  return dayRows({ episodes, gaps, from: firstAt, to }, { most, zone, clockOffset });
};

/** How many rows of days there is room for, below the title and above the hours, the text and the keys. */
const dayCount = (rows: number): number => Math.max(1, Math.min(MOST_DAYS, rows - 5));

export const daysMetrics = (size: Size, context: ViewContext): DaysMetrics | null => {
  const { zone, history } = context;
  const rows = daysOf(context.state.daysOf, dayCount(size.rows), context);
  const newestDay = rows.at(-1)?.day;
  if (newestDay === undefined) return null;
  const share = cellsPerColumn(size.columns - NAME_COLUMNS);
  const local = localTime(context, viewNow(context.state, context.now));
  const cell = Math.floor((local - newestDay * DAY_LENGTH) / CELL_LENGTH);
  return {
    days: rows.map(({ day }) => day),
    share,
    newest: { day: newestDay, cell: Math.min(CELLS_A_DAY - share, Math.floor(cell / share) * share) },
    startOf: (place) => wallOf(localOfPlace(place), zone) - history.clockOffset,
  };
};

const topRow = ({ rows }: Size, { days }: DaysMetrics): number => (rows > days.length + 5 ? 2 : 1);

/** The cell that is drawn there. */
export const dayCellAt = (size: Size, context: ViewContext, x: number, y: number): DaysPlace | null => {
  const m = daysMetrics(size, context);
  if (m === null) return null;
  const day = m.days[y - topRow(size, m)];
  const cell = (x - NAME_COLUMNS) * m.share;
  const isThere = day !== undefined && cell >= 0 && cell < CELLS_A_DAY;
  const isPast = day !== m.newest.day || cell <= m.newest.cell;
  return isThere && isPast ? { day, cell } : null;
};

const localOfPlace = ({ day, cell }: DaysPlace): number => day * DAY_LENGTH + cell * CELL_LENGTH;

/** `Thu 19` */
export const dayName = (day: number): string => {
  const date = new Date(day * DAY_LENGTH);
  return `${weekdays[date.getUTCDay()] ?? ''} ${String(date.getUTCDate()).padStart(2)}`;
};

const cellSign = (cell: DayCell, { glyphs, styles, bar }: Look): [string, Style] => {
  switch (gradeOf(cell)) {
    case 'unwatched':
      return [' ', styles.faint];
    case 'fine':
      return [glyphs.noFault, styles.faint];
    case 'some':
      return [glyphs.fault.some, styleOf(bar.warn)];
    case 'bad':
      return [glyphs.fault.bad, styleOf(bar.bad)];
  }
};

/** One day's cells from column `x` on, `share` of them in each. */
export const drawDay = (
  grid: CellGrid,
  x: number,
  y: number,
  row: DayRow,
  share: number,
  look: Look,
  chosen: number | null = null,
): void => {
  for (const [i, cell] of mergedCells(row.cells, share).entries()) {
    const [sign, style] = cellSign(cell, look);
    grid.put(x + i, y, sign, i === chosen ? styled(look.styles.cursor, INVERSE) : style);
  }
};

/** `00  03  06`: as many hours as stand apart. */
export const drawHours = (grid: CellGrid, x: number, y: number, share: number, look: Look): void => {
  const perHour = 4 / share;
  const step = [1, 3, 6, 12].find((hours) => hours * perHour >= 5) ?? 12;
  for (let hour = 0; hour < 24; hour += step) {
    grid.text(x + hour * perHour, y, String(hour).padStart(2, '0'), look.styles.caption);
  }
};

const badTime = ({ cells }: DayRow): Millis => cells.reduce((sum, { bad }) => sum + bad, 0);

const totalText = (row: DayRow): string => {
  const bad = badTime(row);
  if (row.cells.every(({ code }) => code === 'unwatched')) return 'not watched';
  return bad === 0 ? 'fine' : `bad ${durationText(bad)}`;
};

const cellText = (place: DaysPlace, cell: DayCell | undefined, share: number): string => {
  const local = localOfPlace(place);
  const when = `${weekdayText(local)} ${minuteText(local)}-${minuteText(local + share * CELL_LENGTH)}`;
  if (cell === undefined || cell.code === 'unwatched') return `${when}  not watched`;
  if (cell.code === 'fine') return `${when}  fine`;
  return `${when}  ${CODE_WORDS[cell.code].short}, ${durationText(cell.bad)} of ${durationText(cell.watched)} bad`;
};

const episodesIn = (place: DaysPlace, m: DaysMetrics, context: ViewContext): Episode[] => {
  const from = m.startOf(place);
  const to = from + m.share * CELL_LENGTH;
  const { daysOf: of } = context.state;
  return context.verdicts.episodes.filter(
    (e) => e.from < to && (e.to ?? Infinity) > from && (of === null || e.endpoints.includes(of)),
  );
};

const drawChosen = (
  grid: CellGrid,
  top: number,
  cell: DayCell | undefined,
  m: DaysMetrics,
  context: ViewContext,
): void => {
  const { look, state, now } = context;
  const { styles, glyphs } = look;
  const place = chosenCell(state, m);
  const room = grid.columns - 2;
  const end = grid.rows - 1;
  if (top < end) grid.text(1, top, truncated(cellText(place, cell, m.share), room, glyphs.ellipsis), styles.text);
  const local = (at: number): number => localTime(context, at);
  for (const [i, episode] of episodesIn(place, m, context).entries()) {
    const y = top + 1 + i;
    if (y >= end) return;
    const words = episodeLine(episodeWords(episode, now, local, listedName(context)));
    grid.text(1, y, truncated(printable(words, glyphs.unicode), room, glyphs.ellipsis), styles.caption);
  }
};

const FEET = [
  'Enter: the strips of that time   Tab: of one endpoint, of all   Esc: back',
  'Enter: go   Tab: whose   Esc',
];

export const drawDays = (grid: CellGrid, context: ViewContext): void => {
  const { look, state } = context;
  const { styles } = look;
  const m = daysMetrics(grid, context);
  const whose = state.daysOf === null ? 'all endpoints' : listedName(context)(state.daysOf);
  drawFrame(grid, context, `Days by 15 minutes, ${whose}`, FEET);
  if (m === null) {
    grid.text(1, 1, 'nothing was watched yet', styles.caption, grid.columns - 1);
    return;
  }
  const rows = daysOf(state.daysOf, m.days.length, context);
  const top = topRow(grid, m);
  const columns = CELLS_A_DAY / m.share;
  const place = chosenCell(state, m);
  for (const [i, row] of rows.entries()) {
    const isChosen = row.day === place.day;
    grid.text(1, top + i, dayName(row.day), isChosen ? styles.name : styles.text);
    drawDay(grid, NAME_COLUMNS, top + i, row, m.share, look, isChosen ? place.cell / m.share : null);
    const after = NAME_COLUMNS + columns + 2;
    if (after + TOTAL_COLUMNS <= grid.columns) grid.text(after, top + i, totalText(row), styles.caption);
  }
  const hoursRow = top + rows.length;
  if (hoursRow < grid.rows - 1) drawHours(grid, NAME_COLUMNS, hoursRow, m.share, look);
  const row = rows.find(({ day }) => day === place.day);
  const cell = row === undefined ? undefined : mergedCells(row.cells, m.share)[place.cell / m.share];
  drawChosen(grid, hoursRow + (grid.rows - hoursRow > 4 ? 2 : 1), cell, m, context);
};
