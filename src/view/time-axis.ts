// Columns and instants. A column is an epoch; the axis below the strips is labelled at round local times.

import type { Millis, UnixMillis } from '../events/units.js';
import { epochIndexAt, epochStart } from '../history/epoch-grid.js';
import type { EpochGrid } from '../history/epoch-grid.js';
import { DAY_LENGTH, dayNumber, dayText, localOf, minuteText, secondText, weekdayText } from './wall-clock.js';
import type { LocalMillis, Zone } from './wall-clock.js';

/** The columns on screen. */
export type Window = EpochGrid & {
  /** Epoch of the leftmost column. */
  firstIndex: number;
  columns: number;
};

export const windowFrom = (window: Window): UnixMillis => epochStart(window, window.firstIndex);

export const windowTo = (window: Window): UnixMillis => epochStart(window, window.firstIndex + window.columns);

/** The column that holds an instant; may lie outside the window. */
export const columnOf = (window: Window, at: UnixMillis): number =>
  epochIndexAt(at, window.width, window.clockOffset) - window.firstIndex;

const SECOND = 1000;
const minute = 60 * SECOND;
const hour = 60 * minute;

/** Distances between labels, all of which divide a day or are whole days. */
const steps: readonly Millis[] = [
  ...[5, 10, 15, 30].map((s) => s * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((m) => m * minute),
  ...[1, 2, 3, 6, 12].map((h) => h * hour),
  ...[1, 2, 7, 14, 28].map((d) => d * DAY_LENGTH),
];

const labelWidth = (step: Millis): number => (step < minute ? 8 : step < DAY_LENGTH ? 5 : 6);

/** The smallest distance at which labels stand apart. */
export const axisStep = (width: Millis): Millis =>
  steps.find((step) => step % width === 0 && step / width >= labelWidth(step) + 3) ??
  steps.find((step) => step / width >= labelWidth(step) + 3) ??
  28 * DAY_LENGTH;

export type AxisLabel = {
  /** Column of the window at which the named time begins. */
  column: number;
  text: string;
  /** A new day begins here. */
  day: boolean;
};

const labelText = (local: LocalMillis, step: Millis): string => {
  if (local % DAY_LENGTH === 0) return step >= DAY_LENGTH ? dayText(local) : weekdayText(local);
  return step < minute ? secondText(local) : minuteText(local);
};

/** Labels of the window, left to right. A column is labelled if a multiple of the step falls into it. */
export const axisLabels = (window: Window, zone: Zone): AxisLabel[] => {
  const step = axisStep(window.width);
  const labels: AxisLabel[] = [];
  const localAt = (column: number): LocalMillis => localOf((window.firstIndex + column) * window.width, zone);
  let previous = Math.floor((localAt(0) - 1) / step);
  for (let column = 0; column < window.columns; column++) {
    const end = localAt(column + 1) - 1;
    const current = Math.floor(end / step);
    if (current > previous) {
      const local = current * step;
      labels.push({ column, text: labelText(local, step), day: local % DAY_LENGTH === 0 });
    }
    previous = current;
  }
  return labels;
};

/** The day of the leftmost column where it isn't today, null where it is. */
export const leftDay = (window: Window, today: LocalMillis, zone: Zone): string | null => {
  const local = localOf(window.firstIndex * window.width, zone);
  return dayNumber(local) === dayNumber(today) ? null : dayText(local);
};
