// Numbers, times and causes in words, the same in text and on the page. Whoever reads a report isn't who made it: "own" is
// theirs who sent it.

import type { EndpointId, Millis, UnixMillis } from '../../../events/units.js';
import type { BlameCode } from '../../../view/days/day-cells.js';
import { counted, durationText, preciseRttText, widthText } from '../../../view/format.js';
import { dayNumber, localOf, minuteText, secondText, weekdayText } from '../../../view/wall-clock.js';
import type { LocalMillis, Zone } from '../../../view/wall-clock.js';
import type { Account, Report, ReportEndpoint, ReportEpisode, ReportStretch } from '../report-model.js';

export const CAUSE_WORDS: Readonly<Record<BlameCode, string>> = {
  machine: 'this machine itself',
  'own-traffic': 'own traffic filled the line',
  local: 'own router or Wi-Fi',
  provider: 'the line or the provider',
  beyond: 'beyond the provider',
  host: 'one host alone',
  unclear: 'unclear whose',
};

/** One letter for each cell of the heat map; capital where it is bad for a minute or more. */
export const CAUSE_LETTERS: Readonly<Record<BlameCode, string>> = {
  machine: 'm',
  'own-traffic': 't',
  local: 'r',
  provider: 'p',
  beyond: 'b',
  host: 'h',
  unclear: 'u',
};

/** `1,234` */
export const countText = (count: number): string => count.toLocaleString('en-US');

/** A percentage that says 0 and 100 only where it is so: `0 %`, `0.0042 %`, `1.98 %`, `12.3 %`, `99.9958 %`, `100 %`. */
export const shareText = (share: number | null): string => {
  if (share === null) return '-';
  const percent = 100 * share;
  if (percent === 0 || percent === 100) return `${percent} %`;
  const rest = 100 - percent;
  if (rest < 0.1) return `${percent.toFixed(decimalsOf(rest))} %`;
  if (percent < 0.1) return `${percent.toFixed(decimalsOf(percent))} %`;
  return `${percent.toFixed(percent < 10 || rest < 10 ? 2 : 1)} %`;
};

/** So many decimals that a small number keeps two digits. */
const decimalsOf = (value: number): number => Math.min(10, 1 - Math.floor(Math.log10(value)));

export const rttMs = (rtt: Millis | null): string => (rtt === null ? '-' : `${preciseRttText(rtt)} ms`);

export const lostOf = ({ counts }: Account): number => counts.lost + counts.unreachable + counts.unsent;

/** In flight at the end or across a suspend: nobody knows what became of them. */
export const unknownOf = ({ counts }: Account): number => counts.inFlight + counts.void;

export class Words {
  readonly #report: Report;
  readonly #zone: Zone;
  readonly #byId: ReadonlyMap<EndpointId, ReportEndpoint>;

