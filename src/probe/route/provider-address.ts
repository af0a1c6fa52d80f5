// Where @provider's probes go: towards a well-known address, with a time to live that ends at the first router beyond the
// gateway that answers from outside. It is looked for when the default route is another, and when it has long been silent.

import { isOutside } from '../../events/outside.js';
import type { Millis } from '../../events/units.js';
import { toTarget } from '../names/endpoint-address.js';
import type { TargetAddress } from '../names/endpoint-address.js';
import type { Family, MonotonicClock } from '../ports.js';
import type { DefaultRoute } from './default-route.js';
import { findPath } from './path-finder.js';
import { NO_DEFAULT_ROUTE, RoutedAddress } from './routed-address.js';
import type { RoutedAddressOptions } from './routed-address.js';
import type { Scout } from './scouts.js';

/** While the search goes on, and after one that found nobody: as for a name that doesn't resolve. */
const SEARCHING = 'EAI_AGAIN';
const NOT_FOUND = 'ENOTFOUND';
/** It is looked for again so long after it was found silent, or was not found. */
const SEARCH_AGAIN: Millis = 30_000;

export type ProviderAddressOptions = RoutedAddressOptions & {
  /** The well-known address to go towards. */
  towards: Readonly<Record<Family, string>>;
  scout: Scout;
  clock: MonotonicClock;
};

export class ProviderAddress extends RoutedAddress {
  readonly #options: ProviderAddressOptions;
  #route: DefaultRoute | null = null;
  /** Counts searches, so that one whose route has gone is not listened to. */
  #search = 0;
  #searching = false;
  #searchedAt: Millis = -Infinity;

  constructor(options: ProviderAddressOptions) {
    super(options);
    this.#options = options;
  }

  override stop(): void {
    super.stop();
    this.#search++;
  }

  /** Called at each slot. `down`: for how long nothing has answered. */
  override consider(now: Millis, down: Millis): void {
    const overdue = now - this.#searchedAt >= SEARCH_AGAIN && !this.#searching;
    if (overdue && this.#route !== null && (this.current === null || down >= SEARCH_AGAIN)) {
      this.#find(this.#route, () => {});
    }
  }

  override follow(route: DefaultRoute | null, settled: () => void): void {
    this.#route = route;
    this.current = null;
    this.#search++;
    if (route !== null) {
      this.#find(route, settled);
      return;
    }
    this.error = NO_DEFAULT_ROUTE;
    settled();
  }

  #find({ family, nextHop }: DefaultRoute, settled: () => void): void {
    const { towards, scout, clock } = this.#options;
    const target = toTarget(towards[family]);
    if (target === null) {
      settled();
      return;
    }
    const search = ++this.#search;
    this.#searching = true;
    this.#searchedAt = clock.now();
    if (this.current === null) this.error = SEARCHING;
    // The first router is the gateway, where there is one.
    const first = nextHop === null ? 1 : 2;
    let found: TargetAddress | null = null;
    void findPath(scout, target, first, ({ hops, from, reached }) => {
      if (from === null || reached || !isOutside(from)) return false;
      found = { ...target, hops };
      return true;
    }).then(() => {
      if (search !== this.#search) return;
      this.#searching = false;
      if (found !== null) this.current = found;
      else if (this.current === null) this.error = NOT_FOUND;
      settled();
    });
  }
}
