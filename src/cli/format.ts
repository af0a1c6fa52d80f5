// Numbers and times as people read them in the summary and in text lines.

import type { Millis } from '../history/units.js';

/** Three digits: 0.71, 12.3, 104. Unknown is a dash. */
export const showMillis = (ms: Millis | null): string => {
  if (ms === null) return '-';
  if (ms < 9.995) return ms.toFixed(2);
  return ms < 99.95 ? ms.toFixed(1) : ms.toFixed(0);
};

/** A fraction as a percentage; any loss at all shows as more than 0.0 %, and less than all of it as less than 100. */
export const showLoss = (loss: number | null): string => {
  if (loss === null) return '-';
  if (loss === 0) return '0.0 %';
  if (loss === 1) return '100 %';
  return `${Math.min(99.9, Math.max(0.1, loss * 100)).toFixed(1)} %`;
};

/** 14:32:07, local time. */
export const showClockTime = (unixMs: number): string => {
  const date = new Date(unixMs);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':');
};

/** 2026-11-23 14:32:07, local time. */
export const showDateTime = (unixMs: number): string => {
  const date = new Date(unixMs);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((n) => String(n).padStart(2, '0'))
    .join('-');
  return `${day} ${showClockTime(unixMs)}`;
};

/** 0.4 s, 20 s, 4 m 20 s, 3 h 5 m, 2 d 3 h. */
export const showSpan = (ms: Millis): string => {
  const seconds = Math.round(ms / 1000);
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return pair(seconds, 60, 'm', 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return pair(minutes, 60, 'h', 'm');
  return pair(Math.round(minutes / 60), 24, 'd', 'h');
};

const pair = (count: number, base: number, large: string, small: string): string => {
  const rest = count % base;
  return rest === 0 ? `${count / base} ${large}` : `${Math.floor(count / base)} ${large} ${rest} ${small}`;
};