  constructor(report: Report, zone: Zone) {
    this.#report = report;
    this.#zone = zone;
    this.#byId = new Map(report.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  }

  local(at: UnixMillis): LocalMillis {
    return localOf(at, this.#zone);
  }

  /** `Fri 20 Nov 19:00:00` */
  instant(at: UnixMillis): string {
    const local = this.local(at);
    return `${weekdayText(local)} ${secondText(local)}`;
  }

  /** `Fri 20 Nov 19:00:00 to 20:00:59`, with the day of its end where that is another. */
  span(from: UnixMillis, to: UnixMillis | null): string {
    if (to === null) return `${this.instant(from)} to the end`;
    const sameDay = dayNumber(this.local(from)) === dayNumber(this.local(to));
    return `${this.instant(from)} to ${sameDay ? secondText(this.local(to)) : this.instant(to)}`;
  }

  /** The same in minutes, for what begins and ends with a quarter of an hour. */
  quarters({ from, to }: ReportStretch): string {
    const [begin, end] = [this.local(from), this.local(to)];
    const sameDay = dayNumber(begin) === dayNumber(end);
    const day = sameDay ? '' : `${weekdayText(end)} `;
    return `${weekdayText(begin)} ${minuteText(begin)} to ${day}${minuteText(end)}`;
  }

  /** What it is, of when, by which clock. */
  get heading(): string[] {
    const { from, to, madeWith, zoneName } = this.#report;
    const offsets = [...new Set([from, to].map((at) => offsetText(this.#zone(at))))].join(', then ');
    return [
      `Network report by pingem ${madeWith}`,
      `${this.#date(from)} to ${this.#date(to)}, ${watchedText(this.#report)}`,
      `Times are local: ${zoneName === null ? offsets : `${zoneName} (${offsets})`}`,
    ];
  }

  /** `Fri 20 Nov 2026 19:00:00` */
  #date(at: UnixMillis): string {
    const local = this.local(at);
    return `${weekdayText(local)} ${new Date(local).getUTCFullYear()} ${secondText(local)}`;
  }

  name(id: EndpointId): string {
    return this.#byId.get(id)?.label ?? `endpoint ${id}`;
  }

  names(ids: readonly EndpointId[], most = Infinity): string {
    if (ids.length > most)
      return `${ids
        .slice(0, most)
        .map((id) => this.name(id))
        .join(', ')} and ${ids.length - most} more`;
    return ids.map((id) => this.name(id)).join(', ');
  }

  cause({ code, endpoints }: Pick<ReportEpisode, 'code' | 'endpoints'>): string {
    return code === 'host' && endpoints.length === 1 ? `only ${this.names(endpoints)}` : CAUSE_WORDS[code];
  }
}

/** `30 % lost over 10 s, p50 105 ms` */
export const worstText = ({ worstLoss, worstP50 }: Pick<ReportEpisode, 'worstLoss' | 'worstP50'>): string =>
  [
    ...(worstLoss === null || worstLoss === 0 ? [] : [`${shareText(worstLoss)} lost over 10 s`]),
    ...(worstP50 === null ? [] : [`p50 ${rttMs(worstP50)}`]),
  ].join(', ');

const offsetText = (offset: Millis): string => {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `UTC${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
};

/** Where an endpoint stands. */
export const placeText = ({ kind, place, hop }: Pick<ReportEndpoint, 'kind' | 'place' | 'hop'>): string => {
  if (kind === 'gateway' || place === 'gateway') return 'own router';
  if (kind === 'provider' || place === 'provider') return "provider's router";
  if (kind === 'hop') return `hop ${hop ?? '?'}`;
  return kind === 'internet' ? 'internet' : 'host';
};

/** What a stretch says of whoever had it and whoever hadn't: `2.02 % lost, p50 70.1 ms, usual 9.88`. */
export const partText = (part: ReportStretch['parts'][number]): string => {
  const usual = part.usualP50 === null ? '' : `, usual ${preciseRttText(part.usualP50)}`;
  const late = part.counts.late === 0 ? '' : `, ${countText(part.counts.late)} late`;
  return `${shareText(part.loss)} lost${late}, p50 ${rttMs(part.p50)}${usual}`;
};

export const watchedText = (report: Report): string => {
  const { from, to, gapTime, gapCount } = report;
  const gaps = gapCount === 0 ? '' : `; in ${durationText(gapTime)} of it nobody looked`;
  return `${durationText(to - from)}${gaps}`;
};

/** `every 1 s` or `every 0.2 s to 5 s` */
export const everyText = (endpoints: readonly { interval: Millis }[]): string => {
  const intervals = endpoints.map(({ interval }) => interval);
  if (intervals.length === 0) return '';
  const [least, most] = [Math.min(...intervals), Math.max(...intervals)];
  return least === most ? `every ${widthText(least)}` : `every ${widthText(least)} to ${widthText(most)}`;
};

export const episodesText = (count: number): string => counted(count, 'episode');

export const worstTitle = ({ worst }: Report): string =>
  worst.length === 1 ? 'The worst episode' : `The ${worst.length} worst episodes`;
