// Everything that the prober wants from the world, as values passed in: sockets, clocks, timers, randomness, names.
// With these replaced it runs against a simulated network and a manual clock, to the byte and to the microsecond.

import type { ReceiveClock } from '../events/session-info.js';
import type { Millis, UnixMillis } from '../events/units.js';
import type { SessionClock } from './clock/session-clock.js';
import type { RouteTable } from './route/default-route.js';

export type Family = 4 | 6;

/** Milliseconds from an arbitrary start, never stepped, not running while the machine is suspended. */
export type MonotonicClock = { now(): Millis };

/** The wall clock, which anybody may step at any time. `grain`: what its readings are cut to (1 for Date.now). */
export type WallClock = { now(): UnixMillis; readonly grain: Millis };

/** Time since boot, time in suspend included. Coarse (10 ms on Linux), so it is read only when the clocks disagree. */
export type Uptime = { now(): Millis };

export type TimerHandle = { readonly cancel: () => void };
export type Timers = { after(delay: Millis, run: () => void): TimerHandle };

export type Random = { bytes(count: number): Uint8Array };

/**
 * Addresses of a host in the order in which they should be tried; `family` null asks for both families.
 * Rejects with an error whose `code` says why (ENOTFOUND, EAI_AGAIN ...).
 */
export type Resolver = { resolve(host: string, family: Family | null): Promise<readonly string[]> };

/** An errno name such as ENETUNREACH, or the system's own words where it has no name here. */
export type SendError = string;

/**
 * One packet as the socket delivers it: IPv4 with its IP header, IPv6 from the ICMPv6 header on. The bytes are valid
 * during the call only. `receivedAt` is monotonic; `stamped` says that the kernel took that instant, not JavaScript.
 */
export type PacketHandler = (packet: Uint8Array, source: string, receivedAt: Millis, stamped: boolean) => void;

/** Cheap test on the first bytes. What it refuses is dropped before it is stamped or decoded. */
export type PacketFilter = (packet: Uint8Array) => boolean;

export type IcmpSocket = {
  readonly family: Family;
  /** Who stamps at present; the kernel's stamps may turn out to be missing while running. */
  readonly clock: ReceiveClock;
  /**
   * Sends at once, or says why not. Never throws, never queues. `hops`: the time to live or hop limit of this packet,
   * null for the run's own.
   */
  send(packet: Buffer, address: string, hops: number | null): SendError | null;
  /** The instants before and after the last send, monotonic, where the socket takes them itself. */
  readonly sentAt?: Millis;
  readonly returnedAt?: Millis;
  onPacket(handler: PacketHandler, concernsUs: PacketFilter): void;
  /** Delivers what waits in the socket now, before anybody calls its probes lost. */
  drain(): void;
  /** Packets that the kernel dropped because the receive buffer was full; null where it doesn't tell. */
  overruns(): number | null;
  /** What the kernel gave, its own overhead counted in; null where it doesn't tell. */
  readonly receiveBufferBytes?: number | null;
  close(): void;
};

/** All of them. */
export type ProberPorts = {
  clock: MonotonicClock;
  sessionClock: SessionClock;
  timers: Timers;
  random: Random;
  resolver: Resolver;
  routes: RouteTable;
  /** Null for a family that has no socket. They stay the caller's to close. */
  sockets: Readonly<Record<Family, IcmpSocket | null>>;
};
