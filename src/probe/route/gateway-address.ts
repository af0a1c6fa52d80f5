// Where @gateway's probes go: to the default route's next hop. Another one is an event.

import { NO_NEXT_HOP } from '../../events/no-next-hop.js';
import { toTarget } from '../names/endpoint-address.js';
import type { TargetAddress } from '../names/endpoint-address.js';
import type { DefaultRoute } from './default-route.js';
import { NO_DEFAULT_ROUTE, RoutedAddress } from './routed-address.js';
import type { RoutedAddressOptions } from './routed-address.js';

export type GatewayAddressOptions = RoutedAddressOptions & {
  /** An address that differs from the last one, or is the first. */
  onChange: (address: TargetAddress) => void;
};

export class GatewayAddress extends RoutedAddress {
  readonly #onChange: (address: TargetAddress) => void;
  #told: string | null = null;

  constructor({ onChange, ...options }: GatewayAddressOptions) {
    super(options);
    this.#onChange = onChange;
  }

  override follow(route: DefaultRoute | null, settled: () => void): void {
    this.error = route === null ? NO_DEFAULT_ROUTE : NO_NEXT_HOP;
    const nextHop = route?.nextHop ?? null;
    this.current = nextHop === null ? null : toTarget(nextHop);
    if (this.current !== null && this.current.text !== this.#told) {
      this.#told = this.current.text;
      this.#onChange(this.current);
    }
    settled();
  }
}
