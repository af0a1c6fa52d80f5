// Charts with axes are uPlot's: loaded when the first is wanted, drawn in the colours of the page.

import type uPlot from 'uplot';
import type { Colours } from '../canvas/colours.js';
import type { UnixMillis } from '../../../events/units.js';
import { DAY_LENGTH, dayText, localOf, secondText, systemZone } from '../../../view/wall-clock.js';
import { element } from '../parts/dom.js';

type Library = typeof uPlot;

let loading: Promise<Library> | null = null;

/** Rejects where it can't be loaded. */
const library = (): Promise<Library> => {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = '/uplot.js';
    script.addEventListener('load', () => resolve((window as unknown as { uPlot: Library }).uPlot));
    script.addEventListener('error', () => {
      loading = null;
      reject(new Error('the charts can’t be loaded'));
    });
    document.head.append(element('link', { rel: 'stylesheet', href: '/uplot.css' }), script);
  });
  return loading;
};

/** Midnight is a day. */
const clockText = (at: UnixMillis): string => {
  const local = localOf(at, systemZone);
  return local % DAY_LENGTH === 0 ? dayText(local) : secondText(local).replace(/:00$/, '');
};

const FONT = '12px system-ui, sans-serif';

const axis = (colours: Colours): uPlot.Axis => ({
  stroke: colours.caption,
  font: FONT,
  grid: { stroke: colours.faint, width: 0.5 },
  ticks: { stroke: colours.faint, width: 0.5 },
});

const HEIGHT = 190;

export class Chart {
  readonly root: HTMLElement;
  #chart: uPlot | null = null;
  #isWanted = true;

  constructor(root: HTMLElement) {
    this.root = root;
  }

  /** Lets go of what was drawn. */
  close(): void {
    this.#isWanted = false;
    this.#chart?.destroy();
    this.#chart = null;
  }

  /** How often each range of RTT came, in percent of all: usually and now. */
  async showHistogram(ranges: readonly string[], usual: number[], now: number[], colours: Colours): Promise<void> {
    const Plot = await library();
    const bars = Plot.paths.bars;
    if (bars === undefined) return;
    const series = (label: string, colour: string, fill: string, align: -1 | 1): uPlot.Series => ({
      label,
      stroke: colour,
      fill,
      width: 1,
      paths: bars({ size: [0.42, 60], align }),
      points: { show: false },
      value: (_, value) => (value === null ? '' : `${value.toFixed(1)} %`),
    });
    this.#draw(
      Plot,
      {
        scales: {
          x: { time: false, range: () => [-0.6, ranges.length - 0.4] },
          y: { range: (_, __, max) => [0, max] },
        },
        axes: [
          {
            ...axis(colours),
            splits: () => ranges.map((_, i) => i),
            values: (_, splits) => splits.map((i) => ranges[i] ?? ''),
            grid: { show: false },
            label: 'RTT, ms',
            labelFont: FONT,
          },
          { ...axis(colours), values: (_, splits) => splits.map((value) => `${value} %`) },
        ],
        series: [
          { label: 'RTT', value: (_, i) => (i === null ? '' : `${ranges[i] ?? ''} ms`) },
          series('usual (24 h)', colours.caption, colours.faint, -1),
          series('last minute', colours.good.bar, colours.good.smoke, 1),
        ],
      },
      [ranges.map((_, i) => i), usual, now],
    );
  }

  /** Percentiles over time; nulls where nothing was answered. `at` in seconds since 1970. */
  async showPercentiles(
    at: number[],
    percentiles: readonly { caption: string; values: (number | null)[] }[],
    colours: Colours,
  ): Promise<void> {
    const Plot = await library();
    const strokes = [colours.text, colours.good.bar, colours.caption];
    this.#draw(
      Plot,
      {
        scales: { y: { range: (_, __, max) => [0, max * 1.05] } },
        axes: [
          { ...axis(colours), values: (_, splits) => splits.map((at) => clockText(at * 1000)) },
          { ...axis(colours), label: 'RTT, ms', labelFont: FONT },
        ],
        series: [
          { label: 'time', value: (_, seconds) => (seconds === null ? '' : clockText(seconds * 1000)) },
          ...percentiles.map(({ caption }, i): uPlot.Series => {
            const stroke = strokes[i] ?? colours.text;
            const value = (_: uPlot, rtt: number | null): string => (rtt === null ? '' : `${rtt.toFixed(1)} ms`);
            return {
              label: caption,
              stroke,
              width: 1.5,
              dash: i === 0 ? [] : [4 * i, 2 * i],
              points: { show: false },
              value,
            };
          }),
        ],
      },
      [at, ...percentiles.map(({ values }) => values)],
    );
  }

  #draw(Plot: Library, options: Omit<uPlot.Options, 'width' | 'height'>, data: uPlot.AlignedData): void {
    if (!this.#isWanted) return;
    const width = this.root.clientWidth;
    if (this.#chart !== null && this.#chart.width === width && this.#chart.series.length === options.series.length) {
      this.#chart.setData(data);
      return;
    }
    this.#chart?.destroy();
    this.#chart = new Plot({ ...options, width, height: HEIGHT }, data, this.root);
  }
}
