// The page of one endpoint: how it is, over which span, how its RTTs are distributed, its strip, its probes and its days.

import type { EndpointHistory } from '../../../history/endpoint-history.js';
import { epochStart } from '../../../history/epoch-grid.js';
import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import { endpointFacts } from '../../../view/details/endpoint-facts.js';
import { lossRunsText } from '../../../view/details/loss-runs-text.js';
import type { DetailsNumbers } from '../../../view/details/details-data.js';
import type { DayRow } from '../../../view/days/day-cells.js';
import { cellsPerColumn } from '../../../view/days/merged-cells.js';
import { durationText } from '../../../view/format.js';
import { usualOf } from '../../../view/wall/column-band.js';
import { scalesFor } from '../../../view/wall/scale.js';
import type { Scale } from '../../../view/wall/scale.js';
import { printable, truncated } from '../../../view/text.js';
import { columnOf } from '../../../view/time-axis.js';
import type { Window } from '../../../view/time-axis.js';
import { instantText, minuteText, secondText } from '../../../view/wall-clock.js';
import { rightIndex, viewNow } from '../../input/time-cursor.js';
import { drawName, endpointName, nameColumns, nameWidth } from '../../strips/endpoint-name.js';
import { drawInspection } from '../../strips/inspection.js';
import type { CellGrid, Style } from '../../terminal/cells.js';
import { dayName, daysOf, drawDay, drawHours, MOST_DAYS } from '../days/days-view.js';
import { drawPieces } from '../shared/pieces.js';
import type { Piece } from '../shared/pieces.js';
import { localTime } from '../shared/view-context.js';
import type { ViewContext } from '../shared/view-context.js';
import { drawAxis } from '../wall/axis-view.js';
import { drawFaultRow } from '../wall/fault-row.js';
import type { Layout, Size } from '../wall/layout.js';
import { drawBottom } from '../wall/status-view.js';
import { wallLayout } from '../wall/wall-view.js';
import type { ChartData, ChartPlace } from './details-chart.js';
import { drawHistogram, LEAST_COLUMNS } from './details-histogram.js';
import { layoutDetails } from './details-layout.js';
import type { DetailsLayout } from './details-layout.js';
import { drawNumbers, fittingWindows } from './details-numbers.js';
import { drawProbes } from './details-probes.js';
import { drawDetailsStrip, drawLosses } from './details-strip.js';
import type { StripFrame } from './details-strip.js';

/** blessed-contrib keeps this many columns beside its canvas. */
const CHART_MARGIN = 6;
/** Its axis and margins take four rows; less than six for the lines says less than the strip does. */
const LEAST_CHART_ROWS = 10;
/** Captions and scale at the left of the strip. */
const LEFT_COLUMNS = 8;
/** So much room is kept for the runs of losses beside the histogram. */
const LEAST_RUNS = 56;

export type DetailsChartFrame = { place: ChartPlace; data: ChartData };

type Page = {
  context: ViewContext;
  layout: DetailsLayout;
  endpoint: EndpointHistory;
  window: Window;
  columns: readonly EpochStats[];
  scale: Scale;
  numbers: DetailsNumbers;
  /** Oldest first. */
  days: readonly DayRow[];
  now: number;
};

/** The columns of the strip; the reducer has the same number of them from the wall. */
const windowOf = (left: number, columns: number, context: ViewContext): Window => {
  const { state, history, now } = context;
  const right = rightIndex(state, now, history.clockOffset);
  const count = columns - left;
  return { width: state.width, firstIndex: right - count + 1, columns: count, clockOffset: history.clockOffset };
};

const pageOf = (grid: Size, endpoint: EndpointHistory, context: ViewContext): Page => {
  const { state, details, history, zone } = context;
  const days = daysOf(endpoint.info.id, MOST_DAYS, context);
  const layout = layoutDetails(grid.rows, days.length);
  const window = windowOf(LEFT_COLUMNS, grid.columns, context);
  const columns = endpoint.epochs(window.width, window.firstIndex, window.columns);
  const now = viewNow(state, context.now);
  const numbers = details.of(endpoint, now, history.clockOffset, zone);
  const [scale = { top: 1, floor: 0, logarithmic: false }] = scalesFor(state.scale, [columns]);
  return { context, layout, endpoint, window, columns, scale, numbers, days, now };
};

/** Where the strip is; null where there is none. `bottom`: the row after its axis. */
export const stripArea = (
  size: Size,
  context: ViewContext,
): { left: number; columns: number; top: number; bottom: number } | null => {
  const endpoint = context.history.endpoints[context.state.selected];
  if (endpoint === undefined) return null;
  const { layout, window } = pageOf(size, endpoint, context);
  const bottom = (layout.axisRow ?? layout.stripTop + layout.stripRows - 1) + 1;
  return { left: LEFT_COLUMNS, columns: window.columns, top: layout.stripTop, bottom };
};

