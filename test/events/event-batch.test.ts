import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, EventBatch } from '../../src/events/event-batch.js';
import type { ProbeEvent } from '../../src/events/events.js';
import { hostInfo } from '../support/endpoint-info.js';

const endpoint = fc.nat(300);
const seq = fc.nat({ max: 2 ** 48 - 1 });
const at = fc.double({ min: 0, max: 4e12, noNaN: true });
const rtt = fc.double({ min: 0, max: 1e6, noNaN: true });
const ttl = fc.option(fc.nat(255));

const events: fc.Arbitrary<ProbeEvent> = fc.oneof(
  fc.record({ type: fc.constant('sent' as const), endpoint, seq, at }),
  fc.record({ type: fc.constantFrom('answered' as const, 'late' as const), endpoint, seq, rtt, ttl }),
  fc.record({
    type: fc.constantFrom('answered' as const, 'late' as const),
    endpoint,
    seq,
    rtt,
    ttl,
    uncertain: fc.constant(true as const),
  }),
  fc.record({ type: fc.constantFrom('lost' as const, 'void' as const), endpoint, seq }),
  fc.record({ type: fc.constant('duplicate' as const), endpoint, seq, rtt }),
  fc.record({ type: fc.constant('unsent' as const), endpoint, seq, error: fc.constantFrom('EPERM', 'ENETDOWN', '') }),
  fc.record({
    type: fc.constant('unreachable' as const),
    endpoint,
    seq,
    from: fc.constant('192.0.2.1'),
    icmpType: fc.nat(255),
    icmpCode: fc.nat(255),
  }),
  fc.record({
    type: fc.constant('rejected' as const),
    endpoint: fc.option(endpoint),
    reason: fc.constantFrom('checksum' as const, 'cookie' as const),
    count: fc.nat(),
  }),
  fc.record({ type: fc.constant('gap' as const), from: at, to: at, reason: fc.constant('stall' as const) }),
  fc.record({ type: fc.constant('resolved' as const), endpoint, address: fc.constant('::1'), at }),
  fc.record({ type: fc.constant('clock' as const), at, offset: rtt }),
  fc.record({ type: fc.constant('mark' as const), at, text: fc.string() }),
  fc.record({
    type: fc.constant('endpoint' as const),
    endpoint,
    info: fc.constant(hostInfo({ id: 1, target: '192.0.2.1' })),
    at,
  }),
  fc.record({ type: fc.constant('removed' as const), endpoint, at }),
);

const unpacked = (batch: EventBatch): ProbeEvent[] => {
  const packed = batch.take();
  const out: ProbeEvent[] = [];
  // As if it had crossed to another thread.
  if (packed !== null) decode(structuredClone(packed), (event) => out.push(event));
  return out;
};

describe('a batch of events', () => {
  it('comes out as it was put in, in order', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 60 }), (all) => {
        const batch = new EventBatch();
        for (const event of all) batch.push(event);
        expect(unpacked(batch)).toEqual(all);
      }),
      { numRuns: 300 },
    );
  });

  it('is empty after it was taken, and can be filled again', () => {
    const batch = new EventBatch();
    expect(batch.take()).toBeNull();
    for (let round = 0; round < 3; round++) {
      const all: ProbeEvent[] = Array.from({ length: 2000 * (round + 1) }, (_, i) => ({
        type: 'unsent',
        endpoint: 0,
        seq: i,
        error: `E${(i % 7) + round}`,
      }));
      for (const event of all) batch.push(event);
      expect(unpacked(batch)).toEqual(all);
      expect(batch.take()).toBeNull();
    }
  });

  it('keeps what is frequent in numbers alone', () => {
    const batch = new EventBatch();
    batch.push({ type: 'sent', endpoint: 1, seq: 2 ** 40, at: 1.5e12 });
    batch.push({ type: 'answered', endpoint: 1, seq: 2 ** 40, rtt: 12.345, ttl: 57 });
    const packed = batch.take();
    expect(packed?.rest).toEqual([]);
    expect(packed?.numbers).toHaveLength(8);
  });
});
