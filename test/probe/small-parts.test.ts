// The small parts of the prober: addresses, errno names, percentiles, bunches of rejections.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProbeEvent } from '../../src/events/events.js';
import { addressFromBytes, canonicalAddress, familyOf, isSameAddress } from '../../src/probe/names/addresses.js';
import { errnoName } from '../../src/probe/socket/errno-names.js';
import { receiveBufferBytes } from '../../src/probe/socket/icmp-socket-options.js';
import { LogHistogram } from '../../src/probe/log-histogram.js';
import { RejectionTally } from '../../src/probe/rejection-tally.js';
import { addressBytes } from '../support/simulated-network-packets.js';

describe('addresses', () => {
  it('have one canonical form', () => {
    const forms: [string, string][] = [
      ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
      ['0:0:0:0:0:0:0:1', '::1'],
      ['fe80::0001%eth0', 'fe80::1'],
      ['192.0.2.1', '192.0.2.1'],
    ];
    for (const [given, canonical] of forms) {
      expect(canonicalAddress(given)).toBe(canonical);
      expect(isSameAddress(given, canonical)).toBe(true);
    }
    expect(canonicalAddress('example.org')).toBeNull();
    expect(familyOf('1.2.3')).toBeNull();
    expect(isSameAddress('2001:db8::2', '2001:db8::1')).toBe(false);
    expect(isSameAddress('192.0.2.10', '192.0.2.1')).toBe(false);
  });

  it('are read from bytes', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const canonical = canonicalAddress(address);
        fc.pre(canonical !== null && !canonical.includes('.'));
        expect(addressFromBytes(addressBytes(address, 6), 0, 6)).toBe(canonical);
      }),
    );
    expect(addressFromBytes(Uint8Array.of(9, 198, 51, 100, 7), 1, 4)).toBe('198.51.100.7');
  });
});

describe('errno names', () => {
  it("are known by the system's words, and unknown words stay", () => {
    expect(errnoName(new Error('Network is unreachable'))).toBe('ENETUNREACH');
    expect(errnoName(new Error('No route to host'))).toBe('EHOSTUNREACH');
    expect(errnoName(new Error('Operation not permitted'))).toBe('EPERM');
    expect(errnoName(new Error('Out of cheese'))).toBe('Out of cheese');
  });
});

describe('the histogram of durations', () => {
  it('tells percentiles by nearest rank to 2.5 %', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.02, max: 500_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(1, 50, 95, 99, 100),
        (values, p) => {
          const histogram = new LogHistogram();
          for (const value of values) histogram.add(value);
          const sorted = [...values].sort((a, b) => a - b);
          const exact = sorted[Math.max(1, Math.ceil((p / 100) * sorted.length)) - 1] ?? NaN;
          // And half a microsecond, to which values are rounded.
          expect(Math.abs((histogram.percentile(p) ?? NaN) - exact)).toBeLessThanOrEqual(0.025 * exact + 0.0005);
        },
      ),
    );
  });

  it('says nothing while it is empty', () => {
    expect(new LogHistogram().percentile(50)).toBeNull();
  });
});

describe('the tally of rejections', () => {
  it('tells each kind with its count, seldom', () => {
    const events: ProbeEvent[] = [];
    const tally = new RejectionTally();
    const sink = (event: ProbeEvent): unknown => events.push(event);
    tally.flush(0, sink);
    expect(events).toEqual([]);
    for (let i = 0; i < 5; i++) tally.add('cookie', 1);
    tally.add('checksum', null);
    tally.flush(1, sink);
    expect(events).toEqual([
      { type: 'rejected', endpoint: 1, reason: 'cookie', count: 5 },
      { type: 'rejected', endpoint: null, reason: 'checksum', count: 1 },
    ]);
    tally.add('cookie', 1);
    tally.flush(100, sink);
    expect(events).toHaveLength(2);
    tally.flush(251, sink);
    expect(events).toHaveLength(3);
    expect(tally.total).toBe(7);
  });
});

describe('the receive buffer', () => {
  it('holds 10 s of replies, within reason', () => {
    expect(receiveBufferBytes(1, 56)).toBe(212_992);
    expect(receiveBufferBytes(80, 56)).toBeGreaterThan(80 * 10 * 2_304);
    expect(receiveBufferBytes(1e6, 1_400)).toBe(64 * 1024 * 1024);
  });
});
