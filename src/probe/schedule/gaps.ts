// Missed slots as gaps: one of all endpoints where that says no more than is true, otherwise one for each endpoint.

import type { EndpointId, Millis } from '../../events/units.js';
import type { MissedSlots } from './slot-plan.js';

/** From `from` to `to` no slot was sent: of that endpoint, or where none is named, of any. Monotonic. */
export type Gap = { endpoint?: EndpointId; from: Millis; to: Millis };

/** `endpoints`: how many have slots at all. */
export const gapsOf = (missed: readonly MissedSlots[], endpoints: number): Gap[] => {
  if (missed.length === 0) return [];
  const from = Math.min(...missed.map((slots) => slots.from));
  const to = Math.min(...missed.map((slots) => slots.to));
  const last = Math.max(...missed.map((slots) => slots.last));
  if (missed.length === endpoints && last < to) return [{ from, to }];
  return missed.map((slots) => ({ endpoint: slots.endpoint, from: slots.from, to: slots.to }));
};
