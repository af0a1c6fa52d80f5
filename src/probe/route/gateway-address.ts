// Where @gateway's probes go: to the default route's next hop. The table is looked at every two seconds, so that another
// Wi-Fi, a cable pulled or a VPN begun is followed, as an event, and no slot waits for it.

import type { Millis } from '../../events/units.js';
import { toTarget } from '../names/endpoint-address.js';
import type { AddressSource, TargetAddress } from '../names/endpoint-address.js';
import type { Family, TimerHandle, Timers } from '../ports.js';
import type { RouteTable } from './default-route.js';

export const ROUTE_PERIOD: Millis = 2_000;
export const NO_DEFAULT_ROUTE = 'ENETUNREACH';
/** "Destination address required": the route leads out of an interface that has one other end, and names nobody. */
const NO_NEXT_HOP = 'EDESTADDRREQ';

export type GatewayAddressOptions = {
  routes: RouteTable;
  /** In this order of preference. */
  families: readonly Family[];
  timers: Timers;
  /** An address that differs from the last one, or is the first. */
  onChange: (address: TargetAddress) => void;
};

export class GatewayAddress implements AddressSource {
  readonly alternative = null;
  readonly #options: GatewayAddressOptions;
  #current: TargetAddress | null = null;
  #told: string | null = null;
  #error = NO_DEFAULT_ROUTE;
  #timer: TimerHandle | null = null;

  constructor(options: GatewayAddressOptions) {
    this.#options = options;
  }

  get current(): TargetAddress | null {
    return this.#current;
  }

  get error(): string {
    return this.#error;
  }

  start(settled: () => void): void {
    this.#look();
    settled();
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #look(): void {
    const { routes, families, timers, onChange } = this.#options;
    this.#timer = timers.after(ROUTE_PERIOD, () => this.#look());
    const route = routes.defaultRoute(families);
    this.#error = route === null ? NO_DEFAULT_ROUTE : NO_NEXT_HOP;
    const nextHop = route?.nextHop ?? null;
    this.#current = nextHop === null ? null : toTarget(nextHop);
    if (this.#current === null || this.#current.text === this.#told) return;
    this.#told = this.#current.text;
    onChange(this.#current);
  }

  noteAnswer(): void {}

  consider(): void {}

  switchTo(): void {}
}
