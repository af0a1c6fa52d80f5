// What this machine itself sent or received, column by column, against the most that was ever seen: whether it fills the line.

import { epochStart } from '../../history/epoch-grid.js';
import type { TrafficLog } from '../../history/traffic/traffic-log.js';
import type { Window } from '../time-axis.js';

/** The line counts as full from so much of the most (as in the diagnosis), */
export const FULL = 0.8;
/** and if the most was worth the name: half a megabit a second. */
const LEAST_HIGHEST = 64_000;
/** What an idle machine sends is not to look like a full line: the lowest top of the scale, a megabit a second. */
const LEAST_TOP = 125_000;

export type TrafficWay = 'sent' | 'received';

/** `share`: 0 to 1 of the most so far. */
export type TrafficShare = { share: number; isFull: boolean };

/** Null where nothing is known. */
export type TrafficColumn = TrafficShare | null;

/** Of bytes a second, and of the most that was ever seen of them. */
export const trafficColumn = (bytes: number, highest: number): TrafficShare => ({
  share: Math.min(1, bytes / Math.max(LEAST_TOP, highest)),
  isFull: highest >= LEAST_HIGHEST && bytes >= FULL * highest,
});

export const trafficColumns = (traffic: TrafficLog, window: Window, way: TrafficWay): TrafficColumn[] => {
  const { receivedBytes, sentBytes } = traffic.highest;
  const highest = way === 'sent' ? sentBytes : receivedBytes;
  return Array.from({ length: window.columns }, (_, i) => {
    const from = epochStart(window, window.firstIndex + i);
    const span = traffic.within(from, from + window.width);
    if (span === null) return null;
    return trafficColumn(way === 'sent' ? span.sentBytes : span.receivedBytes, highest);
  });
};
