// The ring across the sequences where 16, 32 and 48 bits end.

import { describe, expect, it } from 'vitest';
import { ProbeRing, State } from '../../../src/probe/schedule/probe-ring.js';

describe('the ring of probes', () => {
  it.each([0, 65_530, 2 ** 32 - 5, 2 ** 47])('keeps the last 65,536 probes from %i on', (first) => {
    const ring = new ProbeRing(first);
    for (let i = 0; i < 70_000; i++) {
      const seq = ring.add(i);
      ring.sent(seq, i, i % 3, (i * 5) % 65_536);
      expect(seq).toBe(first + i);
      ring.setState(seq, i % 2 === 0 ? State.answered : State.lost);
    }
    const oldest = first + 70_000 - 65_536;
    expect(ring.state(oldest - 1)).toBe(State.none);
    expect(ring.state(first + 70_000)).toBe(State.none);
    expect(ring.state(oldest)).toBe(State.answered);
    expect(ring.sentAt(oldest + 1)).toBe(70_000 - 65_536 + 1);
    expect(ring.via(oldest)).toBe((70_000 - 65_536) % 3);
    expect(ring.low(oldest)).toBe(((70_000 - 65_536) * 5) % 65_536);
    expect(ring.inFlight).toBe(0);
  });

  it('knows nothing of sequences before the first', () => {
    const ring = new ProbeRing(1000);
    ring.add(0);
    expect(ring.state(999)).toBe(State.none);
    expect(ring.state(1000)).toBe(State.inFlight);
    expect(ring.state(1001)).toBe(State.none);
  });

  it('keeps what it holds while it grows, at any size', () => {
    const ring = new ProbeRing(1_000_003);
    for (let i = 0; i < 5_000; i++) {
      const seq = ring.add(i);
      ring.sent(seq, i + 0.5, i % 7, i % 65_536);
      if (i % 3 === 0) ring.setState(seq, State.lost);
      const known = Math.floor(i / 2);
      const old = 1_000_003 + known;
      expect([ring.sentAt(old), ring.via(old), ring.low(old)]).toEqual([known + 0.5, known % 7, known]);
      expect(ring.state(old)).toBe(known % 3 === 0 ? State.lost : State.inFlight);
    }
    expect(ring.state(1_000_003)).toBe(State.lost);
  });

  it('tells which probe in flight the next one displaces', () => {
    const ring = new ProbeRing(7);
    for (let i = 0; i < 65_535; i++) ring.add(i);
    expect(ring.displaced).toBeNull();
    ring.add(0);
    expect(ring.displaced).toBe(7);
    ring.setState(7, State.lost);
    expect(ring.displaced).toBeNull();
    expect(ring.inFlight).toBe(65_535);
  });
});
