// What this machine itself sends and receives, each whole second: the counters of the interface that the default route
// leads out of (or that was asked for), as events. One is told at once where the line may be full, so that the diagnosis
// has it in the second it judges; the rest ten at a time, since mostly nothing happens.

import type { TrafficEvent } from '../../events/events.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import type { Family, TimerHandle, Timers } from '../ports.js';
import type { RouteTable } from '../route/default-route.js';
import { bytesOf, signalOf } from './interface-tables.js';
import type { InterfaceBytes } from './interface-tables.js';

const SECOND: Millis = 1000;
/** The route is looked at so often, in seconds; the signal too. */
const ROUTE_EVERY = 5;
const SIGNAL_EVERY = 10;
/** Values of an event at most. */
const MOST_VALUES = 10;
/** From this part of the highest on a second is told at once: a little below what the diagnosis calls full. */
const LOUD = 0.7;
/** No line is full that has never carried more: a quiet line's highest is nothing to be near to. */
const LEAST_HIGHEST = 64_000;

export type TrafficWatchOptions = {
  routes: RouteTable;
  /** In this order of preference. */
  families: readonly Family[];
  /** Watched instead of the default route's, null for that. */
  interface: string | null;
  readTable: (path: string) => Promise<string>;
  sessionClock: { now(): UnixMillis };
  timers: Timers;
  sink: (event: TrafficEvent) => void;
};

type Reading = InterfaceBytes & { at: UnixMillis; second: number };

export class TrafficWatch {
  readonly #options: TrafficWatchOptions;
  /** Which line it is: an interface and where it leads. */
  #line = '';
  #name: string | null = null;
  #last: Reading | null = null;
  #highest = { received: 0, sent: 0 };
  #wasLoud = false;
  /** Not told yet, up to the end of the second `#heldTo`. */
  #received: number[] = [];
  #sent: number[] = [];
  #heldTo = 0;
  #signalDbm: number | null = null;
  #ticks = 0;
  #isReading = false;
  #timer: TimerHandle | null = null;

  constructor(options: TrafficWatchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#schedule();
  }

  /** Tells what it still holds. */
  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#tell();
  }

  #schedule(): void {
    const { sessionClock, timers } = this.#options;
    const now = sessionClock.now();
    this.#timer = timers.after((Math.floor(now / SECOND) + 1) * SECOND - now, () => this.#tick());
  }

  #tick(): void {
    this.#schedule();
    if (this.#ticks % ROUTE_EVERY === 0) this.#lookAtRoute();
    // Where a reading takes longer than a second there is none of the next.
    if (!this.#isReading && this.#name !== null) void this.#read(this.#name, this.#ticks % SIGNAL_EVERY === 0);
    this.#ticks++;
  }

  #lookAtRoute(): void {
    const { routes, families, interface: asked } = this.#options;
    const route = asked === null ? routes.defaultRoute(families) : null;
    const name = asked ?? route?.interface ?? null;
    // Through another router the same interface is another line.
    const line = `${name} ${route?.nextHop}`;
    if (line === this.#line) return;
    this.#tell();
    this.#line = line;
    this.#name = name;
    this.#last = null;
    this.#signalDbm = null;
    this.#highest = { received: 0, sent: 0 };
  }

  async #read(name: string, withSignal: boolean): Promise<void> {
    const { readTable, sessionClock } = this.#options;
    this.#isReading = true;
    const bytes = bytesOf(name, await readTable('/proc/net/dev'));
    const at = sessionClock.now();
    // The signal is asked for behind the counters, which it could delay.
    if (this.#timer !== null && name === this.#name) this.#take(bytes, at);
    if (withSignal) {
      const signal = signalOf(name, await readTable('/proc/net/wireless'));
      if (name === this.#name) this.#signalDbm = signal;
    }
    this.#isReading = false;
  }

  #take(bytes: InterfaceBytes | null, at: UnixMillis): void {
    const last = this.#last;
    const second = Math.round(at / SECOND);
    this.#last = bytes === null ? null : { ...bytes, at, second };
    const isNext = bytes !== null && last !== null && second === last.second + 1;
    // Counters that go back are those of an interface that was made anew.
    if (!isNext || bytes.received < last.received || bytes.sent < last.sent) {
      this.#tell();
      return;
    }
    const perSecond = SECOND / (at - last.at);
    const received = Math.round((bytes.received - last.received) * perSecond);
    const sent = Math.round((bytes.sent - last.sent) * perSecond);
    this.#received.push(received);
    this.#sent.push(sent);
    this.#heldTo = second;
    this.#highest = {
      received: Math.max(this.#highest.received, received),
      sent: Math.max(this.#highest.sent, sent),
    };
    const isLoud = isNear(received, this.#highest.received) || isNear(sent, this.#highest.sent);
    // The first quiet second too: whoever looks sees at once that it is over.
    if (isLoud || this.#wasLoud || this.#received.length >= MOST_VALUES) this.#tell();
    this.#wasLoud = isLoud;
  }

  #tell(): void {
    const { sink } = this.#options;
    if (this.#received.length === 0 || this.#name === null) return;
    const event: TrafficEvent = {
      type: 'traffic',
      at: this.#heldTo * SECOND,
      receivedBytes: this.#received,
      sentBytes: this.#sent,
      interface: this.#name,
    };
    if (this.#signalDbm !== null) event.signalDbm = this.#signalDbm;
    this.#received = [];
    this.#sent = [];
    this.#signalDbm = null;
    sink(event);
  }
}

const isNear = (bytes: number, highest: number): boolean => bytes > LOUD * Math.max(highest, LEAST_HIGHEST);
