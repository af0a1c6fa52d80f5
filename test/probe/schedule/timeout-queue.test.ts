// The queue of timeouts across its growing and wrapping.

import { describe, expect, it } from 'vitest';
import { TimeoutQueue } from '../../../src/probe/schedule/timeout-queue.js';

describe('the queue of timeouts', () => {
  it('hands out in order what is due, also after it has grown and wrapped', () => {
    const queue = new TimeoutQueue();
    const out: number[] = [];
    let next = 0;
    for (let round = 0; round < 10; round++) {
      for (let i = 0; i < 1_500; i++) queue.push(next, next % 7, next++);
      queue.expire(next - 1_000, (endpoint, seq) => {
        expect(endpoint).toBe(seq % 7);
        out.push(seq);
      });
    }
    queue.expire(Infinity, (_endpoint, seq) => out.push(seq));
    expect(out).toEqual(Array.from({ length: 15_000 }, (_, i) => i));
  });

  it('passes over those that no longer wait', () => {
    const queue = new TimeoutQueue();
    for (let seq = 0; seq < 5; seq++) queue.push(seq * 10, 0, seq);
    expect(queue.nextDeadline((_endpoint, seq) => seq >= 3)).toBe(30);
    expect(queue.nextDeadline(() => false)).toBeNull();
  });
});
