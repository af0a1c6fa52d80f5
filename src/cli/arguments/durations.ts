// Numbers and durations as people type them. Strict: "0,1" or "1e" is an error, never a guess.

import type { Millis } from '../../events/units.js';
import { UsageError } from './usage-error.js';

const DECIMAL = /^(\d+(\.\d*)?|\.\d+)$/;
const DURATION = /^(\d+(?:\.\d*)?|\.\d+)(ms|s|m|min|h|d)?$/;
const UNIT_MS: Readonly<Record<string, Millis>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

export type Range = { from: number; to: number };

/** @throws UsageError if `text` is no decimal number within `range`. */
export const parseNumber = (option: string, text: string, range: Range, whole: boolean): number => {
  const value = Number(text);
  const wellFormed = whole ? /^\d+$/.test(text) : DECIMAL.test(text);
  if (!wellFormed || value < range.from || value > range.to) {
    const kind = whole ? 'a whole number' : 'a number';
    throw new UsageError(`${option} takes ${kind} from ${range.from} to ${range.to}, not "${text}"`);
  }
  return value;
};

/**
 * A duration such as 500ms, 5s, 2m, 1h; a bare number is seconds.
 * @throws UsageError if `text` is none, or is outside of `range` (milliseconds).
 */
export const parseDuration = (option: string, text: string, range: Range): Millis => {
  const match = DURATION.exec(text);
  const value = match === null ? Number.NaN : Number(match[1]) * (UNIT_MS[match[2] ?? 's'] ?? Number.NaN);
  if (Number.isNaN(value) || value < range.from || value > range.to) {
    const [from, to] = [showDuration(range.from), showDuration(range.to)];
    throw new UsageError(`${option} takes a duration from ${from} to ${to}, such as 5s or 1m, not "${text}"`);
  }
  return value;
};

export const showDuration = (ms: Millis): string => {
  if (ms >= 3_600_000 && ms % 3_600_000 === 0) return `${ms / 3_600_000}h`;
  if (ms >= 60_000 && ms % 60_000 === 0) return `${ms / 60_000}m`;
  return ms >= 1000 ? `${ms / 1000}s` : `${ms}ms`;
};
