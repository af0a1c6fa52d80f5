// When a run with a count is over: every endpoint has had its probes, the last one has settled, and nobody is about to add
// another endpoint.

import type { EndpointSet } from '../endpoint-set.js';

export class RunLength {
  /** Probes per endpoint, null for no end. */
  readonly count: number | null;
  readonly #expected = new Set<symbol>();

  constructor(count: number | null) {
    this.count = count;
  }

  /** It isn't over until the function is called that this returns, which calls `onSettled` the first time. */
  expectMore(onSettled: () => void): () => void {
    const expected = Symbol('more endpoints');
    this.#expected.add(expected);
    return () => {
      if (this.#expected.delete(expected)) onSettled();
    };
  }

  /** `toSend`: endpoints that have slots to come. */
  isOver(endpoints: EndpointSet, toSend: number): boolean {
    if (this.count === null || toSend + this.#expected.size > 0) return false;
    for (const endpoint of endpoints.all()) if (endpoint.inFlight > 0) return false;
    // Those who have removed all may be about to add one.
    return endpoints.size > 0;
  }
}
