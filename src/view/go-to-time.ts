// The time that a user types after `g`: `14:30`, `14:30:05`, `yesterday 22:00`, `mon 9:15`, `2025-11-23 14:30`,
// `-2h`, `-1d 6h`, `now`. Local time throughout; a time of day alone means its last occurrence.

import { DAY_LENGTH, weekdays } from './wall-clock.js';
import type { LocalMillis } from './wall-clock.js';

const unitLengths: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: DAY_LENGTH,
  w: 7 * DAY_LENGTH,
};

const parseOffset = (text: string): number | null => {
  if (!/^-(\s*\d+(\.\d+)?\s*(min|[smhdw]))+$/.test(text)) return null;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)\s*(min|[smhdw])/g)) {
    sum += Number(amount) * (unitLengths[unit ?? ''] ?? 0);
  }
  return sum;
};

/** Milliseconds since midnight, null where it is no time of day. */
const parseTimeOfDay = (text: string): number | null => {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (match === null) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
};

/** Midnight at the start of the named day, null where it is no day. */
const parseDay = (text: string, today: LocalMillis): LocalMillis | null => {
  if (text === 'today') return today;
  if (text === 'yesterday') return today - DAY_LENGTH;
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (date !== null) {
    const midnight = Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3]));
    // A day that the month doesn't have rolls over: no such day.
    return new Date(midnight).getUTCDate() === Number(date[3]) ? midnight : null;
  }
  const weekday = weekdays.findIndex((name) => text.length >= 3 && text.startsWith(name.toLowerCase()));
  if (weekday < 0) return null;
  const back = (new Date(today).getUTCDay() - weekday + 7) % 7;
  return today - back * DAY_LENGTH;
};

/** The years that can be gone to: four digits, as dates are written, and after the first clock of Unix. */
const EARLIEST: LocalMillis = 0;
const LATEST: LocalMillis = Date.UTC(9999, 11, 31);

/** The local time that is meant, or null where the text is not understood or means no time of 1970 to 9999. */
export const parseGoTo = (input: string, now: LocalMillis): LocalMillis | null => {
  const local = meantBy(input, now);
  return local !== null && local >= EARLIEST && local <= LATEST ? local : null;
};

const meantBy = (input: string, now: LocalMillis): LocalMillis | null => {
  const text = input
    .trim()
    .toLowerCase()
    .replace('t', (t, at: number) => (/^\d{4}-/.test(input) && at === 10 ? ' ' : t));
  if (text === 'now') return now;
  const offset = parseOffset(text);
  if (offset !== null) return now - offset;
  const today = Math.floor(now / DAY_LENGTH) * DAY_LENGTH;
  const alone = parseTimeOfDay(text);
  if (alone !== null) return today + alone <= now ? today + alone : today + alone - DAY_LENGTH;
  const [dayPart = '', timePart, ...rest] = text.split(/\s+/);
  const day = parseDay(dayPart, today);
  if (day === null || rest.length > 0) return null;
  const time = timePart === undefined ? 0 : parseTimeOfDay(timePart);
  if (time === null) return null;
  return day + time;
};
