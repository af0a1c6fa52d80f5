// The observer without its thread: messages in, watchers told.

import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { EventBatch } from '../../src/events/event-batch.js';
import type { PackedEvents } from '../../src/events/event-batch.js';
import type { ProbeEvent } from '../../src/events/events.js';
import { ObserverHost } from '../../src/observer/observer-host.js';
import type { FromObserver } from '../../src/observer/protocol.js';
import type { StatusStart } from '../../src/observer/status/status-watcher.js';
import type { StartWatcher, WatchContext } from '../../src/observer/watcher.js';
import type { WatcherModules } from '../../src/observer/watchers.js';
import { NOON, sampleInfo, sampleProbes } from '../support/record-sample.js';

const packed = (events: readonly ProbeEvent[]): PackedEvents => {
  const batch = new EventBatch();
  for (const event of events) batch.push(event);
  const numbers = batch.take();
  if (numbers === null) throw new Error('no events');
  return numbers;
};

/** A host that knows one watcher, by the name of `status`. */
class Observed {
  readonly said: FromObserver[] = [];
  readonly host: ObserverHost;
  elapsed = 0;

  constructor(start: StartWatcher<StatusStart>) {
    const never = (): Promise<never> => Promise.reject(new Error('not asked for'));
    const modules: WatcherModules = {
      screen: never,
      line: never,
      web: never,
      status: () => Promise.resolve({ start }),
    };
    this.host = new ObserverHost(
      modules,
      () => this.elapsed,
      (message) => this.said.push(message),
    );
    this.host.receive({ type: 'start', info: sampleInfo(['a']), now: NOON });
    this.host.receive({ type: 'watch', watcher: 'status', options: { path: 'p' } });
  }
}

describe('the observer', () => {
  it('gives watchers the history of all events so far, also of those that came while their module was loaded', async () => {
    const slots: (number | undefined)[] = [];
    let paths = '';
    const observed = new Observed(({ history }, { path }) => {
      paths += path;
      return { tick: () => slots.push(history.endpoints[0]?.span(-Infinity, Infinity).slots) };
    });
    observed.host.receive({ type: 'tick', now: NOON + 250, batch: packed(sampleProbes(0, [1, 2])) });
    expect(slots).toEqual([]);
    await turn();
    expect(slots).toEqual([2]);
    observed.host.receive({ type: 'events', batch: packed(sampleProbes(0, [3], NOON + 200, 2)) });
    expect(slots).toEqual([2]);
    observed.host.receive({ type: 'tick', now: NOON + 500, batch: null });
    expect(slots).toEqual([2, 3]);
    expect(paths).toBe('p');
  });

  it('carries the session timeline on for two and a half seconds without news, and no further', async () => {
    let context: WatchContext | null = null;
    const observed = new Observed((given) => {
      context = given;
      return {};
    });
    await turn();
    observed.host.receive({ type: 'tick', now: NOON + 1000, batch: null });
    const now = (elapsed: number): number | undefined => {
      observed.elapsed = elapsed;
      return context?.clock.now();
    };
    expect([now(0), now(400), now(2500), now(60_000)]).toEqual([NOON + 1000, NOON + 1400, NOON + 3500, NOON + 3500]);
  });

  it('passes on what watchers want, and closes them before it says so', async () => {
    let close: () => void = () => {};
    const observed = new Observed(({ command, trouble }) => ({
      tick: () => {
        command({ type: 'mark', text: 'here', at: NOON });
        trouble('no room');
      },
      close: () =>
        new Promise((resolve) => {
          close = resolve;
        }),
    }));
    await turn();
    observed.host.receive({ type: 'tick', now: NOON, batch: null });
    observed.host.receive({ type: 'close' });
    await turn();
    const before: FromObserver[] = [
      { type: 'command', command: { type: 'mark', text: 'here', at: NOON } },
      { type: 'trouble', watcher: 'status', message: 'no room' },
    ];
    expect(observed.said).toEqual(before);
    close();
    await turn();
    expect(observed.said).toEqual([...before, { type: 'closed' }]);
  });
});
