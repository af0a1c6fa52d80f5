// One stream, many readers.

import { describe, expect, it } from 'vitest';
import type { ProbeEvent } from '../../src/events/events.js';
import { applying, fanOut } from '../../src/events/sink.js';

const mark = (text: string): ProbeEvent => ({ type: 'mark', at: 0, text });

describe('fanOut', () => {
  it('gives each event to every sink in turn, before the next event', () => {
    const seen: string[] = [];
    const sink = (name: string) => ({
      event: (event: ProbeEvent) => seen.push(`${name} ${event.type === 'mark' ? event.text : ''}`),
    });
    const stream = fanOut([sink('a'), applying({ apply: sink('b').event })]);
    stream.event(mark('1'));
    stream.event(mark('2'));
    expect(seen).toEqual(['a 1', 'b 1', 'a 2', 'b 2']);
  });

  it('closes those at once that want to be, and waits for all of them', async () => {
    const steps: string[] = [];
    const closing = (name: string) => ({
      event: () => {},
      close: async (patience: number) => {
        steps.push(`${name} begins, ${patience}`);
        await Promise.resolve();
        steps.push(`${name} ends`);
      },
    });
    await fanOut([closing('a'), { event: () => {} }, closing('b')]).close(400);
    expect(steps).toEqual(['a begins, 400', 'b begins, 400', 'a ends', 'b ends']);
  });
});
