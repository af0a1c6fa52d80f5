// The ports as Node and the machine provide them. The only place besides the socket where the prober meets either.

import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { uptime } from 'node:os';
import { ForkedResolver } from './names/forked-resolver.js';
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

export const systemRandom: Random = { bytes: (count) => randomBytes(count) };

/** In libuv's thread pool: blocks no slot, but may hold up the exit (see forked-resolver.ts). */
const poolResolver: Resolver = {
  async resolve(host, family) {
    const found = await lookup(host, { all: true, verbatim: true, family: family ?? 0 });
    return found.map(({ address }) => address);
  },
};

/** getaddrinfo, wherever it does no harm. */
export const systemResolver: Resolver = new ForkedResolver(poolResolver);
