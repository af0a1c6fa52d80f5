// Own traffic by the real program, from the kernel's own counters, to the record.

import { describe, expect, it } from 'vitest';
import { pairFor, withoutNetns } from '../support/netns-suite.js';
import { startPingem } from '../support/pingem-run.js';

/** IPv4 header, ICMP header and payload of a probe, and its frame's header. */
const FRAME_BYTES = 20 + 8 + 56 + 14;

describe.skipIf(withoutNetns).concurrent('own traffic', () => {
  it('is what the interface of the default route carries, second by second', async (test) => {
    const pair = pairFor(test, 1);
    pair.kernelAnswers(true);
    const [host = ''] = pair.far4;
    pair.ip('route', 'add', 'default', 'via', host);
    const { record } = await startPingem(pair, ['-i', '0.05', '-w', '5', '--text', host]).ended;
    const lines = record.lines.filter((line) => line.type === 'traffic');
    expect(lines.length).toBeGreaterThan(0);
    expect(new Set(lines.map((line) => line.interface))).toEqual(new Set(['eth0']));
    const seconds = lines.flatMap(({ received, sent }) => received.map((bytes, i) => [bytes, sent[i] ?? 0] as const));
    expect(seconds.length).toBeGreaterThanOrEqual(2);
    // 20 probes a second; whatever else there is (neighbours, routers) is less, but for a busy machine's late second.
    for (const way of [0, 1] as const) {
      const mean = seconds.reduce((sum, second) => sum + second[way], 0) / seconds.length;
      expect(mean).toBeGreaterThan(20 * FRAME_BYTES * 0.7);
      expect(mean).toBeLessThan(20 * FRAME_BYTES * 2);
    }
  });

  it('is not looked at with --no-traffic', async (test) => {
    const pair = pairFor(test, 1);
    pair.kernelAnswers(true);
    const [host = ''] = pair.far4;
    pair.ip('route', 'add', 'default', 'via', host);
    const { record } = await startPingem(pair, ['-i', '0.05', '-w', '4', '--text', '--no-traffic', host]).ended;
    expect(record.slots[0]?.length).toBeGreaterThan(10);
    expect(record.lines.filter(({ type }) => type === 'traffic')).toEqual([]);
  });
});
