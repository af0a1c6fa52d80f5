// Outages in words.

import { describe, expect, it } from 'vitest';
import type { Outage } from '../../src/history/outages/outage-ledger.js';
import { errorText, newestGroup, outageWords, stillOut } from '../../src/view/outage-text.js';

const start = Date.UTC(2025, 10, 23, 14, 28, 35);

const outage = (
  endpoint: number,
  from: number,
  to: number | null,
  lost: number,
  error: string | null = null,
): Outage => ({
  endpoint,
  from: start + from,
  to: to === null ? null : start + to,
  lost,
  error,
});

const words = (outages: Outage[], now = start + 60_000): ReturnType<typeof outageWords> => {
  const group = newestGroup(outages);
  if (group === null) throw new Error('no group');
  return outageWords(
    group,
    now,
    (at) => at,
    (id) => `host${id}`,
  );
};

describe('an ICMP error', () => {
  it('means what it means in its own family', () => {
    expect(errorText('3/0 from 192.168.1.1')).toBe('network unreachable (3/0 from 192.168.1.1)');
    expect(errorText('3/0 from fd00::1')).toBe('hop limit exceeded (3/0 from fd00::1)');
    expect(errorText('9/9 from fd00::1')).toBe('9/9 from fd00::1');
  });
});

describe('an outage', () => {
  it('names its endpoint, times, length and error', () => {
    expect(words([outage(2, 0, 20_000, 200, 'ENETUNREACH')])).toEqual({
      who: 'host2',
      when: '14:28:35 to 14:28:55',
      brief: 'to 14:28:55',
      length: '20 s',
      probes: '200 probes',
      why: 'no route (ENETUNREACH)',
    });
  });

  it('of several endpoints that began together is one', () => {
    const all = words([outage(0, 0, 20_000, 200), outage(1, 90, 19_000, 190), outage(2, 1200, 21_000, 198)]);
    expect(all).toMatchObject({ who: '3 endpoints', when: '14:28:35 to 14:28:56', probes: '588 probes' });
  });

  it('of several endpoints gives an error only if it is that of all', () => {
    const same = [outage(0, 0, 20_000, 200, 'ENETUNREACH'), outage(1, 90, 20_000, 200, 'ENETUNREACH')];
    expect(words(same).why).toBe('no route (ENETUNREACH)');
    expect(words([...same, outage(2, 90, 20_000, 200)]).why).toBe('');
  });

  it('is not lumped together with one that has lasted for long', () => {
    const outages = [outage(3, -3_600_000, null, 9999), outage(0, 0, 20_000, 200)];
    expect(words(outages).who).toBe('host0');
    const group = newestGroup(outages);
    expect(group === null ? [] : stillOut(outages, group).map(({ endpoint }) => endpoint)).toEqual([3]);
  });

  it('lasts while one of its endpoints is out', () => {
    expect(words([outage(0, 0, 20_000, 200), outage(1, 50, null, 500)])).toMatchObject({
      when: 'since 14:28:35',
      length: '1 m',
    });
  });

  it('of another day says which', () => {
    expect(words([outage(0, 0, 20_000, 200)], start + 86_400_000).when).toBe('23 Nov 14:28:35 to 23 Nov 14:28:55');
  });

  it('is none where there was none', () => {
    expect(newestGroup([])).toBeNull();
  });
});

describe('errors', () => {
  it('are put in words where they are known', () => {
    expect(errorText('3/1 from 192.168.1.1')).toBe('host unreachable (3/1 from 192.168.1.1)');
    expect(errorText('EFANCY')).toBe('EFANCY');
  });
});
