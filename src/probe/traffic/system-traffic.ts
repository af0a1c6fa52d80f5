// The watch of own traffic with the machine's own tables, clock and timers.

import type { TrafficEvent } from '../../events/events.js';
import type { UnixMillis } from '../../events/units.js';
import type { Family } from '../ports.js';
import { systemRoutes, systemTimers } from '../system-ports.js';
import { readKernelTable } from './kernel-table.js';
import { TrafficWatch } from './traffic-watch.js';

export type SystemTrafficOptions = {
  /** null for both. */
  family: Family | null;
  /** Watched instead of the default route's, null for that. */
  interface: string | null;
  sessionClock: { now(): UnixMillis };
  sink: (event: TrafficEvent) => void;
};

/** Has begun. */
export const watchTraffic = ({ family, ...options }: SystemTrafficOptions): TrafficWatch => {
  const watch = new TrafficWatch({
    ...options,
    families: family === null ? [4, 6] : [family],
    routes: systemRoutes,
    readTable: readKernelTable,
    timers: systemTimers,
  });
  watch.start();
  return watch;
};
