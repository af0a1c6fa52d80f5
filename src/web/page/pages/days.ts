// The page of days: the last seven by quarters of an hour, of all endpoints together and of each. A cell opens the wall
// at its time.

import type { EndpointId } from '../../../events/units.js';
import { CELL_LENGTH, CELLS_A_DAY } from '../../../view/days/day-cells.js';
import type { DayRow } from '../../../view/days/day-cells.js';
import { DAY_LENGTH, systemZone, wallOf } from '../../../view/wall-clock.js';
import type { Colours } from '../canvas/colours.js';
import { dayCellAt, drawDays, HOURS_HEIGHT } from '../canvas/days-painter.js';
import { surfaceOf } from '../canvas/surface.js';
import type { Surface } from '../canvas/surface.js';
import { daysOf } from '../data/days.js';
import type { Session } from '../data/session.js';
import { element, setAttribute, setText } from '../parts/dom.js';
import { cellWords, daysWords } from '../parts/day-words.js';
import type { Page, PageActions } from './pages.js';

const DAYS = 7;
const [ROW, GUTTER] = [22, 84];

const placeOf = ({ width }: Pick<Surface, 'width'>, ratio: number): { left: number; width: number } => {
  const left = Math.round(GUTTER * ratio);
  return { left, width: width - left };
};

export class DaysPage implements Page {
  readonly #session: Session;
  readonly #actions: PageActions;
  #charts: { endpoint: EndpointId | null; canvas: HTMLCanvasElement; rows: readonly DayRow[] }[] = [];
  readonly #hint = element('p', { class: 'caption', role: 'status' });

  constructor(session: Session, actions: PageActions) {
    this.#session = session;
    this.#actions = actions;
  }

  begin(place: HTMLElement): void {
    const { endpoints } = this.#session;
    const all: readonly (EndpointId | null)[] = [null, ...(endpoints.length > 1 ? endpoints.map(({ id }) => id) : [])];
    this.#charts = all.map((endpoint) => ({ endpoint, canvas: this.#canvas(endpoint), rows: [] }));
    setText(this.#hint, 'A click on a cell looks at that time.');
    place.append(
      element('h2', {}, 'The last seven days, 15 minutes a cell'),
      this.#hint,
      ...this.#charts.flatMap(({ endpoint, canvas }) => [
        element('h3', {}, endpoint === null ? 'whose fault, all endpoints' : this.#labelOf(endpoint)),
        canvas,
      ]),
    );
  }

  draw(colours: Colours): void {
    for (const chart of this.#charts) {
      chart.rows = daysOf(this.#session, chart.endpoint, DAYS);
      const { canvas, rows } = chart;
      canvas.style.height = `${HOURS_HEIGHT + ROW * rows.length}px`;
      const surface = surfaceOf(canvas);
      if (surface === null) continue;
      drawDays(surface, placeOf(surface, window.devicePixelRatio), colours, rows, null);
      setAttribute(canvas, 'aria-label', daysWords(rows));
    }
  }

  #labelOf(id: EndpointId): string {
    return this.#session.endpoints.find((endpoint) => endpoint.id === id)?.label ?? '';
  }

  #canvas(endpoint: EndpointId | null): HTMLCanvasElement {
    const canvas = element('canvas', { class: 'days', role: 'img' });
    const under = (event: MouseEvent): { row: DayRow; cell: number } | null => {
      const rows = this.#charts.find((chart) => chart.endpoint === endpoint)?.rows ?? [];
      const ratio = window.devicePixelRatio;
      const cell = dayCellAt(event.offsetX * ratio, placeOf(canvas, ratio));
      const row = rows[Math.floor(event.offsetY / ROW)];
      return cell === null || row === undefined || cell >= CELLS_A_DAY ? null : { row, cell };
    };
    canvas.addEventListener('mousemove', (event) => {
      const found = under(event);
      const state = found?.row.cells[found.cell];
      if (found !== null && state !== undefined) setText(this.#hint, cellWords(state, found.cell));
    });
    canvas.addEventListener('click', (event) => {
      const found = under(event);
      if (found === null || found.row.cells[found.cell]?.code === 'unwatched') return;
      this.#actions.lookAt(wallOf(found.row.day * DAY_LENGTH + (found.cell + 0.5) * CELL_LENGTH, systemZone));
    });
    return canvas;
  }
}
