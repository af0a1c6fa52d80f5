// The wall: all strips on one time axis, and the lines around them.

import type { EndpointId } from '../../../events/units.js';
import type { CellGrid } from '../../terminal/cells.js';
import { drawAxis } from './axis-view.js';
import { endpointName, nameWidth } from '../../strips/endpoint-name.js';
import type { EndpointName } from '../../strips/endpoint-name.js';
import type { EndpointHistory } from '../../../history/endpoint-history.js';
import type { Look } from '../../terminal/look.js';
import { intervalsText } from '../../../view/endpoint-text.js';
import { instantText } from '../../../view/wall-clock.js';
import { drawFaultRow } from './fault-row.js';
import { layoutWall } from './layout.js';
import type { Layout } from './layout.js';
import { scalesFor } from '../../../view/scale.js';
import { drawBottom, drawEvidence, drawNotice, drawTopLine } from './status-view.js';
import { drawDiagnostics } from '../../strips/diagnostics-row.js';
import { compactHeader, fieldsWidth, headerFields } from '../../strips/strip-header.js';
import { drawStrip } from '../../strips/strip-view.js';
import { recentLength } from '../../../view/verdict/current-verdict.js';
import { columnOf, windowFrom, windowTo } from '../../../view/time-axis.js';
import type { Window } from '../../../view/time-axis.js';
import { textWidth } from '../../../view/text.js';
import { localTime, shownEndpoints } from '../shared/view-context.js';
import type { ViewContext } from '../shared/view-context.js';
import { rightIndex, viewNow } from '../../input/time-cursor.js';

const longest = (widths: readonly number[]): number => widths.reduce((a, b) => Math.max(a, b), 0);

const nameOf = (endpoint: EndpointHistory | undefined, look: Look): EndpointName =>
  endpoint === undefined ? { short: '', main: '', aside: '' } : endpointName(endpoint.info, endpoint.address, look);

/** Why it has no say: it was removed, or only answers ping badly. Empty where it has. */
const remarkOn = (
  { info, removedAt }: EndpointHistory,
  neglecting: ReadonlySet<EndpointId>,
  context: ViewContext,
): readonly string[] => {
  if (removedAt === null) return neglecting.has(info.id) ? ['neglects ping'] : [];
  const at = instantText(localTime(context, removedAt), localTime(context, context.now)).replace(/:\d\d$/, '');
  return [`removed ${at}`, 'removed'];
};

/** Instead of strips. */
const drawNobody = (grid: CellGrid, layout: Layout, { look, mode }: ViewContext): void => {
  const text = mode === 'live' ? 'no endpoint is watched: a adds one' : 'no endpoint';
  grid.text(layout.textLeft, layout.noticeRow === null ? 2 : 3, text, look.styles.caption, layout.textRight);
};

/** Where everything is; the reducer needs it as well, for the number of columns. */
export const wallLayout = (
  columns: number,
  rows: number,
  context: ViewContext,
  only: readonly number[] | null = null,
): Layout => {
  const { history, look, state } = context;
  const endpoints = shownEndpoints(context);
  const shortest = endpoints.map((id) => textWidth(nameOf(history.endpoints[id], look).short));
  const compact = compactHeader(columns, longest(shortest));
  return layoutWall(
    { columns, rows },
    {
      endpoints: only ?? endpoints,
      selected: state.selected,
      verdict: context.verdicts.verdict !== null,
      notice: context.notice !== null || context.progress !== null,
      diagnostics: state.diagnosticsShown,
      compactLeft: 1 + compact.nameWidth + fieldsWidth(compact.fields),
    },
  );
};

export const wallWindow = (layout: Layout, context: ViewContext): Window => {
  const { state, history, now } = context;
  const { clockOffset } = history;
  const right = rightIndex(state, now, clockOffset);
  const columns = layout.chartColumns;
  return { width: state.width, firstIndex: right - columns + 1, columns, clockOffset };
};

/** Columns in which an endpoint's name came to stand for another address; the first address is no change. */
const addressColumns = (endpoint: EndpointId, window: Window, context: ViewContext): number[] =>
  context.history.outages.events.flatMap((event) => {
    if (event.type !== 'address' && event.type !== 'route') return [];
    if (event.endpoint !== endpoint || event.before === null) return [];
    const inside = event.at >= windowFrom(window) && event.at < windowTo(window);
    return inside ? [columnOf(window, event.at)] : [];
  });

/** `only`: these endpoints and no others, where the pane is to show less than all. */
export const drawWall = (grid: CellGrid, context: ViewContext, only: readonly number[] | null = null): void => {
  const { history, look, state, summaries } = context;
  const layout = wallLayout(grid.columns, grid.rows, context, only);
  const window = wallWindow(layout, context);
  const now = viewNow(state, context.now);
  const names = new Map(shownEndpoints(context).map((id) => [id, nameOf(history.endpoints[id], look)]));
  const longestShort = longest([...names.values()].map(({ short }) => textWidth(short)));
  const header = layout.compact
    ? compactHeader(grid.columns, longestShort)
    : headerFields(layout.textRight - layout.textLeft, longestShort, longest([...names.values()].map(nameWidth)));
  const neglecting = summaries.neglecting(now);
  const present = history.endpoints.filter(({ removedAt }) => removedAt === null);
  const shown = layout.strips.map(({ endpoint }) => endpoint);
  const stats = shown.map((id) => history.endpoints[id]?.epochs(window.width, window.firstIndex, window.columns) ?? []);
  const scales = scalesFor(state.scale, stats);
  const summary = summaries.of(windowFrom(window), windowTo(window), now);
  const cursorColumn = state.cursor === null ? null : columnOf(window, state.cursor);
  const intervals = intervalsText(present.map(({ info }) => info));
  drawTopLine(grid, layout, window, context, intervals);
  drawEvidence(grid, layout, window, context, intervals);
  drawNotice(grid, layout, context);
  for (const [i, place] of layout.strips.entries()) {
    const endpoint = history.endpoints[place.endpoint];
    const [name, columns, scale, numbers] = [names.get(place.endpoint), stats[i], scales[i], summary[place.endpoint]];
    if (endpoint === undefined || name === undefined || columns === undefined) continue;
    if (scale === undefined || numbers === undefined) continue;
    drawStrip(
      grid,
      layout,
      place,
      {
        name,
        newest: { rtt: endpoint.lastRtt, state: endpoint.lastState },
        remark: remarkOn(endpoint, neglecting, context),
        summary: numbers,
        recentLength: recentLength(endpoint.info),
        usualP50: context.verdicts.usualP50(place.endpoint),
        columns,
        scale,
        header,
        selected: state.selectionShown && place.endpoint === state.selected,
        cursorColumn,
        addressColumns: addressColumns(place.endpoint, window, context),
        // Nothing of one that was removed is still to come.
        now: endpoint.removedAt === null ? now : Infinity,
      },
      look,
    );
  }
  if (layout.strips.length === 0) drawNobody(grid, layout, context);
  drawAxis(grid, layout, window, context);
  drawFaultRow(grid, layout, window, context);
  drawDiagnostics(grid, layout, context);
  drawBottom(grid, layout, window, context);
};
