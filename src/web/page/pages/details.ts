// The page of one endpoint: its numbers over spans of time, how its RTTs are distributed, usually and now, percentiles
// over the last day, runs of losses, outages and the addresses that it had.

import type { EndpointId, Millis } from '../../../events/units.js';
import { detailWindows } from '../../../view/details/detail-windows.js';
import { lossRunsText } from '../../../view/details/loss-runs-text.js';
import { rangeText, rttHistogram } from '../../../view/details/rtt-histogram.js';
import { planText } from '../../../view/endpoint-text.js';
import { durationText, lossText, preciseRttText, widthText } from '../../../view/format.js';
import { STATISTIC_VIEWS } from '../../../view/statistics.js';
import { systemZone } from '../../../view/wall-clock.js';
import { errorText } from '../../../view/outage-text.js';
import type { ColumnsAnswer, EndpointAnswer, WireEndpoint, WireSpan } from '../../wire/answers.js';
import { columnFromWire } from '../../wire/columns.js';
import type { Colours } from '../canvas/colours.js';
import { ApiError, get } from '../data/api.js';
import type { Session } from '../data/session.js';
import { element, setText } from '../parts/dom.js';
import { stateText } from '../parts/state-text.js';
import { timeText } from '../parts/time-text.js';
import { Chart } from './charts.js';
import type { Page, PageActions } from './pages.js';

/** Asked for anew so often while it is open. */
const EVERY: Millis = 3000;
const DAY: Millis = 86_400_000;
const MINUTE: Millis = 60_000;

const HISTOGRAM_ROWS = 9;
/** Points of the chart over time. */
const POINTS = 240;
/** Of fewer a p95 is but the worst. */
const PROBES_A_POINT = 40;
const MOST_OUTAGES = 12;

type Window = { caption: string; span: WireSpan };
type Numbers = { windows: Window[]; day: EndpointAnswer; minute: EndpointAnswer; columns: ColumnsAnswer };

export class DetailsPage implements Page {
  readonly #session: Session;
  readonly #actions: PageActions;
  #endpoint: EndpointId | null = null;
  #parts: Parts | null = null;
  #askedAt = -Infinity;
  #colours: Colours | null = null;

  constructor(session: Session, actions: PageActions) {
    this.#session = session;
    this.#actions = actions;
  }

