// Carries out a schedule: the lanes side by side, each fault at its time or as soon after it as its lane is free.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry } from './diary.js';
import type { Lane } from './fault.js';
import type { Planned } from './schedule.js';
import type { Stage } from './stage.js';

/** Spans begin a little early: the first packet may feel a fault before we have noted it. */
const EARLY_MS = 50;
/** What every fault may show for after its end, if it doesn't say otherwise. */
const SETTLES_S = 0.2;

export const perform = async (
  plan: ReadonlyMap<Lane, readonly Planned[]>,
  stage: Stage,
  seconds: number,
  say: (text: string) => void,
): Promise<Entry[]> => {
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  const diary: Entry[] = [];
  const lane = async (planned: readonly Planned[]): Promise<void> => {
    for (const { fault, at, seconds: lasts, random } of planned) {
      await sleep(Math.max(0, at - elapsed()) * 1000);
      if (elapsed() + lasts > seconds) return;
      const from = Date.now() - EARLY_MS;
      say(`${elapsed().toFixed(1).padStart(7)} s  ${fault.name}${lasts > 0 ? `, ${lasts.toFixed(1)} s` : ''}`);
      await fault.inflict(stage, lasts, random);
      const to = Date.now() + (fault.settles ?? SETTLES_S) * 1000;
      diary.push({ fault: fault.name, clouds: fault.clouds ?? null, from, to });
    }
  };
  await Promise.all([...plan.values()].map(lane));
  await sleep(Math.max(0, seconds - elapsed()) * 1000);
  return diary;
};
