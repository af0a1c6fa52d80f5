// Where @provider's probes go: towards a well-known address, with a time to live that ends at the first router beyond the
// gateway that answers from outside. It is looked for when the default route is another, and when it has long been silent.

import type { Millis } from '../../events/units.js';
import { toTarget } from '../names/endpoint-address.js';
import type { AddressSource, TargetAddress } from '../names/endpoint-address.js';
import type { Family, MonotonicClock, TimerHandle, Timers } from '../ports.js';
import type { RouteTable } from './default-route.js';
import { NO_DEFAULT_ROUTE, ROUTE_PERIOD } from './gateway-address.js';
import { isOutside } from './outside.js';
import { findPath } from './path-finder.js';
import type { Scout } from './scouts.js';

/** While the search goes on, and after one that found nobody: as for a name that doesn't resolve. */
const SEARCHING = 'EAI_AGAIN';
const NOT_FOUND = 'ENOTFOUND';
/** It is looked for again so long after it was found silent, or was not found. */
const SEARCH_AGAIN: Millis = 30_000;

export type ProviderAddressOptions = {
  routes: RouteTable;
  families: readonly Family[];
  /** The well-known address to go towards. */
  towards: Readonly<Record<Family, string>>;
  scout: Scout;
  clock: MonotonicClock;
  timers: Timers;
};

export class ProviderAddress implements AddressSource {
  readonly alternative = null;
  readonly #options: ProviderAddressOptions;
  #current: TargetAddress | null = null;
  #error = NO_DEFAULT_ROUTE;
  #route: string | null = null;
  /** Counts searches, so that one whose route has gone is not listened to. */
  #search = 0;
  #searching = false;
  #searchedAt: Millis = -Infinity;
  #timer: TimerHandle | null = null;

  constructor(options: ProviderAddressOptions) {
    this.#options = options;
  }

  get current(): TargetAddress | null {
    return this.#current;
  }

  get error(): string {
    return this.#error;
  }

  start(settled: () => void): void {
    this.#look(settled);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#search++;
  }

  /** Called at each slot. `down`: for how long nothing has answered. */
  consider(now: Millis, down: Millis): void {
    const overdue = now - this.#searchedAt >= SEARCH_AGAIN && !this.#searching;
    if (overdue && this.#route !== null && (this.#current === null || down >= SEARCH_AGAIN)) this.#find(() => {});
  }

  noteAnswer(): void {}

  switchTo(): void {}

  #look(settled: () => void = () => {}): void {
    const { routes, families, timers } = this.#options;
    this.#timer = timers.after(ROUTE_PERIOD, () => this.#look());
    const route = routes.defaultRoute(families);
    const text = route === null ? null : `${route.family} ${route.nextHop} ${route.interface}`;
    if (text === this.#route) {
      settled();
      return;
    }
    this.#route = text;
    this.#current = null;
    this.#search++;
    if (route === null) {
      this.#error = NO_DEFAULT_ROUTE;
      settled();
    } else this.#find(settled);
  }

  #find(settled: () => void): void {
    const { routes, families, towards, scout, clock } = this.#options;
    const route = routes.defaultRoute(families);
    const target = route === null ? null : toTarget(towards[route.family]);
    if (route === null || target === null) {
      settled();
      return;
    }
    const search = ++this.#search;
    this.#searching = true;
    this.#searchedAt = clock.now();
    if (this.#current === null) this.#error = SEARCHING;
    // The first router is the gateway, where there is one.
    const first = route.nextHop === null ? 1 : 2;
    let found: TargetAddress | null = null;
    void findPath(scout, target, first, ({ hops, from, reached }) => {
      if (from === null || reached || !isOutside(from)) return false;
      found = { ...target, hops };
      return true;
    }).then(() => {
      if (search !== this.#search) return;
      this.#searching = false;
      if (found !== null) this.#current = found;
      else if (this.#current === null) this.#error = NOT_FOUND;
      settled();
    });
  }
}
