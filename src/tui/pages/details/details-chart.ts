// The details page: p50 and p95 of one endpoint over time, drawn by blessed-contrib's line chart below a header of our
// own. It is loaded when it is first asked for. The chart gets numbers and times only, no text from outside.
//
// blessed-contrib draws one unbroken line. Epochs without an RTT are NaN here, and NaN lifts the pen.

import type LineChart from 'blessed-contrib/lib/widget/charts/line.js';
import type { LineColour, Series } from 'blessed-contrib/lib/widget/charts/line.js';
import type { EpochStats } from '../../../history/statistics/epoch-stats.js';
import type { Millis } from '../../../events/units.js';
import type { BlessedSurface } from '../../terminal/blessed-surface.js';
import { foregroundOf, TERMINAL_DEFAULT } from '../../terminal/cells.js';
import type { Colour } from '../../terminal/cells.js';
import type { Look } from '../../terminal/look.js';

export type ChartPlace = { top: number; columns: number; rows: number };

export type ChartData = {
  columns: readonly EpochStats[];
  /** Time of each column. */
  labels: readonly string[];
  /** What lies above runs out of the picture, so that an outlier doesn't press the rest to the floor. */
  top: Millis;
};

const chartColour = (colour: Colour): LineColour => (colour === TERMINAL_DEFAULT ? 'normal' : colour);

/** A point at which the pen is up is skipped; a point alone between two of them is drawn as a dot. */
const liftPenAtNaN = (chart: LineChart): void => {
  const { ctx } = chart;
  const draw = ctx.lineTo.bind(ctx);
  let up = true;
  ctx.lineTo = (x, y) => {
    if (Number.isNaN(y)) {
      up = true;
      return;
    }
    if (up) ctx.moveTo(x, y);
    up = false;
    draw(x, y);
  };
};

/** As many labels as divide a round top (1, 2, 4 or 6 times a power of ten) into short numbers. */
const yLabels = (top: Millis): number => {
  const mantissa = Math.round(top / 10 ** Math.floor(Math.log10(top)));
  return mantissa === 1 ? 5 : mantissa === 6 ? 6 : 4;
};

type ChartClass = typeof LineChart;

export class DetailsChart {
  /** It can't be loaded. */
  unavailable = false;
  readonly #surface: BlessedSurface;
  readonly #look: Look;
  #Chart: ChartClass | null = null;
  #loading: Promise<void> | null = null;
  #chart: LineChart | null = null;
  #place = '';

  constructor(surface: BlessedSurface, look: Look) {
    this.#surface = surface;
    this.#look = look;
  }

  /** Whether `show` will draw; before that `load` is to be called. */
  get loaded(): boolean {
    return this.#Chart !== null;
  }

  /** Settles, never rejects: where the files can't be read (privileges were dropped) there is no chart. */
  load(): Promise<void> {
    this.#loading ??= import('blessed-contrib/lib/widget/charts/line.js').then(
      (module) => {
        this.#Chart = module.default;
      },
      () => {
        this.unavailable = true;
      },
    );
    return this.#loading;
  }

  show(place: ChartPlace, data: ChartData): void {
    const Chart = this.#Chart;
    if (Chart === null || data.columns.length === 0) return;
    const key = `${place.top} ${place.columns} ${place.rows}`;
    if (key !== this.#place) this.hide();
    this.#chart ??= this.#create(Chart, place);
    this.#place = key;
    const { bar } = this.#look;
    const series = (title: string, colour: Colour, values: readonly (number | null)[]): Series => ({
      title,
      x: [...data.labels],
      y: values.map((value) => value ?? NaN),
      style: { line: chartColour(colour) },
    });
    this.#chart.options.maxY = data.top;
    this.#chart.options.numYLabels = yLabels(data.top);
    this.#chart.setData([
      series(
        'p95',
        bar.warn,
        data.columns.map(({ p95 }) => p95),
      ),
      series(
        'p50',
        bar.good,
        data.columns.map(({ p50 }) => p50),
      ),
    ]);
  }

  hide(): void {
    if (this.#chart === null) return;
    this.#surface.screen.remove(this.#chart);
    this.#chart = null;
    this.#place = '';
  }

  #create(Chart: ChartClass, place: ChartPlace): LineChart {
    const text = chartColour(foregroundOf(this.#look.styles.caption));
    const chart = new Chart({
      // blessed otherwise guesses, and guesses wrong where there has been more than one screen.
      screen: this.#surface.screen,
      top: place.top,
      left: 0,
      width: place.columns,
      height: place.rows,
      style: { line: 'normal', text, baseline: text },
      xLabelPadding: 10,
      xPadding: 12,
      showLegend: false,
      minY: 0,
    });
    this.#surface.screen.append(chart);
    liftPenAtNaN(chart);
    return chart;
  }
}
