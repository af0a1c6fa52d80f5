// When each endpoint was watched, as the stream tells: from the start or its coming to its removal.

import type { ProbeEvent } from '../../../events/events.js';
import type { SessionInfo } from '../../../events/session-info.js';
import type { EndpointId, UnixMillis } from '../../../events/units.js';

export type Span = { from: UnixMillis; to: UnixMillis };

/** The newest that are kept of each. */
const MOST_SPANS = 1000;

export class Presence {
  readonly #spans: Span[][];

  constructor({ startedAt, endpoints }: SessionInfo) {
    this.#spans = endpoints.map(() => [{ from: startedAt, to: Infinity }]);
  }

  apply(event: ProbeEvent): void {
    if (event.type === 'endpoint') {
      const spans = (this.#spans[event.endpoint] ??= []);
      if (spans.at(-1)?.to === Infinity) return;
      spans.push({ from: event.at, to: Infinity });
      if (spans.length > MOST_SPANS) spans.shift();
    } else if (event.type === 'removed') {
      const last = this.#spans[event.endpoint]?.at(-1);
      if (last?.to === Infinity) last.to = Math.max(last.from, event.at);
    }
  }

  /** The parts of [from, to) in which it was watched. */
  within(endpoint: EndpointId, from: UnixMillis, to: UnixMillis): Span[] {
    return (this.#spans[endpoint] ?? [])
      .map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }))
      .filter((span) => span.to > span.from);
  }
}
