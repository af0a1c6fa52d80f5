// Own traffic by epoch, against a plain list of seconds.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TrafficLog } from '../../../src/history/traffic/traffic-log.js';

const START = 1_795_404_000_000;

const told = (log: TrafficLog, from: number, receivedBytes: number[], sentBytes: number[], signalDbm?: number) =>
  log.add({
    type: 'traffic',
    at: START + (from + receivedBytes.length) * 1000,
    receivedBytes,
    sentBytes,
    interface: 'wlan0',
    ...(signalDbm === undefined ? {} : { signalDbm }),
  });

describe('the log of own traffic', () => {
  it('knows nothing at first', () => {
    const log = new TrafficLog();
    expect(log.isEmpty).toBe(true);
    expect(log.within(START, START + 5000)).toBeNull();
    expect(log.signalDbm).toBeNull();
  });

  it('gives an epoch its mean, its busiest second and its signal', () => {
    const log = new TrafficLog();
    told(log, 0, [100, 200, 600], [10, 0, 20], -60);
    expect(log.isEmpty).toBe(false);
    expect(log.within(START, START + 5000)).toEqual({
      seconds: 3,
      receivedBytes: 300,
      sentBytes: 10,
      mostReceivedBytes: 600,
      mostSentBytes: 20,
      signalDbm: -60,
    });
    expect(log.within(START + 1000, START + 2000)).toMatchObject({ seconds: 1, receivedBytes: 200, signalDbm: null });
    expect(log.within(START + 3000, START + 5000)).toBeNull();
    expect(log.highest).toEqual({ receivedBytes: 600, sentBytes: 20 });
  });

  it('adds up to the plain sums of any seconds, in any order', () => {
    const second = fc.record({
      at: fc.integer({ min: 0, max: 3 * 3600 }),
      received: fc.nat(1e9),
      sent: fc.nat(1e9),
    });
    const span = fc.tuple(fc.integer({ min: 0, max: 3 * 3600 }), fc.integer({ min: 1, max: 59 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(second, { selector: ({ at }) => at, maxLength: 60 }),
        span,
        (seconds, [from, length]) => {
          const log = new TrafficLog();
          for (const { at, received, sent } of seconds) told(log, at, [received], [sent]);
          const inside = seconds.filter(({ at }) => at >= from && at < from + length);
          const found = log.within(START + from * 1000, START + (from + length) * 1000);
          const sum = inside.reduce((total, { received }) => total + received, 0);
          expect(found?.seconds ?? 0).toBe(inside.length);
          expect(found?.receivedBytes ?? 0).toBeCloseTo(sum / Math.max(1, inside.length));
          expect(found?.mostSentBytes ?? 0).toBe(Math.max(0, ...inside.map(({ sent }) => sent)));
        },
      ),
    );
  });

  it('tells by the minute what is too old for seconds, and forgets in weeks', () => {
    const log = new TrafficLog();
    told(log, 0, [60, 0, 0], [0, 0, 0]);
    for (let hour = 1; hour <= 10; hour++) told(log, hour * 3600, [1], [1]);
    expect(log.within(START + 1000, START + 2000)).toMatchObject({
      seconds: 3,
      receivedBytes: 20,
      mostReceivedBytes: 60,
    });
    told(log, 30 * 86_400, [1], [1]);
    expect(log.within(START, START + 60_000)).toMatchObject({ seconds: 3 });
    for (let day = 31; day <= 100; day++) told(log, day * 86_400, [1], [1]);
    expect(log.within(START, START + 60_000)).toBeNull();
    // What comes too late is no more than that.
    told(log, 0, [60], [0]);
    expect(log.within(START, START + 60_000)).toBeNull();
  });

  it('of another interface has another highest', () => {
    const log = new TrafficLog();
    told(log, 0, [5000], [5000], -60);
    log.add({ type: 'traffic', at: START + 5000, receivedBytes: [7], sentBytes: [8], interface: 'eth0' });
    expect(log.highest).toEqual({ receivedBytes: 7, sentBytes: 8 });
    expect(log.interface).toBe('eth0');
    expect(log.signalDbm).toBeNull();
  });
});
