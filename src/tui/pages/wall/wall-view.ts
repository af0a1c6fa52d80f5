// The wall: all strips on one time axis, and the rows around them.

import type { EndpointId } from '../../../events/units.js';
import type { EndpointHistory } from '../../../history/endpoint-history.js';
import { intervalsText } from '../../../view/endpoint-text.js';
import { textWidth } from '../../../view/text.js';
import { columnOf, windowFrom, windowTo } from '../../../view/time-axis.js';
import type { Window } from '../../../view/time-axis.js';
import { recentLength } from '../../../view/verdict/current-verdict.js';
import { instantText, minuteText } from '../../../view/wall-clock.js';
import { usualOf } from '../../../view/wall/column-band.js';
import { isSilent, stateWord } from '../../../view/wall/endpoint-words.js';
import type { RowName } from '../../../view/wall/rows.js';
import { scalesFor } from '../../../view/wall/scale.js';
import { longLength } from '../../../view/wall/spans.js';
import { rightIndex, viewNow } from '../../input/time-cursor.js';
import { drawDiagnostics } from '../../strips/diagnostics-row.js';
import { endpointName, nameColumns } from '../../strips/endpoint-name.js';
import type { EndpointName } from '../../strips/endpoint-name.js';
import { drawCaptions, fieldsWidth, headerFields, lineFields } from '../../strips/strip-header.js';
import type { HeaderFields, HeaderWishes } from '../../strips/strip-header.js';
import { drawStrip } from '../../strips/strip-view.js';
import type { StripData } from '../../strips/strip-view.js';
import type { CellGrid } from '../../terminal/cells.js';
import type { Look } from '../../terminal/look.js';
import { localTime, shownEndpoints } from '../shared/view-context.js';
import type { ViewContext } from '../shared/view-context.js';
import { drawAxis } from './axis-view.js';
import { drawDayRows } from './day-rows.js';
import { drawFaultRow } from './fault-row.js';
import { layoutWall } from './layout.js';
import type { Layout } from './layout.js';
import { drawBottom } from './status-view.js';
import { drawEvidence, drawNotice, drawTopLine } from './top-lines.js';
import { drawTrafficRow } from './traffic-row.js';

const longest = (widths: readonly number[]): number => widths.reduce((a, b) => Math.max(a, b), 0);

const nameOf = (endpoint: EndpointHistory | undefined, look: Look): EndpointName =>
  endpoint === undefined ? { short: '', main: '', aside: '' } : endpointName(endpoint.info, endpoint.address, look);

/** Why it has no say: it was removed, or only answers ping badly. Empty where it has. */
const remarkOn = (
  { info, removedAt }: EndpointHistory,
  neglecting: ReadonlySet<EndpointId>,
  context: ViewContext,
): readonly string[] => {
  const isAcquitted = context.verdicts.stateOf(info.id)?.isAcquitted === true;
  if (removedAt === null) return isAcquitted || neglecting.has(info.id) ? ['neglects ping'] : [];
  const at = instantText(localTime(context, removedAt), localTime(context, context.now)).replace(/:\d\d$/, '');
  return [`removed ${at}`, 'removed'];
};

/** Instead of strips. */
const drawNobody = (grid: CellGrid, layout: Layout, { look, mode }: ViewContext): void => {
  const text = mode === 'live' ? 'no endpoint is watched: a adds one' : 'no endpoint';
  grid.text(layout.textLeft, layout.noticeRow === null ? 2 : 3, text, look.styles.caption, layout.textRight);
};

const longOf = (endpoint: EndpointHistory | undefined, context: ViewContext): number | null => {
  if (endpoint === undefined) return null;
  const now = viewNow(context.state, context.now);
  return longLength(endpoint.firstAt, now, recentLength(endpoint.info));
};

const headerWishes = (endpoints: readonly EndpointId[], context: ViewContext): HeaderWishes => {
  const { history, look, verdicts, summaries, state, now } = context;
  const names = endpoints.map((id) => nameOf(history.endpoints[id], look));
  return {
    longestShort: longest(names.map(({ short }) => textWidth(short))),
    names: nameColumns(names),
    hasStates: endpoints.some((id) => verdicts.stateOf(id) !== null),
    hasLate: endpoints.some((id) => (summaries.recent(id, viewNow(state, now))?.counts.late ?? 0) > 0),
    hasLong: endpoints.some((id) => longOf(history.endpoints[id], context) !== null),
  };
};

/** In which rows there is something to say. */
const wantedRows = ({ verdicts, history }: ViewContext): ReadonlySet<RowName> => {
  const wanted = new Set<RowName>(['axis', 'before', 'captions', 'keys']);
  if (verdicts.verdict !== null)
    for (const row of ['evidence', 'fault', 'yesterday', 'today', 'hours'] as const) wanted.add(row);
  if (!history.traffic.isEmpty) wanted.add('traffic');
  return wanted;
};

