// Which hop of a path is the provider's router.

import { describe, expect, it } from 'vitest';
import { positionOf } from '../../../src/diagnosis/place/place.js';
import { placeHops } from '../../../src/diagnosis/place/provider-hop.js';
import type { Placed } from '../../../src/diagnosis/place/provider-hop.js';

const placed = (info: Partial<Placed['info']>, address: string | null): Placed => {
  const whole = { kind: 'host' as const, place: null, hop: null, target: '9.9.9.9', ...info };
  return { info: whole, address, position: positionOf(whole) };
};
const hop = (n: number, address: string | null, more: Partial<Placed['info']> = {}): Placed =>
  placed({ kind: 'hop', hop: n, ...more }, address);

const sides = (...all: Placed[]) => {
  placeHops(all);
  return all.map(({ position }) => `${position.side} ${position.rank}`);
};

describe('the provider among the hops', () => {
  it('is the first behind the gateway that answers from outside', () => {
    expect(
      sides(hop(1, '192.168.1.1'), hop(2, '10.0.0.1'), hop(3, null), hop(4, '100.64.0.1'), hop(5, '203.0.113.1')),
    ).toEqual(['gateway 1', 'between 2', 'between 3', 'provider 4', 'between 5']);
  });

  it('is one for each path, whatever the order', () => {
    const other = { target: '2606:4700::1' };
    expect(
      sides(hop(3, '203.0.113.1'), hop(2, '203.0.113.2'), hop(2, 'fe80::1', other), hop(3, '2001:db8::1', other)),
    ).toEqual(['between 3', 'provider 2', 'between 2', 'provider 3']);
  });

  it('is as far away as @provider that has its address', () => {
    expect(sides(placed({ kind: 'provider', target: '@provider' }, '203.0.113.1'), hop(3, '203.0.113.1'))).toEqual([
      'provider 3',
      'provider 3',
    ]);
  });

  it('is whom the user says', () => {
    expect(sides(hop(2, '203.0.113.1'), hop(3, '203.0.113.2', { place: 'provider' }))).toEqual([
      'between 2',
      'provider 3',
    ]);
  });

  it('moves on when another router answers', () => {
    const [a, b] = [hop(2, '203.0.113.1'), hop(3, '203.0.113.2')];
    expect(sides(a, b)).toEqual(['provider 2', 'between 3']);
    expect(sides({ ...a, address: '10.0.0.1' }, b)).toEqual(['between 2', 'provider 3']);
  });
});
