// Numbers in words: only as many digits as the number deserves.

import type { Millis } from '../../events/units.js';

export const msText = (ms: Millis): string => (ms < 9.95 ? ms.toFixed(1) : ms.toFixed(0));

/** Of a fraction 0..1. */
export const percentText = (share: number): string => {
  const percent = 100 * share;
  return `${percent > 0 && percent < 1 ? percent.toFixed(1) : percent.toFixed(0)} %`;
};

/** Bytes a second as bits, as lines are sold. */
export const rateText = (bytes: number): string => {
  const megabits = (8 * bytes) / 1e6;
  return megabits < 0.995
    ? `${(1000 * megabits).toFixed(0)} kbit/s`
    : `${megabits.toFixed(megabits < 9.95 ? 1 : 0)} Mbit/s`;
};

/** "14 s", "3 min", "8 h 16 min". */
export const lengthText = (length: Millis): string => {
  const seconds = Math.max(0, Math.round(length / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
};