const timeOf = ({ context, now }: Page): ((at: number) => string) => {
  const today = localTime(context, now);
  return (at) => instantText(localTime(context, at), today);
};

/** How it is, in one word: of what the verdict that stands says of it. */
const stateOf = ({ context, endpoint }: Page): { text: string; style: Style } => {
  const { styles } = context.look;
  if (endpoint.removedAt !== null) return { text: 'removed', style: styles.caption };
  const { verdict } = context.verdicts;
  const evidence = verdict?.evidence.endpoints.find((one) => one.endpoint === endpoint.info.id);
  const [worst = 'no data'] = evidence?.conditions ?? [];
  if (evidence?.part === 'acquitted') return { text: 'neglects ping: not its own fault', style: styles.caption };
  if (worst === 'fine') return { text: 'ok', style: styles.name };
  return worst === 'no data' ? { text: '', style: styles.caption } : { text: worst.toUpperCase(), style: styles.alarm };
};

/** What a call to there would be like; of the live present only. */
const callText = ({ context, endpoint }: Page): string => {
  const quality = context.verdicts.qualityOf(endpoint.info.id);
  if (quality === null || context.state.frozenAt !== null) return '';
  return `call: ${quality.word}, R ${Math.round(quality.r)}, MOS ${quality.mos.toFixed(1)} (est.)`;
};

const drawTitle = (grid: CellGrid, page: Page): void => {
  const { context, layout, endpoint, columns, window, now } = page;
  const { look, state, mode } = context;
  const { styles } = look;
  const name = endpointName(endpoint.info, endpoint.address, look);
  const local = localTime(context, now);
  const clock = mode === 'replay' ? `record to ${instantText(local, localTime(context, 0))}` : secondText(local);
  const end = grid.columns - 1;
  const clockLeft = grid.columns >= 50 ? end - clock.length : end;
  if (clockLeft < end) grid.text(clockLeft, layout.titleRow, clock, styles.number);
  const width = Math.min(nameWidth(nameColumns([name])), Math.floor(grid.columns / 3));
  drawName(grid, 1, layout.titleRow, width, name, look);
  const x = 1 + width + 2;
  const inspected = state.cursor === null ? undefined : columns[columnOf(window, state.cursor)];
  if (inspected !== undefined) {
    drawInspection(grid, x, layout.titleRow, clockLeft - 2, inspected, look);
    return;
  }
  const { text, style } = stateOf(page);
  const away = state.right !== null && state.cursor === null ? `${durationText(now - state.right)} back` : '';
  drawPieces(grid, x, layout.titleRow, clockLeft - 2, [
    { text, style, rank: 0 },
    { text: state.frozenAt === null ? '' : 'frozen', style: styles.notice, rank: 1 },
    { text: away, style: styles.notice, rank: 1 },
    { text: callText(page), style: styles.text, rank: 2, gap: 4 },
  ]);
};

const drawFacts = (grid: CellGrid, page: Page): void => {
  const { context, layout, endpoint } = page;
  if (layout.factsRow === null) return;
  const { styles, glyphs } = context.look;
  const events = context.summaries.events(page.now);
  const facts = endpointFacts(endpoint, events, timeOf(page));
  const pieces = facts.map((fact, i): Piece => ({
    text: printable(fact, glyphs.unicode),
    style: styles.caption,
    rank: i,
    gap: 3,
  }));
  drawPieces(grid, 1, layout.factsRow, grid.columns - 1, pieces);
};

/** Spans and histogram side by side, and the runs of losses below the spans. */
const drawTable = (grid: CellGrid, page: Page): void => {
  const { context, layout, numbers } = page;
  const { look } = context;
  const { numbersRow: y, allNumbers, runsRow } = layout;
  if (y === null) return;
  const windows = fittingWindows(numbers.windows, grid.columns - 2);
  const right = drawNumbers(grid, 1, y, windows, numbers.stats, allNumbers, look);
  const left = Math.max(right + 4, LEAST_RUNS);
  const end = grid.columns - 1;
  const hasRoom = allNumbers && end - left >= LEAST_COLUMNS;
  if (runsRow !== null) drawRuns(grid, page, runsRow, hasRoom ? left - 2 : end);
  if (!hasRoom) return;
  const { usual, lastMinute, usualCaption } = numbers;
  const data = { usual, now: lastMinute, captions: [usualCaption, 'last 1 m'] as [string, string] };
  drawHistogram(grid, left, end, y, runsRow === null ? 5 : 6, data, look);
};

const drawRuns = (grid: CellGrid, page: Page, y: number, end: number): void => {
  const { styles, glyphs } = page.context.look;
  const x = grid.text(1, y, 'loss runs, 1 h  ', styles.caption);
  const text = lossRunsText(page.numbers.runs, timeOf(page));
  grid.text(x, y, truncated(text, end - x, glyphs.ellipsis), styles.text);
};

