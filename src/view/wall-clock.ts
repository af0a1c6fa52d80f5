// From the session timeline to what a clock on the wall shows, and to its days. The zone comes in as a function, so
// that nothing here depends on the machine's setting. A "local" number is wall-clock time plus the zone's offset: its
// UTC fields are the local ones.

import type { Millis, UnixMillis } from '../events/units.js';

/** How far local time is ahead of UTC at an instant of the wall clock. */
export type Zone = (wall: UnixMillis) => Millis;

export const systemZone: Zone = (wall) => -new Date(wall).getTimezoneOffset() * 60_000;

/** Wall-clock milliseconds whose UTC fields read as local time. */
export type LocalMillis = number;

export const DAY_LENGTH: Millis = 86_400_000;

export const localOf = (wall: UnixMillis, zone: Zone): LocalMillis => wall + zone(wall);

/** The wall-clock instant that shows `local`; where the clocks go back and it is shown twice, the later one. */
export const wallOf = (local: LocalMillis, zone: Zone): UnixMillis => {
  const guess = local - zone(local);
  return local - zone(guess);
};

const pad = (value: number): string => String(value).padStart(2, '0');

export const weekdays: readonly string[] = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `14:32` */
export const minuteText = (local: LocalMillis): string => {
  const date = new Date(local);
  return `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;
};

/** `14:32:07` */
export const secondText = (local: LocalMillis): string =>
  `${minuteText(local)}:${pad(new Date(local).getUTCSeconds())}`;

/** `23 Nov` */
export const dayText = (local: LocalMillis): string => {
  const date = new Date(local);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
};

/** `Sun 23 Nov` */
export const weekdayText = (local: LocalMillis): string => `${weekdays[new Date(local).getUTCDay()]} ${dayText(local)}`;

export const dayNumber = (local: LocalMillis): number => Math.floor(local / DAY_LENGTH);

/** `14:32:07`, with the day in front unless it is the day of `today`. */
export const instantText = (local: LocalMillis, today: LocalMillis): string =>
  dayNumber(local) === dayNumber(today) ? secondText(local) : `${dayText(local)} ${secondText(local)}`;

/** `2026-11-23 14:32:07` */
export const dateTimeText = (local: LocalMillis): string =>
  new Date(local).toISOString().slice(0, 19).replace('T', ' ');

/** ISO 8601 with the zone's offset: `2026-11-23T14:32:05+01:00`. */
export const isoText = (wall: UnixMillis, zone: Zone): string => {
  const local = localOf(wall, zone);
  const minutes = Math.round((local - wall) / 60_000);
  const size = Math.abs(minutes);
  const offset = `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
  return `${new Date(local).toISOString().slice(0, 19)}${offset}`;
};
