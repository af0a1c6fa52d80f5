// The resolution of everything downstream: whole microseconds, which is what the kernel's stamps are good for and what
// a record keeps. Cut here, once, so that a replayed record adds up to the live run's numbers to the digit.

import type { ProbeEvent } from '../../events/events.js';

export const wholeMicroseconds = (ms: number): number => Math.round(ms * 1000) / 1000;

export const inMicroseconds = (event: ProbeEvent): ProbeEvent => {
  if ('rtt' in event) return { ...event, rtt: wholeMicroseconds(event.rtt) };
  if ('at' in event) return { ...event, at: wholeMicroseconds(event.at) };
  if (event.type === 'gap' || event.type === 'stall') {
    return { ...event, from: wholeMicroseconds(event.from), to: wholeMicroseconds(event.to) };
  }
  return event;
};
