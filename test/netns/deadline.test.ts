// -w ends a run at the second given, whatever is in flight then.

import { describe, expect, it } from 'vitest';
import { pairFor, withoutNetns } from '../support/netns-suite.js';
import { startPingem } from '../support/pingem-run.js';

describe.skipIf(withoutNetns)('a deadline', () => {
  it('leaves what is in flight as such', async (test) => {
    // Nobody answers for the far side.
    const pair = pairFor(test, 2);
    const { code, record } = await startPingem(pair, ['-w', '1', '-i', '0.1', '-W', '5', '--text', ...pair.far4]).ended;
    for (const slots of record.slots) {
      expect(slots.length).toBeGreaterThanOrEqual(9);
      expect(slots.length).toBeLessThanOrEqual(11);
      expect(new Set(slots.map(({ state }) => state))).toEqual(new Set(['in-flight']));
    }
    expect(record.summaries.map((line) => [line['in-flight'], line.loss])).toEqual(
      record.slots.map((slots) => [slots.length, null]),
    );
    expect(code).toBe(1);
  });
});
