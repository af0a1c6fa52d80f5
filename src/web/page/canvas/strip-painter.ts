// Draws one strip: its columns, its scale at the left, a lane above for signs, and the line of the cursor.

import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import type { UnixMillis } from '../../../events/units.js';
import { scaleLabels } from '../../../view/wall/scale.js';
import type { Scale } from '../../../view/wall/scale.js';
import type { ChartArea } from './chart-area.js';
import type { Band, Colours } from './colours.js';
import { columnParts } from './column-parts.js';
import type { ColumnParts } from './column-parts.js';
import { captionFont } from './fonts.js';
import { hatching } from './hatching.js';
import type { Surface } from './surface.js';

export type StripPicture = {
  /** One a column; undefined where it hasn't come yet. */
  readonly columns: readonly (EpochStats | undefined)[];
  readonly scale: Scale;
  readonly bandOf: (stats: EpochStats) => Band;
  /** Column under the cursor. */
  readonly cursor: number | null;
  /** Columns in which the name came to stand for another address. */
  readonly addressColumns: readonly number[];
  readonly now: UnixMillis;
};

/** Height of the lane, in pixels of the style sheet. */
const LANE = 9;

const triangle = (context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void => {
  context.beginPath();
  context.moveTo(x, y + height);
  context.lineTo(x + width / 2, y);
  context.lineTo(x + width, y + height);
  context.fill();
};

const diamond = (context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void => {
  context.beginPath();
  context.moveTo(x + width / 2, y);
  context.lineTo(x + width, y + height / 2);
  context.lineTo(x + width / 2, y + height);
  context.lineTo(x, y + height / 2);
  context.fill();
};

export class StripPainter {
  readonly #surface: Surface;
  readonly #area: ChartArea;
  readonly #colours: Colours;
  readonly #top: number;
  readonly #height: number;

  constructor(surface: Surface, area: ChartArea, colours: Colours) {
    this.#surface = surface;
    this.#area = area;
    this.#colours = colours;
    this.#top = Math.round((LANE * surface.height) / Math.max(1, surface.context.canvas.clientHeight));
    this.#height = surface.height - this.#top;
  }

  draw(picture: StripPicture): void {
    const { columns, scale, cursor, now, bandOf } = picture;
    this.#scale(scale);
    for (const [i, stats] of columns.entries()) {
      if (stats === undefined) continue;
      const parts = columnParts(stats, scale, this.#height, this.#surface.unit, now);
      this.#column(this.#area.left + i * this.#area.columnWidth, parts, bandOf(stats));
    }
    for (const column of picture.addressColumns) this.#address(column);
    if (cursor !== null) this.#cursor(cursor);
  }

  #column(x: number, parts: ColumnParts, band: Band): void {
    const { context, height } = this.#surface;
    const { columnWidth: width } = this.#area;
    const { bar, smoke } = this.#colours[band];
    if (parts.ground === 'gap') {
      context.fillStyle = hatching(context, this.#colours.faint, this.#surface.unit);
      context.fillRect(x, this.#top, width, this.#height);
    }
    context.fillStyle = smoke;
    context.fillRect(x, height - parts.smoke, width, parts.smoke - parts.bar);
    context.fillStyle = bar;
    context.fillRect(x, height - parts.bar, width, parts.bar);
    if (parts.loss !== null) {
      context.fillStyle = parts.loss.kind === 'tick' ? this.#colours.caption : this.#colours.loss;
      context.fillRect(x, this.#top, width, parts.loss.height);
    }
    this.#sign(x, parts, bar);
  }

  /** At most one stands above a column; late goes first, for nothing else shows it. */
  #sign(x: number, { someLate, capped }: ColumnParts, bar: string): void {
    const { context, unit } = this.#surface;
    const { columnWidth: width } = this.#area;
    const size = this.#top - 2 * unit;
    // Where columns are narrower than a sign, the sign keeps its size.
    const across = Math.max(width - unit, size * 0.75);
    const left = x + (width - across) / 2;
    if (someLate) {
      context.fillStyle = this.#colours.late.bar;
      diamond(context, left, unit, across, size);
    } else if (capped !== null) {
      context.fillStyle = capped === 'p95' ? bar : this.#colours.caption;
      triangle(context, left, unit, across, size);
    }
  }

  #address(column: number): void {
    const { context, unit } = this.#surface;
    const x = this.#area.left + column * this.#area.columnWidth;
    context.fillStyle = this.#colours.caption;
    for (let y = this.#top; y < this.#top + this.#height; y += 6 * unit) context.fillRect(x, y, unit, 3 * unit);
  }

  #cursor(column: number): void {
    const { context, height, unit } = this.#surface;
    const { left, columnWidth } = this.#area;
    const x = left + column * columnWidth;
    context.fillStyle = this.#colours.text;
    context.fillRect(x - unit, 0, unit, height);
    context.fillRect(x + columnWidth, 0, unit, height);
  }

  #scale(scale: Scale): void {
    const { context, height, width, unit } = this.#surface;
    const { left } = this.#area;
    context.font = captionFont(this.#surface);
    context.textAlign = 'right';
    context.fillStyle = this.#colours.caption;
    const line = Math.round(height / Math.max(1, context.canvas.clientHeight)) * 14;
    const rows = Math.max(1, Math.floor(this.#height / line));
    for (const { row, text } of scaleLabels(scale, Math.min(rows, 2))) {
      context.textBaseline = row === 0 ? 'top' : 'alphabetic';
      context.fillText(text, left - 6 * unit, row === 0 ? this.#top : height - unit);
    }
    context.fillStyle = this.#colours.faint;
    context.fillRect(left, this.#top - unit, width - left, unit);
    context.fillRect(left, height - unit, width - left, unit);
  }
}
