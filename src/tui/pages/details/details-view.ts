// The page of one endpoint: its numbers, and room for the chart of p50 and p95.

import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import type { CellGrid } from '../../terminal/cells.js';
import { styleOf } from '../../terminal/cells.js';
import type { ChartData, ChartPlace } from './details-chart.js';
import { drawName, endpointName, nameWidth } from '../../strips/endpoint-name.js';
import type { Layout } from '../wall/layout.js';
import { drawBottom, drawEvidence, drawTopLine } from '../wall/status-view.js';
import { drawDiagnostics } from '../../strips/diagnostics-row.js';
import { drawFields, drawInspection, headerFields } from '../../strips/strip-header.js';
import { recentLength } from '../../../view/verdict/current-verdict.js';
import { textWidth } from '../../../view/text.js';
import { scalesFor } from '../../../view/scale.js';
import { epochStart } from '../../../history/epoch-grid.js';
import { columnOf, windowFrom, windowTo } from '../../../view/time-axis.js';
import type { Window } from '../../../view/time-axis.js';
import { localTime } from '../shared/view-context.js';
import type { ViewContext } from '../shared/view-context.js';
import { viewNow } from '../../input/time-cursor.js';
import { intervalsText, planText } from '../../../view/endpoint-text.js';
import { removedText, wallLayout, wallWindow } from '../wall/wall-view.js';
import { minuteText, secondText } from '../../../view/wall-clock.js';

const LEGEND_ROWS = 1;

/** blessed-contrib keeps this many columns beside its canvas. */
const CHART_MARGIN = 6;

export type DetailsChartFrame = { place: ChartPlace; data: ChartData };

const labelsOf = (window: Window, context: ViewContext): string[] =>
  Array.from({ length: window.columns }, (_, i) => {
    const local = localTime(context, epochStart(window, window.firstIndex + i));
    return window.width < 60_000 ? secondText(local) : minuteText(local);
  });

const drawLegend = (grid: CellGrid, row: number, plan: string, { look }: ViewContext): void => {
  const { styles, bar, glyphs } = look;
  const sign = glyphs.eighths[8] ?? '#';
  let x = grid.text(1, row, sign, styleOf(bar.good));
  x = grid.text(x + 1, row, 'p50 (lower line)', styles.caption);
  x = grid.text(x + 3, row, sign, styleOf(bar.warn));
  x = grid.text(x + 1, row, 'p95 (upper line)   ms', styles.caption);
  if (x + 3 + plan.length < grid.columns) grid.text(x + 3, row, plan, styles.caption);
};

/** Draws everything but the chart, and says what the chart is to show; null where there is no room for one. */
export const drawDetails = (grid: CellGrid, context: ViewContext): DetailsChartFrame | null => {
  const { history, look, state, summaries } = context;
  const endpoint = history.endpoints[state.selected];
  if (endpoint === undefined) return null;
  const base = wallLayout(grid.columns, grid.rows, context);
  const layout: Layout = { ...base, hiddenAbove: 0, hiddenBelow: 0, compact: false };
  const window = wallWindow(layout, context);
  const now = viewNow(state, context.now);
  const top = (layout.noticeRow ?? layout.evidenceRow ?? 0) + 1;
  const name = endpointName(endpoint.info, endpoint.address, look);
  const header = headerFields(layout.textRight - layout.textLeft, textWidth(name.short), nameWidth(name));
  const summary = summaries.of(windowFrom(window), windowTo(window), now)[state.selected];
  const columns: readonly EpochStats[] = endpoint.epochs(window.width, window.firstIndex, window.columns);
  drawTopLine(grid, layout, window, context, intervalsText([endpoint.info]));
  drawEvidence(grid, layout, window, context, intervalsText([endpoint.info]));
  const underCursor = state.cursor === null ? undefined : columns[columnOf(window, state.cursor)];
  const width = underCursor === undefined ? header.nameWidth : header.inspectedNameWidth;
  const x = layout.textLeft + width;
  drawName(grid, layout.textLeft, top, width - 1, name, look);
  if (underCursor !== undefined) drawInspection(grid, x, top, layout.textRight, underCursor, look);
  else if (summary !== undefined) {
    const newest = { rtt: endpoint.lastRtt, state: endpoint.lastState };
    const usualP50 = context.verdicts.usualP50(state.selected);
    const values = { summary, newest, recentLength: recentLength(endpoint.info), usualP50 };
    drawFields(grid, x, top, header.fields, values, look, removedText(endpoint, context));
  }
  drawLegend(grid, top + 1, planText(endpoint.info), context);
  drawDiagnostics(grid, layout, context);
  drawBottom(grid, layout, window, context);
  const chartTop = top + 1 + LEGEND_ROWS;
  const rows = (layout.diagnosticsRow ?? layout.statusRow) - chartTop;
  // Its axis and margins take four rows; less than six for the lines says less than the strip does.
  if (rows < 10) return null;
  return {
    place: { top: chartTop, columns: grid.columns + CHART_MARGIN, rows },
    data: { columns, labels: labelsOf(window, context), top: scalesFor('own', [columns])[0]?.top ?? 1 },
  };
};
