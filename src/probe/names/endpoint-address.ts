// Which address an endpoint's probes go to. A literal address never changes. A name is resolved in the background, tried
// again while it doesn't resolve, and resolved anew while the endpoint is down (its address may have moved) or at the
// period that was asked for. No slot ever waits for any of this.

import { codeOf } from '../../events/error-code.js';
import type { Millis } from '../../events/units.js';
import { canonicalAddress, familyOf } from './addresses.js';
import type { Family, MonotonicClock, Resolver, TimerHandle, Timers } from '../ports.js';

export type TargetAddress = {
  /** As given to sendto, zone included. */
  readonly text: string;
  readonly family: Family;
  /** For comparison with a reply's source. */
  readonly canonical: string;
  /** The time to live or hop limit to send with, null for the run's own. */
  readonly hops: number | null;
};

/** Where an endpoint's probes go, whatever finds it out. */
export type AddressSource = {
  /** Null while there is none; `error` then says why. */
  readonly current: TargetAddress | null;
  readonly error: string;
  /** Begins to look. `settled` is called once, when there is an address or a first failure. */
  start: (settled: () => void) => void;
  stop: () => void;
  noteAnswer: () => void;
  /** Called at each of the endpoint's slots. `down`: for how long nothing has answered. */
  consider: (now: Millis, down: Millis) => void;
  /** Another address, for a slot that found no route to the current one; null if there is none. */
  readonly alternative: TargetAddress | null;
  switchTo: (address: TargetAddress) => void;
};

export type EndpointAddressOptions = {
  target: string;
  /** Forced by -4 or -6. */
  family: Family | null;
  /** Routers on the way to count up to: the probes' time to live, null for the run's own. */
  hops: number | null;
  /** Families for which there is a socket. */
  usable: readonly Family[];
  resolveEvery: Millis | null;
  clock: MonotonicClock;
  timers: Timers;
  resolver: Resolver;
  /** A new current address. */
  onChange: (address: TargetAddress) => void;
};

/** While a name doesn't resolve it is tried again after 1, 2, 4 ... 30 s. */
const FIRST_RETRY: Millis = 1_000;
const LAST_RETRY: Millis = 30_000;
/** An endpoint that has been down for so long may have a new address; asked again as often while it stays down. */
const DOWN_BEFORE_RESOLVE: Millis = 30_000;
/** Said of slots that are due before the first answer of the resolver: it may still come. */
const PENDING = 'EAI_AGAIN';

export const toTarget = (text: string, hops: number | null = null): TargetAddress | null => {
  const family = familyOf(text);
  const canonical = canonicalAddress(text);
  return family === null || canonical === null ? null : { text, family, canonical, hops };
};

export class EndpointAddress implements AddressSource {
  readonly #options: EndpointAddressOptions;
  readonly #literal: boolean;
  /** The first of each family, in the resolver's order. */
  #candidates: TargetAddress[] = [];
  #current: TargetAddress | null = null;
  #error: string = PENDING;
  #asking = false;
  #askedAt: Millis = -Infinity;
  #retryDelay: Millis = FIRST_RETRY;
  #retry: TimerHandle | null = null;
  #stopped = false;
  /** The current address has answered: it is the one, whatever becomes of its route. */
  #proven = false;

  constructor(options: EndpointAddressOptions) {
    this.#options = options;
    const literal = toTarget(options.target, options.hops);
    this.#literal = literal !== null;
    if (literal === null) return;
    if (options.usable.includes(literal.family)) this.#current = literal;
    else this.#error = 'EAFNOSUPPORT';
  }

  /** Null while there is none; `error` then says why. */
  get current(): TargetAddress | null {
    return this.#current;
  }

  get error(): string {
    return this.#error;
  }

  /** Starts resolving. `settled` is called once, after the first answer or failure; at once for a literal address. */
  start(settled: () => void): void {
    if (this.#literal) settled();
    else this.#ask(settled);
  }

  stop(): void {
    this.#stopped = true;
    this.#retry?.cancel();
  }

  noteAnswer(): void {
    this.#proven = true;
  }

  /** Called at each of the endpoint's slots. `down`: for how long nothing has answered. */
  consider(now: Millis, down: Millis): void {
    if (this.#literal || this.#asking || this.#current === null) return;
    const age = now - this.#askedAt;
    const { resolveEvery } = this.#options;
    const due = resolveEvery !== null && age >= resolveEvery;
    if (due || (down >= DOWN_BEFORE_RESOLVE && age >= DOWN_BEFORE_RESOLVE)) this.#ask();
  }

  /**
   * The other family's address, for a slot that found no route to the current one; null if there is none or if the
   * current one has answered before (then this is an outage, and switching would hide it).
   */
  get alternative(): TargetAddress | null {
    if (this.#proven) return null;
    return this.#candidates.find((candidate) => candidate.family !== this.#current?.family) ?? null;
  }

  switchTo(address: TargetAddress): void {
    this.#current = address;
    this.#options.onChange(address);
  }

  #ask(settled?: () => void): void {
    this.#asking = true;
    this.#askedAt = this.#options.clock.now();
    const { resolver, target, family } = this.#options;
    resolver
      .resolve(target, family)
      .then(
        (addresses) => this.#answered(addresses),
        (error: unknown) => this.#failed(codeOf(error) || 'EAI_FAIL'),
      )
      .finally(() => settled?.());
  }

  #answered(addresses: readonly string[]): void {
    if (this.#stopped) return;
    const usable = addresses
      .map((address) => toTarget(address, this.#options.hops))
      .filter((address) => address !== null && this.#options.usable.includes(address.family)) as TargetAddress[];
    if (usable.length === 0) {
      this.#failed(addresses.length === 0 ? 'ENOTFOUND' : 'EAFNOSUPPORT');
      return;
    }
    this.#asking = false;
    this.#retryDelay = FIRST_RETRY;
    const current = this.#current;
    this.#candidates = ([4, 6] as const)
      .map((family) => usable.find((address) => address.family === family))
      .filter((address) => address !== undefined);
    this.#candidates.sort((a, b) => usable.indexOf(a) - usable.indexOf(b));
    if (current !== null && usable.some((address) => address.canonical === current.canonical)) return;
    // The name has moved. Its new address in the family that works is the likeliest; order decides otherwise.
    const next = usable.find((address) => address.family === current?.family) ?? usable[0];
    this.#proven = false;
    if (next !== undefined) this.switchTo(next);
  }

  #failed(code: string): void {
    if (this.#stopped) return;
    this.#asking = false;
    // An address that once resolved stays in use: the resolver is often behind the very link that is down.
    if (this.#current !== null) return;
    this.#error = code;
    this.#retry = this.#options.timers.after(this.#retryDelay, () => this.#ask());
    this.#retryDelay = Math.min(this.#retryDelay * 2, LAST_RETRY);
  }
}