/** Where everything is; the reducer needs it as well, for the number of columns. */
export const wallLayout = (columns: number, rows: number, context: ViewContext): Layout => {
  const { state, verdicts } = context;
  const endpoints = shownEndpoints(context);
  const line = lineFields(columns, headerWishes(endpoints, context));
  return layoutWall(
    { columns, rows },
    {
      endpoints,
      folded: new Set(endpoints.filter((id) => isSilent(verdicts.stateOf(id)))),
      selected: state.selected,
      notice: context.notice !== null || context.progress !== null,
      diagnostics: state.diagnosticsShown,
      compactLeft: 1 + line.nameWidth + fieldsWidth(line.fields),
      wanted: wantedRows(context),
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

const stripsOf = (
  layout: Layout,
  window: Window,
  header: HeaderFields,
  context: ViewContext,
): { place: Layout['strips'][number]; data: StripData }[] => {
  const { history, state, summaries, verdicts, ladder, look } = context;
  const now = viewNow(state, context.now);
  const summary = summaries.of(windowFrom(window), windowTo(window), now);
  const neglecting = summaries.neglecting(now);
  const present = layout.strips.flatMap((place) => {
    const [endpoint, numbers] = [history.endpoints[place.endpoint], summary[place.endpoint]];
    if (endpoint === undefined || numbers === undefined) return [];
    const columns = place.isFolded ? [] : endpoint.epochs(window.width, window.firstIndex, window.columns);
    return [{ place, endpoint, numbers, columns }];
  });
  // What lies further back needs the room that it needs, and has no history of its own.
  const view = state.right === null ? String(window.width) : `${window.width} ${window.firstIndex}`;
  const scales = scalesFor(
    state.scale,
    present.map(({ columns }) => columns),
    present.map(({ place, columns }) => ladder.topOf(place.endpoint, columns, view, now)),
  );
  return present.flatMap(({ place, endpoint, numbers, columns }, i) => {
    const scale = scales[i];
    if (scale === undefined) return [];
    const { endpoint: id } = place;
    const endpointState = verdicts.stateOf(id);
    const usualP50 = verdicts.usualP50(id);
    const worst = layout.compact ? null : numbers.worstAt(usualP50);
    const data: StripData = {
      name: nameOf(endpoint, look),
      state: endpoint.removedAt === null ? stateWord(endpointState, numbers.recent) : null,
      remark: remarkOn(endpoint, neglecting, context),
      summary: numbers,
      recentLength: recentLength(endpoint.info),
      longLength: longOf(endpoint, context),
      worst: worst === null ? '' : minuteText(localTime(context, worst)),
      usualP50,
      usual: usualOf(endpointState, usualP50 ?? numbers.baseline),
      columns,
      scale,
      header,
      selected: state.selectionShown && id === state.selected,
      cursorColumn: state.cursor === null ? null : columnOf(window, state.cursor),
      addressColumns: addressColumns(id, window, context),
      // Nothing of one that was removed is still to come.
      now: endpoint.removedAt === null ? now : Infinity,
    };
    return [{ place, data }];
  });
};

export const drawWall = (grid: CellGrid, context: ViewContext): void => {
  const { history, look } = context;
  const layout = wallLayout(grid.columns, grid.rows, context);
  const window = wallWindow(layout, context);
  const wishes = headerWishes(shownEndpoints(context), context);
  const header = layout.compact
    ? lineFields(grid.columns, wishes)
    : headerFields(layout.textRight - layout.textLeft, wishes);
  const intervals = intervalsText(
    history.endpoints.filter(({ removedAt }) => removedAt === null).map(({ info }) => info),
  );
  drawTopLine(grid, layout, window, context, intervals);
  drawEvidence(grid, layout, context, intervals);
  drawNotice(grid, layout, context);
  drawFaultRow(grid, layout, window, context);
  const strips = stripsOf(layout, window, header, context);
  if (layout.captionsRow !== null) {
    const span = strips.reduce<number | null>(
      (most, { data }) => Math.max(most ?? 0, data.longLength ?? 0) || most,
      null,
    );
    const x = layout.textLeft + Math.min(header.nameWidth, layout.chartLeft - 1 - fieldsWidth(header.fields));
    drawCaptions(grid, x, layout.captionsRow, header.fields, span, look);
  }
  for (const { place, data } of strips) drawStrip(grid, layout, place, data, look);
  if (layout.strips.length === 0) drawNobody(grid, layout, context);
  drawAxis(grid, layout, window, context);
  drawTrafficRow(grid, layout, window, context);
  drawDayRows(grid, layout, context);
  drawDiagnostics(grid, layout, context);
  drawBottom(grid, layout, window, context);
};
