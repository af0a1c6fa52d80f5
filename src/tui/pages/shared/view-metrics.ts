// What a key needs to know of the screen that it was pressed at.

import type { ViewMetrics } from '../../input/view-state.js';
import { endpointText } from '../../../view/endpoint-text.js';
import type { Size } from '../wall/layout.js';
import { daysMetrics } from '../days/days-view.js';
import { helpLines } from '../lists/help-view.js';
import { listRows } from '../lists/list-frame.js';
import { listItems } from '../lists/list-items.js';
import { pathEndpoints, shownHost } from '../path/path-rows.js';
import { shownEndpoints } from './view-context.js';
import { suggestedEndpoint } from '../../../view/verdict/suggested-endpoint.js';
import type { ViewContext } from './view-context.js';
import { wallLayout } from '../wall/wall-view.js';

export const metricsOf = (size: Size, context: ViewContext): ViewMetrics => {
  const { history, state, verdicts, now, zone, mode } = context;
  const items = state.page === 'episodes' ? listItems(context) : [];
  const length = state.page === 'help' ? helpLines(size.columns, context).length : items.length;
  return {
    now,
    firstAt: history.firstAt,
    clockOffset: history.clockOffset,
    chartColumns: wallLayout(size.columns, size.rows, context).chartColumns,
    shown: shownEndpoints(context),
    endpoint: selectedEndpoint(context),
    path: pathMetrics(context),
    suggested: suggestedEndpoint(
      verdicts.verdict,
      history.endpoints.filter(({ removedAt }) => removedAt === null).map(({ info }) => info),
    ),
    hasRemoved: history.endpoints.some(({ removedAt }) => removedAt !== null),
    zone,
    mode,
    list: {
      length,
      visible: listRows(size.rows),
      instantOf: (line) => items[line]?.at ?? null,
      opens: (line) => (items[line]?.opens === true ? items[line].episode : null),
      lineWith: (line, opened) => lineWith(items[line]?.episode ?? null, line, opened, context),
    },
    days: state.page === 'days' ? daysMetrics(size, context) : null,
  };
};

const lineWith = (episode: number | null, line: number, opened: number | null, context: ViewContext): number => {
  const { state } = context;
  if (episode === null && state.list.opened === opened) return line;
  const items = listItems({ ...context, state: { ...state, list: { ...state.list, opened } } });
  return episode === null ? Math.min(line, items.length - 1) : items.findIndex((item) => item.episode === episode);
};

const pathMetrics = (context: ViewContext): ViewMetrics['path'] => {
  const { history, state } = context;
  if (history.endpoints[state.selected] === undefined) return null;
  const host = shownHost(context);
  const endpoints = pathEndpoints(context);
  const hostLabel = history.endpoints[host ?? state.selected]?.info.label ?? '';
  return { host, hostLabel, hasHops: host !== null && endpoints.length > 1, endpoints };
};

const selectedEndpoint = (context: ViewContext): ViewMetrics['endpoint'] => {
  const { history, state } = context;
  const endpoint = history.endpoints[state.selected];
  if (endpoint === undefined || (endpoint.removedAt !== null && !state.removedShown)) return null;
  const { id, label } = endpoint.info;
  return { id, label, text: endpointText(endpoint.info), isRemoved: endpoint.removedAt !== null };
};
