// What routers are called, by reverse lookup of the addresses that answer for hops: told as the event of the address once
// more, with the name. Nothing waits for it, and where the name server is slow or dead there just are no names.

import type { EndpointId, UnixMillis } from '../../events/units.js';
import type { EndpointInfo } from '../../events/endpoint-info.js';
import { EndpointRoster } from '../../events/endpoint-roster.js';
import type { ProbeEvent } from '../../events/events.js';
import type { EventSink } from '../../events/sink.js';

/** What an address is called; rejects where it has no name or nobody says so. */
export type NameLookup = (address: string) => Promise<string>;

export type RouterNamesOptions = {
  endpoints: readonly EndpointInfo[];
  lookup: NameLookup;
  now: () => UnixMillis;
  emit: (event: ProbeEvent) => void;
};

/** Questions that wait for their answer at once. */
const MOST_ASKED = 2;
/** Names that are kept: an address that comes back is not asked for again. */
const MOST_KEPT = 1_000;

export class RouterNames implements EventSink {
  readonly #options: RouterNamesOptions;
  readonly #roster: EndpointRoster;
  /** Null: it has none, or it isn't known yet. */
  readonly #names = new Map<string, string | null>();
  /** Who has that address now. */
  readonly #addresses = new Map<EndpointId, string>();
  readonly #queue: string[] = [];
  #asked = 0;
  #closed = false;

  constructor(options: RouterNamesOptions) {
    this.#options = options;
    this.#roster = new EndpointRoster(options.endpoints);
  }

  event(event: ProbeEvent): void {
    this.#roster.apply(event);
    if (event.type !== 'resolved' || event.name !== undefined) return;
    if (this.#roster.all[event.endpoint]?.kind !== 'hop') return;
    const { endpoint, address } = event;
    this.#addresses.set(endpoint, address);
    const name = this.#names.get(address);
    if (name === undefined) this.#want(address);
    // Not within the event that it belongs to.
    else if (name !== null) queueMicrotask(() => this.#tell(endpoint, address, name));
  }

  close(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }

  #want(address: string): void {
    const [oldest] = this.#names.keys();
    if (this.#names.size >= MOST_KEPT && oldest !== undefined) this.#names.delete(oldest);
    this.#names.set(address, null);
    this.#queue.push(address);
    this.#askNext();
  }

  #askNext(): void {
    if (this.#closed || this.#asked >= MOST_ASKED) return;
    const address = this.#queue.shift();
    if (address === undefined) return;
    this.#asked++;
    this.#options
      .lookup(address)
      .then(
        (name) => this.#learn(address, name),
        () => {},
      )
      .finally(() => {
        this.#asked--;
        this.#askNext();
      });
  }

  #learn(address: string, name: string): void {
    this.#names.set(address, name);
    for (const [endpoint, has] of this.#addresses) if (has === address) this.#tell(endpoint, address, name);
  }

  #tell(endpoint: EndpointId, address: string, name: string): void {
    const { now, emit } = this.#options;
    if (this.#closed || this.#addresses.get(endpoint) !== address || this.#roster.isRemoved(endpoint)) return;
    emit({ type: 'resolved', endpoint, address, name, at: now() });
  }
}
