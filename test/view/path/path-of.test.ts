// Which endpoints are the path to which host, and who of them only answers ping badly.

import { describe, expect, it } from 'vitest';
import { hostOf, hopsTo, inPathOrder } from '../../../src/view/path/path-of.js';
import type { OnPath } from '../../../src/view/path/path-of.js';

const host = (id: number, target: string, address: string | null = target, isRemoved = false): OnPath => ({
  info: { id, kind: 'host', hop: null, target },
  address,
  isRemoved,
});
const hop = (id: number, n: number, target: string, isRemoved = false): OnPath => ({
  info: { id, kind: 'hop', hop: n, target },
  address: null,
  isRemoved,
});

describe('a path', () => {
  const endpoints = [
    host(0, 'far.example', '192.0.2.9'),
    host(1, '192.0.2.1'),
    hop(2, 2, '192.0.2.9'),
    hop(3, 1, '192.0.2.9'),
    hop(4, 3, '192.0.2.9', true),
    hop(5, 1, '192.0.2.1'),
    hop(6, 1, '192.0.2.77'),
  ];

  it('has its hops by distance, those that are watched', () => {
    expect(hopsTo(endpoints, 0)).toEqual([3, 2]);
    expect(hopsTo(endpoints, 1)).toEqual([5]);
    expect(hopsTo(endpoints, 2)).toEqual([]);
  });

  it('is shown as it was where none of it is watched any more', () => {
    const over = endpoints.map((one) => ({ ...one, isRemoved: true }));
    expect(hopsTo(over, 0)).toEqual([3, 2, 4]);
  });

  it('leads to the host at the address that its hops go to', () => {
    expect(endpoints.map((_, id) => hostOf(endpoints, id))).toEqual([0, 1, 0, 0, 0, 1, null]);
  });

  it('stands in front of its host, whatever the order of the others', () => {
    expect(inPathOrder(endpoints, [0, 1, 2, 3, 5, 6])).toEqual([3, 2, 0, 5, 1, 6]);
    expect(inPathOrder(endpoints, [1, 0])).toEqual([1, 0]);
  });
});
