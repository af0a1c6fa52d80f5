// Everything that the page of one endpoint tells, asked of the history once a second and not once a frame: spans of a day
// are put together from many rollups.

import type { EndpointHistory } from '../../history/endpoint-history.js';
import type { LossRuns } from '../../history/probe-log/loss-runs.js';
import type { RttCount } from '../../history/probe-log/span-reader.js';
import type { EpochStats } from '../../history/statistics/epoch-stats.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import { durationText } from '../format.js';
import { DAY_LENGTH } from '../wall-clock.js';
import type { Zone } from '../wall-clock.js';
import { detailWindows } from './detail-windows.js';
import type { DetailWindow } from './detail-windows.js';

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;

export type DetailsNumbers = {
  windows: readonly DetailWindow[];
  /** One for each of the windows. */
  stats: readonly EpochStats[];
  /** RTTs of the last day, or of all there is of it, and of the last minute. */
  usual: readonly RttCount[];
  usualCaption: string;
  lastMinute: readonly RttCount[];
  /** Of the last hour. */
  runs: LossRuns;
};

const numbersOf = (endpoint: EndpointHistory, now: UnixMillis, clockOffset: Millis, zone: Zone): DetailsNumbers => {
  const { info, firstAt } = endpoint;
  const windows = detailWindows(info, firstAt, now, clockOffset, zone);
  const known = Math.max(0, now - (firstAt ?? now));
  return {
    windows,
    stats: windows.map(({ from, to }) => endpoint.span(from, to)),
    usual: endpoint.rttCounts(now - DAY_LENGTH, now),
    usualCaption: `usual (${durationText(known < DAY_LENGTH ? Math.round(known / 1000) * 1000 : DAY_LENGTH)})`,
    lastMinute: endpoint.rttCounts(now - MINUTE, now),
    runs: endpoint.lossRuns(now - HOUR, now),
  };
};

export class DetailsData {
  #key = '';
  #numbers: DetailsNumbers | null = null;

  /** At most a second old. */
  of(endpoint: EndpointHistory, now: UnixMillis, clockOffset: Millis, zone: Zone): DetailsNumbers {
    const key = `${endpoint.info.id} ${Math.floor(now / 1000)} ${clockOffset}`;
    if (key !== this.#key || this.#numbers === null) {
      this.#key = key;
      this.#numbers = numbersOf(endpoint, now, clockOffset, zone);
    }
    return this.#numbers;
  }
}
