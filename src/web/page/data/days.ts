// The last days of what the page knows, in the browser's zone.

import type { EndpointId } from '../../../events/units.js';
import { dayRows } from '../../../view/days/day-cells.js';
import type { DayRow } from '../../../view/days/day-cells.js';
import { systemZone } from '../../../view/wall-clock.js';
import type { Session } from './session.js';

/** @param endpoint null: of all of them */
export const daysOf = (session: Session, endpoint: EndpointId | null, most: number): DayRow[] => {
  const { firstAt, episodes, events, now } = session;
  if (firstAt === null) return [];
  return dayRows(
    {
      episodes: endpoint === null ? episodes : episodes.filter(({ endpoints }) => endpoints.includes(endpoint)),
      gaps: events.gaps,
      from: firstAt,
      to: now,
    },
    { most, zone: systemZone, clockOffset: 0 },
  );
};