  /** Whose details they are from now on. */
  of(endpoint: EndpointId): void {
    if (endpoint === this.#endpoint) return;
    this.#endpoint = endpoint;
    this.#askedAt = -Infinity;
    this.#parts?.clear();
  }

  begin(place: HTMLElement): void {
    this.#parts?.clear();
    this.#parts = new Parts(place, this.#actions);
    this.#askedAt = -Infinity;
  }

  draw(colours: Colours): void {
    const { endpoints, said, now } = this.#session;
    const endpoint = endpoints.find(({ id }) => id === this.#endpoint);
    if (endpoint === undefined || this.#parts === null) return;
    if (this.#colours !== null && this.#colours !== colours) this.#parts.clear();
    this.#colours = colours;
    this.#parts.showHead(endpoint, stateText(endpoint, said.verdict));
    if (performance.now() - this.#askedAt < EVERY || this.#session.brokenAt !== null) return;
    this.#askedAt = performance.now();
    void this.#ask(endpoint, now, this.#parts, colours);
  }

  async #ask(endpoint: WireEndpoint, now: number, parts: Parts, colours: Colours): Promise<void> {
    const { id, firstAt } = endpoint;
    const spanned = (from: number, to: number): Promise<EndpointAnswer> =>
      get<EndpointAnswer>('/api/endpoint', { endpoint: id, from: Math.max(0, Math.floor(from)), to: Math.ceil(to) });
    try {
      const windows = detailWindows(endpoint, firstAt, now, 0, systemZone);
      const [day, minute, columns, ...spans] = await Promise.all([
        spanned(now - DAY, now),
        spanned(now - MINUTE, now),
        this.#columns(endpoint, now),
        ...windows.map(({ from, to }) => spanned(from, to)),
      ]);
      if (id !== this.#endpoint || parts !== this.#parts) return;
      const told = spans.map(({ span }, i): Window => ({ caption: windows[i]?.caption ?? '', span }));
      const { events } = this.#session.events;
      const addresses = events.filter((event) => event.type === 'address' && event.endpoint === id);
      parts.show({ windows: told, day, minute, columns }, now, colours);
      parts.showAddresses(
        addresses.map((event) => ('address' in event ? `${timeText(event.at, now)} ${event.address}` : '')),
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      parts.problem(error.message);
    }
  }

  /** Of the last day, or since the beginning, as wide as makes a chart. */
  #columns({ id, firstAt, interval }: WireEndpoint, now: number): Promise<ColumnsAnswer> {
    const length = Math.min(DAY, now - (firstAt ?? now));
    const width = Math.ceil(Math.max(length / POINTS, interval * PROBES_A_POINT) / 1000) * 1000;
    return get<ColumnsAnswer>('/api/columns', {
      endpoint: id,
      width,
      from: Math.floor(now - Math.max(length, width)),
      to: Math.ceil(now),
    });
  }
}

/** The elements, and what they say. */
class Parts {
  readonly #actions: PageActions;
  readonly #title = element('h2');
  readonly #about = element('p', { class: 'caption' });
  readonly #problem = element('p', { role: 'alert' });
  readonly #table = element('table');
  readonly #runs = element('p');
  readonly #outages = element('div');
  readonly #addresses = element('p');
  readonly #histogramPlace = element('div');
  readonly #overTimePlace = element('div');
  readonly #overTimeTitle = element('h3');
  #histogram = new Chart(this.#histogramPlace);
  #overTime = new Chart(this.#overTimePlace);
  #ranges = '';

  constructor(place: HTMLElement, actions: PageActions) {
    this.#actions = actions;
    const back = element('button', { type: 'button' }, 'back');
    back.addEventListener('click', actions.close);
    place.append(
      back,
      this.#title,
      this.#about,
      this.#problem,
      element(
        'div',
        { class: 'columns' },
        element('div', { class: 'scroll' }, element('h3', {}, 'Over the last'), this.#table),
        element(
          'div',
          {},
          element('h3', {}, 'Losses in a row, last 24 h'),
          this.#runs,
          element('h3', {}, 'Outages'),
          this.#outages,
          element('h3', {}, 'Addresses'),
          this.#addresses,
        ),
        element('div', {}, element('h3', {}, 'How RTTs are distributed'), this.#histogramPlace),
        element('div', {}, this.#overTimeTitle, this.#overTimePlace),
      ),
    );
  }

  clear(): void {
    this.#histogram.close();
    this.#overTime.close();
    this.#histogram = new Chart(this.#histogramPlace);
    this.#overTime = new Chart(this.#overTimePlace);
    this.#ranges = '';
    for (const part of [this.#table, this.#histogramPlace, this.#overTimePlace, this.#outages]) part.replaceChildren();
  }

  showHead(endpoint: WireEndpoint, state: string): void {
    const { label, address, ttl } = endpoint;
    setText(this.#title, state === '' ? label : `${label}: ${state}`);
    const where = address === null ? 'name not resolved' : address === label ? '' : address;
    const quality = endpoint.state?.quality ?? null;
    const call =
      quality === null ? '' : `call: ${quality.word}, R ${quality.r.toFixed(0)}, MOS ${quality.mos.toFixed(1)} (est.)`;
    const facts = [where, planText(endpoint), ttl === null ? '' : `TTL ${ttl}`, call];
    setText(this.#about, facts.filter((fact) => fact !== '').join(' · '));
  }

  problem(text: string): void {
    setText(this.#problem, text);
  }

  showAddresses(lines: readonly string[]): void {
    setText(this.#addresses, lines.length === 0 ? 'always the same' : lines.join(' · '));
  }

  show({ windows, day, minute, columns }: Numbers, now: number, colours: Colours): void {
    this.problem('');
    this.#showTable(windows);
    setText(
      this.#runs,
      lossRunsText(day.lossRuns, (at) => timeText(at, now)),
    );
    this.#showOutages(day, now);
    const rows = rttHistogram(day.rtts, minute.rtts, HISTOGRAM_ROWS);
    const step = (rows[0]?.to ?? 1) - (rows[0]?.from ?? 0);
    const ranges = rows.map((row) => rangeText(row, step));
    // Other ranges are another axis.
    if (ranges.join() !== this.#ranges) {
      this.#histogram.close();
      this.#histogram = new Chart(this.#histogramPlace);
      this.#ranges = ranges.join();
    }
    const percent = (shares: readonly number[]): number[] => shares.map((share) => Number((100 * share).toFixed(2)));
    const [usual, recent] = [percent(rows.map((row) => row.usual)), percent(rows.map((row) => row.now))];
    this.#draw(this.#histogram.showHistogram(ranges, usual, recent, colours));
    const points = columns.columns.map((column) => columnFromWire(column, columns.width));
    setText(this.#overTimeTitle, `Percentiles over time, ${widthText(columns.width)} a point`);
    this.#draw(
      this.#overTime.showPercentiles(
        points.map(({ from }) => from / 1000),
        (['p50', 'p95', 'p99'] as const).map((name) => ({ caption: name, values: points.map((point) => point[name]) })),
        colours,
      ),
    );
  }

  #draw(drawn: Promise<void>): void {
    drawn.catch((error: unknown) => this.problem(error instanceof Error ? error.message : String(error)));
  }

  #showTable(windows: readonly Window[]): void {
    const row = (caption: string, value: (span: WireSpan) => string): HTMLElement =>
      element('tr', {}, element('th', {}, caption), ...windows.map(({ span }) => element('td', {}, value(span))));
    const settled = (span: WireSpan): number => span.slots - span.inFlight - span.void;
    this.#table.replaceChildren(
      element('tr', {}, element('th', {}, ''), ...windows.map(({ caption }) => element('th', {}, caption))),
      ...STATISTIC_VIEWS.map(({ statistic, caption }) =>
        row(`${caption} ms`, (span) => preciseRttText(span[statistic])),
      ),
      row('lost', (span) => lossText(span.loss)),
      row('late', (span) => (settled(span) === 0 ? '-' : lossText(span.late / settled(span)))),
      row('probes', (span) => String(span.slots)),
    );
  }

  #showOutages({ outages }: EndpointAnswer, now: number): void {
    const lines = outages.slice(-MOST_OUTAGES).toReversed();
    this.#outages.replaceChildren(
      ...lines.map(({ from, to, lost, error }) => {
        const length = durationText((to ?? now) - from);
        const why = error === null ? '' : `, ${errorText(error)}`;
        const text = `${timeText(from, now)}, ${to === null ? 'lasts' : length}, ${lost} lost${why}`;
        const button = element('button', { type: 'button', class: 'row' }, text);
        button.addEventListener('click', () => this.#actions.lookAt(from));
        return button;
      }),
      ...(lines.length === 0 ? ['none'] : []),
    );
  }
}