const drawDays = (grid: CellGrid, page: Page): void => {
  const { context, layout, days } = page;
  if (layout.daysRow === null) return;
  const { look } = context;
  const share = cellsPerColumn(grid.columns - LEFT_COLUMNS);
  const top = layout.daysRow;
  for (const [i, row] of days.slice(-layout.days).entries()) {
    grid.text(1, top + i, dayName(row.day), look.styles.caption);
    drawDay(grid, LEFT_COLUMNS, top + i, row, share, look);
  }
  drawHours(grid, LEFT_COLUMNS, layout.daysRow + layout.days, share, look);
};

/** The way back is given up last. */
const HINTS = [
  { keys: '↑↓', text: 'endpoint', rank: 1 },
  { keys: '←→', text: 'cursor', rank: 4 },
  { keys: '+ -', text: 'zoom', rank: 5 },
  { keys: 'Tab', text: 'metric', rank: 2 },
  { keys: 'd', text: 'days', rank: 3 },
  { keys: 'Esc', text: 'back', rank: 0 },
] as const;

const drawKeys = (grid: CellGrid, page: Page, wall: Layout): void => {
  const { context, layout, window } = page;
  if (layout.keysRow === null) return;
  const { state, look } = context;
  if (state.prompt !== null || state.message !== null || state.cursor !== null) {
    drawBottom(grid, { ...wall, statusRow: layout.keysRow, keysRow: layout.keysRow }, window, context);
    return;
  }
  const pieces = HINTS.flatMap(({ keys, text, rank }): Piece[] => [
    {
      text: look.glyphs.unicode ? keys : keys.replace('↑↓', 'Up Down').replace('←→', '<- ->'),
      style: look.styles.name,
      rank,
    },
    { text, style: look.styles.caption, rank, gap: 1 },
  ]);
  drawPieces(grid, 1, layout.keysRow, grid.columns - 1, pieces);
};

const chartOf = (grid: CellGrid, page: Page): DetailsChartFrame | null => {
  const { layout, window, columns, context } = page;
  const end = layout.probesRow ?? layout.daysRow ?? layout.keysRow ?? grid.rows;
  const rows = end - layout.stripTop;
  if (rows < LEAST_CHART_ROWS) return null;
  const labels = columns.map((_, i) => {
    const local = localTime(context, epochStart(window, window.firstIndex + i));
    return window.width < 60_000 ? secondText(local) : minuteText(local);
  });
  const place = { top: layout.stripTop, columns: grid.columns + CHART_MARGIN, rows };
  return { place, data: { columns, labels, top: page.scale.top } };
};

const drawTimes = (grid: CellGrid, page: Page, wall: Layout): void => {
  const { context, layout, window, columns, scale, now, endpoint } = page;
  const { look, state } = context;
  const frame: StripFrame = {
    left: LEFT_COLUMNS,
    top: layout.stripTop,
    rows: layout.stripRows,
    columns,
    scale,
    usual: usualOf(
      context.verdicts.stateOf(endpoint.info.id),
      context.verdicts.usualP50(endpoint.info.id) ?? endpoint.baseline,
    ),
    cursorColumn: state.cursor === null ? null : columnOf(window, state.cursor),
    now: endpoint.removedAt === null ? now : Infinity,
  };
  drawDetailsStrip(grid, frame, state.metric, look);
  if (layout.lossesRow !== null) {
    grid.text(1, layout.lossesRow, 'lost', look.styles.caption);
    drawLosses(grid, frame, layout.lossesRow, look);
  }
  if (layout.faultRow !== null) drawFaultRow(grid, { ...wall, faultRow: layout.faultRow }, window, context);
  if (layout.axisRow !== null) drawAxis(grid, { ...wall, axisRow: layout.axisRow }, window, context);
};

/** Draws everything but the chart of lines, and says what that is to show; null where the strip stands in its place. */
export const drawDetails = (grid: CellGrid, context: ViewContext, chartPossible: boolean): DetailsChartFrame | null => {
  const endpoint = context.history.endpoints[context.state.selected];
  if (endpoint === undefined) return null;
  const page = pageOf(grid, endpoint, context);
  const { layout } = page;
  const wall: Layout = {
    ...wallLayout(grid.columns, grid.rows, context),
    compact: false,
    chartLeft: LEFT_COLUMNS,
    chartColumns: page.window.columns,
  };
  drawTitle(grid, page);
  drawFacts(grid, page);
  drawTable(grid, page);
  const chart = context.state.metric === 'lines' && chartPossible ? chartOf(grid, page) : null;
  if (chart === null) drawTimes(grid, page, wall);
  if (layout.probesRow !== null) {
    grid.text(1, layout.probesRow, 'probes', context.look.styles.caption);
    const probes = endpoint.newestProbes(grid.columns - LEFT_COLUMNS, page.now);
    drawProbes(grid, LEFT_COLUMNS, grid.columns, layout.probesRow, probes, page.scale, context.look);
  }
  drawDays(grid, page);
  drawKeys(grid, page, wall);
  return chart;
};
