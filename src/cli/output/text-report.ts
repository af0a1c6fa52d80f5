// --text: a line where the verdict changes, and a line per endpoint per epoch, printed once every probe of the epoch has settled, so that a loss in it is a
// fact.

import { sentenceOf } from '../../diagnosis/wording/verdict-words.js';
import type { VerdictEvent } from '../../events/verdict.js';
import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import type { EndpointEvent, ProbeEvent, RemovedEvent, ResolvedEvent } from '../../events/events.js';
import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { SessionInfo } from '../../events/session-info.js';
import type { EndpointId, Millis, UnixMillis } from '../../events/units.js';
import { counted, durationText, lossText, preciseRttText } from '../../view/format.js';
import { errorText, ledgerEventText } from '../../view/outage-text.js';
import { printable, textWidth } from '../../view/text.js';
import type { LocalMillis, Zone } from '../../view/wall-clock.js';
import { dateTimeText, instantText, localOf } from '../../view/wall-clock.js';
import { EpochReport } from '../report/epoch-report.js';
import { otherStates } from '../report/other-states.js';

/** The prober may tell a timeout a little after it has passed. */
const SETTLING_SLACK: Millis = 200;
/** Longer labels push their line's columns to the right. */
const WIDEST_LABEL = 32;

export class TextReport {
  readonly #report: EpochReport;
  readonly #zone: Zone;
  readonly #write: (text: string) => void;
  #labelWidth: number;

  constructor(info: SessionInfo, width: Millis, zone: Zone, write: (text: string) => void) {
    this.#report = new EpochReport(info, width, info.timeout + SETTLING_SLACK);
    this.#zone = zone;
    this.#write = write;
    this.#labelWidth = widestLabel(info.endpoints);
  }

  event(event: ProbeEvent): void {
    this.#report.event(event);
    this.#writeDue();
    if (event.type === 'verdict') this.#writeVerdict(event);
    else if (event.type === 'gap') {
      const lasted = durationText(event.to - event.from);
      this.#write(`${this.#dateTime(event.from)}  not collecting for ${lasted} (${event.reason})\n`);
    } else if (event.type === 'endpoint' || event.type === 'removed') this.#tellRoster(event);
    else if (event.type === 'resolved') this.#tellAddress(event);
  }

  #tellAddress({ at, endpoint: id, address, name }: ResolvedEvent): void {
    const { endpoints, outages } = this.#report.history;
    const nameOf = (named: EndpointId): string => endpoints[named]?.info.label ?? '';
    const entry = outages.events.findLast((one) => 'address' in one && one.endpoint === id && one.at === at);
    if (entry !== undefined) {
      const { what, text } = ledgerEventText(entry, nameOf);
      this.#write(`${this.#dateTime(at)}  ${what}  ${printable(text, true)}\n`);
    }
    if (name !== undefined) {
      this.#write(`${this.#dateTime(at)}  name  ${printable(`${nameOf(id)}  ${address} is ${name}`, true)}\n`);
    }
  }

  #tellRoster({ at, endpoint: id }: EndpointEvent | RemovedEvent): void {
    const { endpoints, outages } = this.#report.history;
    const infos = endpoints.filter(({ removedAt }) => removedAt === null).map(({ info }) => info);
    this.#labelWidth = widestLabel(infos);
    const entry = outages.events.findLast((one) => 'endpoint' in one && one.endpoint === id && one.at === at);
    if (entry === undefined) return;
    const { what, text } = ledgerEventText(entry, (named) => endpoints[named]?.info.label ?? '');
    this.#write(`${this.#dateTime(at)}  ${what}  ${printable(text, true)}\n`);
  }

  /** That nothing is known yet goes without saying. */
  #writeVerdict(verdict: VerdictEvent): void {
    if (verdict.code === 'starting') return;
    const sentence = sentenceOf(verdict, (at) => instantText(this.#local(at), this.#local(verdict.at)));
    this.#write(`${this.#dateTime(verdict.at)}  verdict: ${printable(sentence, true)}\n`);
  }

  /** The epochs that are left, the last one cut short by the end of the run. */
  finish(): void {
    this.#report.finish();
    this.#writeDue();
  }

  #writeDue(): void {
    for (const { endpoint, stats } of this.#report.due()) {
      if (stats.slots > 0) this.#write(this.#line(endpoint.info, stats));
    }
  }

  #line({ label }: EndpointInfo, stats: EpochStats): string {
    const name = printable(label, true);
    const padded = name + ' '.repeat(Math.max(0, this.#labelWidth - textWidth(name)));
    const { counts } = stats;
    const others = otherStates(counts).map(([state, count]) => `, ${count} ${state}`);
    const rtts = `p50 ${preciseRttText(stats.p50)}  p95 ${preciseRttText(stats.p95)}  max ${preciseRttText(stats.max)}  jitter ${preciseRttText(stats.jitter)} ms`;
    const times = stats.p50 === null ? '' : `  ${rtts}`;
    const cause = stats.error === null ? '' : `  ${printable(causeText(stats.error), true)}`;
    const outcome = `${counted(stats.slots, 'probe')}, ${counts.answered} answered${others.join('')}`;
    return `${this.#dateTime(stats.from)}  ${padded}  loss ${lossText(stats.loss)}${times}  ${outcome}${cause}\n`;
  }

  #dateTime(at: UnixMillis): string {
    return dateTimeText(this.#local(at));
  }

  #local(at: UnixMillis): LocalMillis {
    return localOf(at + this.#report.history.clockOffset, this.#zone);
  }
}

const causeText = (error: string): string => {
  const words = errorText(error);
  return words === error ? `(${error})` : words;
};

const widestLabel = (endpoints: readonly EndpointInfo[]): number => {
  const widths = endpoints.map(({ label }) => textWidth(printable(label, true)));
  return Math.min(WIDEST_LABEL, Math.max(0, ...widths));
};
