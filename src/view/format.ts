// Numbers as they are shown: few digits, never cut in the middle, a dash where there is nothing to say.

import type { Millis } from '../events/units.js';

/** An RTT in milliseconds, at most four characters: `0.03`, `0.7`, `13`, `3000`, `12s`. */
export const rttText = (rtt: Millis | null): string => {
  if (rtt === null) return '-';
  if (rtt < 0.095) return rtt.toFixed(2);
  if (rtt < 9.95) return rtt.toFixed(1);
  if (rtt < 9999.5) return rtt.toFixed(0);
  return `${Math.min(999, Math.round(rtt / 1000))}s`;
};

/** An RTT in milliseconds where there is room for three significant digits: `0.071`, `0.71`, `12.3`, `104`, `3021`. */
export const preciseRttText = (rtt: Millis | null): string => {
  if (rtt === null) return '-';
  if (rtt < 0.9995) return rtt.toFixed(3);
  if (rtt < 9.995) return rtt.toFixed(2);
  return rtt < 99.95 ? rtt.toFixed(1) : rtt.toFixed(0);
};

/**
 * Loss as a percentage, at most six characters. It says 0 % only where nothing was lost, and 100 % only where
 * everything was.
 */
export const lossText = (loss: number | null): string => {
  if (loss === null) return '-';
  if (loss === 1) return '100 %';
  if (loss > 0 && loss < 0.0005) return '<0.1 %';
  return `${Math.min(99.9, loss * 100).toFixed(1)} %`;
};

/**
 * A share in few digits, at most five characters: `0 %`, `<0.1%`, `0.3 %`, `3 %`. It says 0 % only where there was nothing, and
 * 100 % only where it was everything.
 */
export const shareText = (share: number | null): string => {
  if (share === null) return '-';
  const percent = 100 * share;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent < 0.05) return '<0.1%';
  return `${percent < 1.95 ? percent.toFixed(1) : Math.min(99, Math.round(percent))} %`;
};

const SECOND = 1000;
const minute = 60 * SECOND;
const hour = 60 * minute;
const day = 24 * hour;

const twoUnits = (value: Millis, large: Millis, largeName: string, small: Millis, smallName: string): string => {
  const rounded = Math.round(value / small) * small;
  const whole = Math.floor(rounded / large);
  const rest = Math.round((rounded - whole * large) / small);
  return rest === 0 ? `${whole} ${largeName}` : `${whole} ${largeName} ${rest} ${smallName}`;
};

/** A duration in at most two units: `0.4 s`, `20 s`, `8 m 50 s`, `2 h 3 m`, `5 d 1 h`. */
export const durationText = (duration: Millis): string => {
  if (duration < 9.95 * SECOND) return `${Number((duration / SECOND).toFixed(1))} s`;
  if (duration < minute - 500) return `${Math.round(duration / SECOND)} s`;
  if (duration < hour - 500) return twoUnits(duration, minute, 'm', SECOND, 's');
  if (duration < day - 0.5 * minute) return twoUnits(duration, hour, 'h', minute, 'm');
  return twoUnits(duration, day, 'd', hour, 'h');
};

/** A configured interval or epoch width, exactly: `0.1 s`, `5 s`, `1 m`, `1 h`. */
export const widthText = (width: Millis): string => {
  if (width >= hour && width % hour === 0) return `${width / hour} h`;
  if (width >= minute && width % minute === 0) return `${width / minute} m`;
  return `${Number((width / SECOND).toFixed(4))} s`;
};

/** `1 probe`, `200 probes`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
