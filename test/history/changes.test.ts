// Who listens to a history's changes has the same columns as who reads all of them anew.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EndpointId, UnixMillis } from '../../src/events/units.js';
import { epochIndexAt } from '../../src/history/epoch-grid.js';
import { SessionHistory } from '../../src/history/session-history.js';
import type { EpochStats } from '../../src/history/statistics/epoch-stats.js';
import { liveEvents, plans, sessionInfo, START } from './streams.js';

const WIDTH = 5000;

describe('changes of the history', () => {
  it('are told for every column that has become another', () => {
    fc.assert(
      fc.property(
        plans({ spells: 12, longest: 120, endpoints: 2, more: ['very late', 'late', 'away'] }),
        fc.integer({ min: 1, max: 60 }),
        (plan, often) => {
          const info = sessionInfo(plan);
          // Few send records, so that most of the past is in rollups.
          const history = new SessionHistory(info, { recordCapacity: 256 });
          const kept = info.endpoints.map(() => new Map<number, EpochStats>());
          const changed = info.endpoints.map(() => new Set<number>());
          const note = (id: EndpointId, from: UnixMillis, to: UnixMillis): void => {
            const last = epochIndexAt(to, WIDTH, history.clockOffset);
            for (let index = epochIndexAt(from, WIDTH, history.clockOffset); index <= last; index++)
              changed[id]?.add(index);
          };
          history.tellChanges(note);
          const read = (id: EndpointId, index: number): EpochStats | undefined =>
            history.endpoints[id]?.span(index * WIDTH - history.clockOffset, (index + 1) * WIDTH - history.clockOffset);
          const takeChanges = (): void => {
            for (const [id, indexes] of changed.entries()) {
              for (const index of indexes) {
                const stats = read(id, index);
                if (stats !== undefined) kept[id]?.set(index, stats);
              }
              indexes.clear();
            }
          };
          for (const [count, event] of liveEvents(plan).entries()) {
            history.apply(event);
            // Of the whole session: told as an event.
            if (event.type === 'gap' && event.endpoint === undefined) {
              for (const { id } of info.endpoints) note(id, event.from, event.to);
            }
            if (count % often === 0) takeChanges();
          }
          takeChanges();
          for (const { id } of info.endpoints) {
            for (const [index, stats] of kept[id] ?? []) {
              const now = read(id, index);
              expect([id, index, stats.counts, stats.loss]).toEqual([id, index, now?.counts, now?.loss]);
            }
            const first = Math.floor(START / WIDTH);
            const last = Math.floor((history.lastAt ?? START) / WIDTH);
            const indexes = Array.from({ length: last - first + 1 }, (_, i) => first + i);
            const untold = (index: number): boolean =>
              (read(id, index)?.slots ?? 0) > 0 && kept[id]?.has(index) !== true;
            expect(indexes.filter(untold)).toEqual([]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
