// The ports as Node and the machine provide them. The only place besides the socket where the prober meets either.

import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import { uptime } from 'node:os';
import { ForkedResolver } from './names/forked-resolver.js';
import { defaultRouteIn } from './route/default-route.js';
import type { RouteTable } from './route/default-route.js';
import type { MonotonicClock, Random, Resolver, Timers, Uptime, WallClock } from './ports.js';

export const monotonicClock: MonotonicClock = { now: () => performance.now() };

export const wallClock: WallClock = { now: () => Date.now(), grain: 1 };

export const systemUptime: Uptime = { now: () => uptime() * 1000 };

export const systemTimers: Timers = {
  after(delay, run) {
    // Whole milliseconds, and counted from the loop's own, older time: rounded up, or each wake-up would need two.
    const timer = setTimeout(run, Math.ceil(delay));
    return { cancel: () => clearTimeout(timer) };
  },
};

/** More than any table of a machine that isn't a router of the internet's core: what comes after it is not read. */
const LARGEST_TABLE = 1 << 20;

const readTable = (path: string): string => {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, 'r');
    const bytes = Buffer.alloc(LARGEST_TABLE);
    let length = 0;
    for (;;) {
      const read = readSync(descriptor, bytes, length, LARGEST_TABLE - length, null);
      if (read === 0) break;
      length += read;
    }
    return bytes.toString('latin1', 0, length);
  } catch {
    // Not Linux, or no such family.
    return '';
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
};

const ROUTE_TABLES = { 4: '/proc/net/route', 6: '/proc/net/ipv6_route' } as const;

/** Linux's, of the network namespace that this process is in. */
export const systemRoutes: RouteTable = {
  defaultRoute: (families) => {
    for (const family of families) {
      const route = defaultRouteIn(family, readTable(ROUTE_TABLES[family]));
      if (route !== null) return route;
    }
    return null;
  },
};

export const systemRandom: Random = { bytes: (count) => randomBytes(count) };

/** In libuv's thread pool: blocks no slot, but may hold up the exit (see forked-resolver.ts). */
const poolResolver: Resolver = {
  async resolve(host, family) {
    const found = await lookup(host, { all: true, verbatim: true, family: family ?? 0 });
    return found.map(({ address }) => address);
  },
};

/** getaddrinfo and getnameinfo, wherever they do no harm. */
export const systemResolver = new ForkedResolver(poolResolver);
