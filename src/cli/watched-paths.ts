// The paths of a run, as readers of its stream: who finds and follows them, and who looks up what their routers are called.

import type { SessionInfo } from '../events/session-info.js';
import type { ProbeEvent } from '../events/events.js';
import type { EventSink } from '../events/sink.js';
import type { UnixMillis } from '../events/units.js';
import { Paths } from '../probe/path/paths.js';
import { RouterNames } from '../probe/path/router-names.js';
import { systemResolver, systemTimers } from '../probe/system-ports.js';
import { MOST_ENDPOINTS } from '../record/lines/line-format.js';
import type { Resumed } from '../record/lines/session-head.js';
import type { LiveOptions } from './arguments/live-arguments.js';

export type WatchedPathsOptions = {
  info: SessionInfo;
  resumed: Resumed;
  now: () => UnixMillis;
  emit: (event: ProbeEvent) => void;
  onTrouble: (message: string) => void;
};

/** `paths` is one of the `sinks`. */
export const watchedPaths = (
  { routerNames }: Pick<LiveOptions, 'routerNames'>,
  { info, resumed, now, emit, onTrouble }: WatchedPathsOptions,
): { paths: Paths; sinks: readonly EventSink[] } => {
  const { endpoints } = info;
  const paths = new Paths({
    timers: systemTimers,
    endpoints,
    firstSeqs: resumed.firstSeqs,
    mostIds: MOST_ENDPOINTS,
    onFull: () =>
      onTrouble(`a path has more hops, but this run has had ${MOST_ENDPOINTS} endpoints, the most there can be`),
  });
  if (!routerNames) return { paths, sinks: [paths] };
  return { paths, sinks: [paths, new RouterNames({ endpoints, lookup: systemResolver.nameOf, now, emit })] };
};
