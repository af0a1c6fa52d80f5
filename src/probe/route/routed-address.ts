// What @gateway and @provider have in common: where their probes go follows from the default route. The table is looked at
// every two seconds, so that another Wi-Fi, a cable pulled or a VPN begun is followed, and no slot waits for it.

import type { Millis } from '../../events/units.js';
import type { AddressSource, TargetAddress } from '../names/endpoint-address.js';
import type { Family, TimerHandle, Timers } from '../ports.js';
import type { DefaultRoute, RouteTable } from './default-route.js';

const PERIOD: Millis = 2_000;
export const NO_DEFAULT_ROUTE = 'ENETUNREACH';

export type RoutedAddressOptions = {
  routes: RouteTable;
  /** In this order of preference. */
  families: readonly Family[];
  timers: Timers;
};

export abstract class RoutedAddress implements AddressSource {
  readonly alternative = null;
  current: TargetAddress | null = null;
  error = NO_DEFAULT_ROUTE;
  readonly #options: RoutedAddressOptions;
  /** The route that was followed last; undefined before the first. */
  #route: string | null | undefined = undefined;
  #timer: TimerHandle | null = null;

  constructor(options: RoutedAddressOptions) {
    this.#options = options;
  }

  start(settled: () => void): void {
    this.#look(settled);
  }

  stop(): void {
    this.#timer?.cancel();
  }

  noteAnswer(): void {}

  consider(_now: Millis, _down: Millis): void {}

  switchTo(): void {}

  /** At first, and whenever it is another route: sets `current` and `error`, and calls `settled` once either is true. */
  abstract follow(route: DefaultRoute | null, settled: () => void): void;

  #look(settled: () => void = () => {}): void {
    const { routes, families, timers } = this.#options;
    this.#timer = timers.after(PERIOD, () => this.#look());
    const route = routes.defaultRoute(families);
    const text = route === null ? null : `${route.family} ${route.nextHop} ${route.interface}`;
    if (text === this.#route) return;
    this.#route = text;
    this.follow(route, settled);
  }
}
