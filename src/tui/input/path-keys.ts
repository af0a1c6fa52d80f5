// The key p, and the page that it opens: the first time it asks the run to watch the path to the selected host, then it
// shows that path. What the keys mean on that page.

import type { EndpointId } from '../../events/units.js';
import type { RequestId, RunAnswer } from '../../view/run-command.js';
import type { Action } from './keys.js';
import type { Step, ViewMetrics, ViewState } from './view-state.js';

/** Of the path that the selected endpoint is on, or leads to. */
export type PathMetrics = {
  /** Null where the host of a hop isn't known any more. */
  host: EndpointId | null;
  hostLabel: string;
  /** Whether there are hops to show. */
  hasHops: boolean;
  /** The endpoints of the page, nearest first. */
  endpoints: readonly EndpointId[];
};

export type PathState = {
  /** Paths that are being looked for by this user's wish. */
  pathsAsked: readonly EndpointId[];
  /** The request that is under way, and for whom. */
  pathRequest: { request: RequestId; host: EndpointId } | null;
};

export const NO_PATHS: PathState = { pathsAsked: [], pathRequest: null };

/** The key p. */
export const pathKey = (state: ViewState, m: ViewMetrics): Step => {
  const { endpoint, path } = m;
  const say = (message: string): Step => ({ state: { ...state, message }, effect: null });
  if (state.page === 'path') return { state: { ...state, page: 'wall' }, effect: null };
  if (endpoint === null || path === null) return say('there is no endpoint: a adds one');
  const { host } = path;
  if (path.hasHops || (host !== null && state.pathsAsked.includes(host))) {
    return { state: { ...state, page: 'path', selectionShown: true }, effect: null };
  }
  if (m.mode === 'replay') return say(`a replay shows what was recorded: it has no path to ${path.hostLabel}`);
  if (endpoint.isRemoved || host === null) return say(`${endpoint.label} is removed: its path can't be looked for`);
  const request = `screen ${state.requests}`;
  return {
    state: { ...state, requests: state.requests + 1, pathRequest: { request, host }, selectionShown: true },
    effect: { type: 'path', request, endpoint: host },
  };
};

/** Undefined where it is no answer to that. */
export const pathAnswered = (state: ViewState, answer: RunAnswer): ViewState | undefined => {
  if (state.pathRequest?.request !== answer.request) return undefined;
  const { host } = state.pathRequest;
  const pathsAsked = answer.done ? [...state.pathsAsked, host] : state.pathsAsked;
  return { ...state, pathRequest: null, pathsAsked, message: answer.text };
};

/** Null: the key means what it means elsewhere. */
export const actOnPath = (state: ViewState, action: Action, m: ViewMetrics): ViewState | null => {
  const endpoints = m.path?.endpoints ?? [];
  const move = (by: number): ViewState => {
    const to = Math.max(0, Math.min(endpoints.length - 1, endpoints.indexOf(state.selected) + by));
    return { ...state, selected: endpoints[to] ?? state.selected, selectionShown: true };
  };
  switch (action) {
    case 'up':
      return move(-1);
    case 'down':
      return move(1);
    case 'oldest':
    case 'page-left':
      return move(-endpoints.length);
    case 'newest':
    case 'page-right':
      return move(endpoints.length);
    // There is no cursor in time.
    case 'left':
    case 'right':
      return state;
    default:
      return null;
  }
};
