// The ring across the sequences where 16, 32 and 48 bits end.

import { describe, expect, it } from 'vitest';
import { ProbeRing, State } from '../../../src/probe/schedule/probe-ring.js';

describe('the ring of probes', () => {
  it.each([0, 65_530, 2 ** 32 - 5, 2 ** 47])('keeps the last 65,536 probes from %i on', (first) => {
    const ring = new ProbeRing(first);
    for (let i = 0; i < 70_000; i++) {
      const seq = ring.add(i, i % 3);
      expect(seq).toBe(first + i);
      ring.setState(seq, i % 2 === 0 ? State.answered : State.lost);
    }
    const oldest = first + 70_000 - 65_536;
    expect(ring.state(oldest - 1)).toBe(State.none);
    expect(ring.state(first + 70_000)).toBe(State.none);
    expect(ring.state(oldest)).toBe(State.answered);
    expect(ring.sentAt(oldest + 1)).toBe(70_000 - 65_536 + 1);
    expect(ring.via(oldest)).toBe((70_000 - 65_536) % 3);
    expect(ring.inFlight).toBe(0);
  });

  it('knows nothing of sequences before the first', () => {
    const ring = new ProbeRing(1000);
    ring.add(0, 0);
    expect(ring.state(999)).toBe(State.none);
    expect(ring.state(1000)).toBe(State.inFlight);
    expect(ring.state(1001)).toBe(State.none);
  });

  it('finds a probe by the low 16 bits of its sequence', () => {
    const ring = new ProbeRing(65_000);
    for (let i = 0; i < 1_000; i++) ring.add(i, 0);
    expect(ring.bySeqLow(65_999 % 65_536)).toBe(65_999);
    expect(ring.bySeqLow(65_400)).toBe(65_400);
    expect(ring.state(ring.bySeqLow(64_999))).toBe(State.none);
  });

  it('tells which probe in flight the next one displaces', () => {
    const ring = new ProbeRing(7);
    for (let i = 0; i < 65_535; i++) ring.add(i, 0);
    expect(ring.displaced).toBeNull();
    ring.add(0, 0);
    expect(ring.displaced).toBe(7);
    ring.setState(7, State.lost);
    expect(ring.displaced).toBeNull();
    expect(ring.inFlight).toBe(65_535);
  });
});
