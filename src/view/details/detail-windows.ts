// The spans over which the page of one endpoint tells its numbers, shortest first. Only those that can differ: one that
// reaches back beyond the beginning would say what the one before it has said.

import { recentLength } from '../verdict/current-verdict.js';
import { widthText } from '../format.js';
import { DAY_LENGTH, localOf, wallOf } from '../wall-clock.js';
import type { Zone } from '../wall-clock.js';
import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { Millis, UnixMillis } from '../../events/units.js';

export type DetailWindow = {
  /** At most ten columns: `10 s`, `1 m`, `24 h`, `yest. 22 h`. */
  caption: string;
  from: UnixMillis;
  to: UnixMillis;
};

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
const LONGER: readonly { caption: string; length: Millis }[] = [
  { caption: '1 m', length: MINUTE },
  { caption: '10 m', length: 10 * MINUTE },
  { caption: '1 h', length: HOUR },
  { caption: 'day', length: DAY_LENGTH },
];

/** The hour of the clock that `now` is in, a day ago: between two changes of the clocks the same 24 h before. */
const sameHourYesterday = (now: UnixMillis, clockOffset: Millis, zone: Zone): DetailWindow => {
  const local = localOf(now + clockOffset, zone);
  const hour = Math.floor(local / HOUR) * HOUR - DAY_LENGTH;
  const at = (time: number): UnixMillis => wallOf(time, zone) - clockOffset;
  return { caption: `yest. ${new Date(hour).getUTCHours()} h`, from: at(hour), to: at(hour + HOUR) };
};

/** @param firstAt when the endpoint's history begins; null while there is none */
export const detailWindows = (
  info: Pick<EndpointInfo, 'interval'>,
  firstAt: UnixMillis | null,
  now: UnixMillis,
  clockOffset: Millis,
  zone: Zone,
): DetailWindow[] => {
  const recent = recentLength(info);
  const known = firstAt === null ? 0 : now - firstAt;
  const windows: DetailWindow[] = [{ caption: widthText(recent), from: now - recent, to: now }];
  let before = recent;
  for (const { caption, length } of LONGER) {
    if (length <= before || known <= before) continue;
    windows.push({ caption, from: now - length, to: now });
    before = length;
  }
  const yesterday = sameHourYesterday(now, clockOffset, zone);
  return firstAt !== null && firstAt < yesterday.to ? [...windows, yesterday] : windows;
};
