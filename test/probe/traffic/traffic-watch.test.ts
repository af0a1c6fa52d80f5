// Own traffic, second by second, off a machine whose clock and tables a test has made.

import { describe, expect, it } from 'vitest';
import type { TrafficEvent } from '../../../src/events/events.js';
import type { DefaultRoute } from '../../../src/probe/route/default-route.js';
import { TrafficWatch } from '../../../src/probe/traffic/traffic-watch.js';
import { ManualClock } from '../../support/simulated-network-clock.js';

const ROUTE: DefaultRoute = { family: 4, nextHop: '192.168.1.1', interface: 'wlan0' };
const QUIET = 1000;
const FULL = 1_000_000;

class Machine {
  readonly clock = new ManualClock();
  readonly events: TrafficEvent[] = [];
  /** When each of them was told. */
  readonly toldAt: number[] = [];
  readonly watch: TrafficWatch;
  route: DefaultRoute | null = ROUTE;
  signal: number | null = -56;
  bytes: Record<string, { received: number; sent: number }> = { wlan0: { received: 0, sent: 0 } };
  readonly #asked: string | null;

  constructor(asked: string | null = null) {
    this.#asked = asked;
    this.watch = new TrafficWatch({
      routes: { defaultRoute: () => this.route },
      families: [4, 6],
      interface: this.#asked,
      readTable: (path) => Promise.resolve(path === '/proc/net/dev' ? this.#devices() : this.#wireless()),
      sessionClock: { now: () => this.now },
      timers: this.clock.timers,
      sink: (event) => {
        this.events.push(event);
        this.toldAt.push(this.now);
      },
    });
    this.watch.start();
  }

  get now(): number {
    return this.clock.wall.now();
  }

  /** So many seconds pass, in each of which the interface carries so many bytes. */
  async pass(seconds: number, received: number, sent = 0, name = 'wlan0'): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      const counters = this.bytes[name];
      if (counters !== undefined) {
        counters.received += received;
        counters.sent += sent;
      }
      this.clock.advance(1000);
      await this.settle();
    }
  }

  /** Tables are read in the background. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  }

  #devices(): string {
    const rows = Object.entries(this.bytes).map(
      ([name, { received, sent }]) => `${name}: ${received} 0 0 0 0 0 0 0 ${sent} 0 0 0 0 0 0 0\n`,
    );
    return rows.join('');
  }

  #wireless(): string {
    return this.signal === null ? '' : `wlan0: 0000 54. ${this.signal}. -256 0 0 0 0 0 0\n`;
  }
}

describe('own traffic', () => {
  it('is told ten seconds at a time while it is quiet, each of them once', async () => {
    const machine = new Machine();
    await machine.pass(41, QUIET, 500);
    expect(machine.events).toHaveLength(4);
    for (const event of machine.events) {
      expect(event.receivedBytes).toEqual(Array.from({ length: 10 }, () => QUIET));
      expect(event.sentBytes).toEqual(Array.from({ length: 10 }, () => 500));
      expect(event.interface).toBe('wlan0');
      expect(event.signalDbm).toBe(-56);
      expect(event.at % 1000).toBe(0);
    }
    const ends = machine.events.map(({ at }) => at);
    expect(ends.map((at) => at - (ends[0] as number))).toEqual([0, 10_000, 20_000, 30_000]);
  });

  it('is told at once where it is near to its highest, and when that is over', async () => {
    const machine = new Machine();
    await machine.pass(5, QUIET);
    await machine.pass(3, FULL);
    await machine.pass(1, 0.69 * FULL);
    await machine.pass(1, 0.72 * FULL);
    await machine.pass(12, QUIET);
    expect(machine.events.map(({ receivedBytes }) => receivedBytes.length)).toEqual([5, 1, 1, 1, 1, 1, 10]);
    expect(machine.events.map(({ receivedBytes }) => receivedBytes.at(-1))).toEqual([
      FULL,
      FULL,
      FULL,
      0.69 * FULL,
      0.72 * FULL,
      QUIET,
      QUIET,
    ]);
    // In the second that it ends, before the diagnosis judges that.
    machine.events.forEach(({ at }, i) => {
      expect((machine.toldAt[i] as number) - at).toBeGreaterThanOrEqual(0);
      expect((machine.toldAt[i] as number) - at).toBeLessThan(1000);
    });
  });

  it('counts each way by itself', async () => {
    const machine = new Machine();
    await machine.pass(2, FULL, 0);
    await machine.pass(1, 0, 100_000);
    expect(machine.events.at(-1)).toMatchObject({ receivedBytes: [0], sentBytes: [100_000] });
  });

  it('of a quiet line is never near to its highest', async () => {
    const machine = new Machine();
    await machine.pass(25, 44_000, 44_000);
    expect(machine.events.map(({ receivedBytes }) => receivedBytes.length)).toEqual([10, 10]);
  });

  it('follows the default route within 5 s, and begins anew there', async () => {
    const machine = new Machine();
    await machine.pass(4, QUIET);
    machine.bytes['eth0'] = { received: 5e9, sent: 5e9 };
    machine.route = { family: 4, nextHop: '10.0.0.1', interface: 'eth0' };
    await machine.pass(17, 2 * QUIET, 0, 'eth0');
    const others = machine.events.filter((event) => event.interface === 'eth0');
    expect(machine.events.filter((event) => event.interface === 'wlan0')).not.toEqual([]);
    expect(others).not.toEqual([]);
    for (const { receivedBytes, signalDbm } of others) {
      expect(new Set(receivedBytes)).toEqual(new Set([2 * QUIET]));
      expect(signalDbm).toBeUndefined();
    }
  });

  it('is not known without a default route, and known again with one', async () => {
    const machine = new Machine();
    machine.route = null;
    await machine.pass(30, FULL);
    expect(machine.events).toEqual([]);
    machine.route = ROUTE;
    await machine.pass(8, FULL);
    expect(machine.events.length).toBeGreaterThan(1);
  });

  it('is that of the interface asked for', async () => {
    const machine = new Machine('eth1');
    machine.bytes['eth1'] = { received: 0, sent: 0 };
    await machine.pass(11, QUIET, 0, 'eth1');
    expect(machine.events).toMatchObject([{ interface: 'eth1' }]);
  });

  it('makes no flood of counters that begin anew', async () => {
    const machine = new Machine();
    await machine.pass(5, FULL);
    machine.bytes['wlan0'] = { received: 0, sent: 0 };
    await machine.pass(5, QUIET);
    machine.watch.stop();
    const values = machine.events.flatMap(({ receivedBytes }) => receivedBytes);
    expect(values).toEqual([FULL, FULL, FULL, FULL, QUIET, QUIET, QUIET, QUIET]);
  });

  it('says nothing of seconds in which nobody looked', async () => {
    const machine = new Machine();
    await machine.pass(4, QUIET);
    machine.bytes['wlan0'] = { received: 1e6, sent: 0 };
    machine.clock.stall(7000);
    await machine.settle();
    await machine.pass(4, QUIET);
    machine.watch.stop();
    const seconds = machine.events.flatMap(({ at, receivedBytes }) =>
      receivedBytes.map((bytes, i) => ({ bytes, end: at - (receivedBytes.length - 1 - i) * 1000 })),
    );
    expect(new Set(seconds.map(({ bytes }) => bytes))).toEqual(new Set([QUIET]));
    expect(new Set(seconds.map(({ end }) => end)).size).toBe(seconds.length);
    expect(seconds.length).toBeLessThan(8);
  });

  it('tells what it holds when it is stopped, and nothing after that', async () => {
    const machine = new Machine();
    await machine.pass(4, QUIET);
    machine.watch.stop();
    await machine.pass(20, FULL);
    expect(machine.events).toMatchObject([{ receivedBytes: [QUIET, QUIET, QUIET] }]);
  });
});
