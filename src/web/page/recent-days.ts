// Yesterday and today below the wall, 15 minutes a cell; a click looks at the cell.

import type { UnixMillis } from '../../events/units.js';
import { CELL_LENGTH } from '../../view/days/day-cells.js';
import type { DayRow } from '../../view/days/day-cells.js';
import { DAY_LENGTH, systemZone, wallOf } from '../../view/wall-clock.js';
import type { ChartArea } from './canvas/chart-area.js';
import type { Colours } from './canvas/colours.js';
import { dayCellAt, drawDays } from './canvas/days-painter.js';
import type { DaysPlace } from './canvas/days-painter.js';
import { surfaceOf } from './canvas/surface.js';
import { daysOf } from './data/days.js';
import type { Session } from './data/session.js';
import { byId, setAttribute } from './parts/dom.js';
import { daysWords } from './parts/day-words.js';

export class RecentDays {
  readonly #canvas = byId('recent-days') as HTMLCanvasElement;
  #rows: readonly DayRow[] = [];
  #place: DaysPlace = { left: 0, width: 1 };

  constructor(lookAt: (at: UnixMillis) => void) {
    this.#canvas.addEventListener('click', ({ offsetX, offsetY }) => {
      const cell = dayCellAt(offsetX * window.devicePixelRatio, this.#place);
      const row = this.#rows[Math.floor((offsetY / this.#canvas.clientHeight) * (this.#rows.length + 0.9))];
      if (cell === null || row === undefined || row.cells[cell]?.code === 'unwatched') return;
      lookAt(wallOf(row.day * DAY_LENGTH + (cell + 0.5) * CELL_LENGTH, systemZone));
    });
  }

  draw(session: Session, area: ChartArea, colours: Colours): void {
    const { firstAt, now } = session;
    if (firstAt === null) return;
    this.#rows = daysOf(session, null, 2);
    this.#canvas.style.height = `${16 + 17 * this.#rows.length}px`;
    const surface = surfaceOf(this.#canvas);
    if (surface === null) return;
    this.#place = { left: area.left, width: surface.width - area.left };
    drawDays(surface, this.#place, colours, this.#rows, this.#rows.map(dayName(now)));
    setAttribute(this.#canvas, 'aria-label', daysWords(this.#rows));
  }
}

const dayName =
  (now: UnixMillis) =>
  ({ day }: DayRow): string => {
    const today = Math.floor((now - new Date(now).getTimezoneOffset() * 60_000) / DAY_LENGTH);
    return day === today ? 'today' : 'yest.';
  };
