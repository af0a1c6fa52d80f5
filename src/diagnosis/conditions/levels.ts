// The rates that the tests look for, and their thresholds.

import type { Millis } from '../../events/units.js';
import type { Levels } from './sequential-test.js';

/** Nothing is less usual than this: what p0 is at least. */
export const LOSS_FLOOR = 0.005;
export const RTT_FLOOR = 0.1;

/** Usual loss until it is known. */
export const LOSS_AT_FIRST = 0.01;

/** Where loss is as usual as this, only more of it is a fault. */
export const OFTEN = 0.25;

const WHERE_USUAL = 0.9;

/** Loss from twice the usual to half of all probes, in three steps. */
export const lossLevels: Levels = (p0) => {
  if (p0 > OFTEN) return p0 < 0.5 ? [WHERE_USUAL] : [];
  return [4 * p0, 20 * p0, 0.5].filter((p1) => p1 >= 2 * p0 && p1 <= 0.5);
};

/** Slow and jittery: half of all answers. */
export const rttLevels: Levels = (p0) => {
  if (p0 > OFTEN) return p0 < 0.5 ? [WHERE_USUAL] : [];
  return [0.5];
};

const BETWEEN_FALSE_ALARMS: Millis = 240 * 3_600_000;

/** A CUSUM test gives a false alarm about every e^h probes: here no more often than every 240 hours. */
export const thresholdFor = (interval: Millis): number =>
  Math.log(BETWEEN_FALSE_ALARMS / Math.min(Math.max(interval, 0.1), 3_600_000));
