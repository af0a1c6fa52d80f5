// Real sockets on loopback, both families: sent, answered and stamped by the kernel, and closed without a trace. Needs
// the right to open raw sockets.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ProbeEvent } from '../../src/events/events.js';
import { receiveBufferBytes } from '../../src/probe/socket/icmp-socket-options.js';
import { Prober } from '../../src/probe/prober.js';
import { planOf } from '../support/simulated-network-session.js';
import type { Resolver } from '../../src/probe/ports.js';
import { openIcmpSocket } from '../../src/probe/socket/raw-icmp-socket.js';
import { SessionClock } from '../../src/probe/clock/session-clock.js';
import { StartError } from '../../src/probe/socket/start-error.js';
import {
  monotonicClock,
  systemRandom,
  systemRoutes,
  systemTimers,
  systemUptime,
  wallClock,
} from '../../src/probe/system-ports.js';

const privileged = process.getuid?.() === 0;
const buffer = { receiveBufferBytes: receiveBufferBytes(200, 56) };
const noNames: Resolver = { resolve: () => Promise.reject(new Error('no names here')) };

/** Probes to the end of `count`, and gives all events. */
const probe = (targets: readonly string[], plan: { count: number; interval: number; sizeBytes?: number }) =>
  new Promise<readonly ProbeEvent[]>((resolve) => {
    const sockets = { 4: openIcmpSocket({ family: 4, ...buffer }), 6: openIcmpSocket({ family: 6, ...buffer }) };
    const events: ProbeEvent[] = [];
    const prober = new Prober(
      {
        timeout: 1_000,
        resolveEvery: null,
        count: plan.count,
        endpoints: targets.map((target, id) => planOf({ id, target, ...plan })),
      },
      {
        clock: monotonicClock,
        sessionClock: new SessionClock(monotonicClock, wallClock, systemUptime),
        timers: systemTimers,
        random: systemRandom,
        routes: systemRoutes,
        resolver: noNames,
        sockets,
      },
      (event) => events.push(event),
      () => {
        sockets[4].close();
        sockets[6].close();
        resolve(events);
      },
    );
    prober.start();
  });

const countOf = (events: readonly ProbeEvent[], type: ProbeEvent['type']): number =>
  events.filter((event) => event.type === type).length;

if (!privileged) {
  if (process.env['CI'] === 'true') throw new Error('CI=true, and raw sockets need root');
  process.stderr.write('SKIPPED: raw sockets on loopback need root\n');
}

describe('real sockets', () => {
  describe.runIf(privileged)('on loopback', () => {
    it('answer over IPv4 and IPv6, stamped by the kernel, RTTs of microseconds', async () => {
      const events = await probe(['127.0.0.1', '::1'], { count: 50, interval: 20 });
      expect(countOf(events, 'sent')).toBe(100);
      expect(countOf(events, 'answered')).toBe(100);
      expect(countOf(events, 'rejected')).toBe(0);
      const rtts = events.flatMap((event) => (event.type === 'answered' ? [event.rtt] : [])).sort((a, b) => a - b);
      expect(rtts[0]).toBeGreaterThan(0);
      expect(rtts[50]).toBeLessThan(2);
      const ttls = new Set(events.flatMap((event) => (event.type === 'answered' ? [event.ttl] : [])));
      expect(ttls).toEqual(new Set([64, null]));
    });

    it.each([16, 17, 1_400, 9_000])('answer with %i bytes of payload', async (sizeBytes) => {
      const events = await probe(['127.0.0.1', '::1'], { count: 3, interval: 10, sizeBytes });
      expect(countOf(events, 'answered')).toBe(6);
    });

    it('say why a send failed', () => {
      const socket = openIcmpSocket({ family: 4, ...buffer });
      expect(socket.send(Buffer.alloc(70_000), '127.0.0.1', null)).toBe('EMSGSIZE');
      expect(socket.send(Buffer.alloc(16), '255.255.255.255', null)).toBe('EACCES');
      socket.close();
      expect(socket.send(Buffer.alloc(16), '127.0.0.1', null)).toBe('EBADF');
      const six = openIcmpSocket({ family: 6, ...buffer });
      expect(six.send(Buffer.alloc(16), 'fe80::1%nosuch0', null)).toBe('ENODEV');
      six.close();
    });

    it('take interface, TTL and TOS', () => {
      for (const family of [4, 6] as const) {
        const socket = openIcmpSocket({ family, interface: 'lo', ttl: 3, tos: 0x10, ...buffer });
        expect(socket.clock).toBe('kernel');
        expect(socket.overruns()).toBe(0);
        socket.close();
      }
    });

    it('name an interface that is none', () => {
      expect(() => openIcmpSocket({ family: 4, interface: 'nosuch0', ...buffer })).toThrow(StartError);
      expect(() => openIcmpSocket({ family: 6, interface: 'nosuch0', ...buffer })).toThrow(/nosuch0/);
    });

    it('read what waits, and nothing twice', async () => {
      const socket = openIcmpSocket({ family: 4, ...buffer });
      const seen: number[] = [];
      socket.onPacket(
        (packet) => seen.push(Buffer.from(packet).readUInt16BE(26)),
        (packet) => Buffer.from(packet).readUInt16BE(24) === 0xabcd,
      );
      for (let seq = 0; seq < 20; seq++) {
        const request = Buffer.from('0800000000000000', 'hex');
        request.writeUInt16BE(0xabcd, 4);
        request.writeUInt16BE(seq, 6);
        request.writeUInt16BE(0xffff - ((0x0800 + 0xabcd + seq) % 0xffff), 2);
        expect(socket.send(request, '127.0.0.1', null)).toBeNull();
      }
      socket.drain();
      expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i));
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(seen).toHaveLength(20);
      socket.close();
    });
  });
});

describe('names', () => {
  const built = new URL('../../dist/probe/system-ports.js', import.meta.url);

  it.runIf(existsSync(built))('are resolved in a child that does not keep the program from ending', () => {
    const script = `
      import { systemResolver } from ${JSON.stringify(built.href)};
      const alive = setInterval(() => {}, 1_000);
      const found = await systemResolver.resolve('localhost', 4);
      const missing = await systemResolver.resolve('pingem-has-no-such-name.invalid', null).catch(({ code }) => code);
      process.stdout.write(JSON.stringify({ found, missing: typeof missing }));
      clearInterval(alive);`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 15_000 });
    expect(JSON.parse(output.toString())).toEqual({ found: ['127.0.0.1'], missing: 'string' });
  });
});
