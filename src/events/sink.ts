// Who reads the stream. A live run, a replay and a resumed record feed the same sinks, and none of them knows how many
// others there are.

import type { ProbeEvent } from './events.js';
import type { Millis } from './units.js';

export type EventSink = {
  /** Takes the next event. Returns soon and never throws: the prober waits for it. */
  event: (event: ProbeEvent) => void;
  /** Hands on what is left, waiting at most `patience` for a slow reader. No event comes after it. */
  close?: (patience: Millis) => Promise<void>;
};

/** One sink that feeds all of `sinks`, in their order. */
export const fanOut = (sinks: readonly EventSink[]): Required<EventSink> => ({
  event: (event) => {
    for (const sink of sinks) sink.event(event);
  },
  close: async (patience) => {
    await Promise.all(sinks.map(async (sink) => sink.close?.(patience)));
  },
});

/** What only adds up or remembers, as a sink. */
export const applying = (fold: { apply(event: ProbeEvent): void }): EventSink => ({
  event: (event) => fold.apply(event),
});
