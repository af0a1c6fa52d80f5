// `npm run chaos [-- --seconds 60 --seed N --only 'stop,link down' --gzip --keep FOLDER]` and `npm run soak -- HOURS`:
// pingem in a terminal, probing scripted endpoints, while all sorts of things happen to it (or nothing at all); then a
// judgement of every slot. Exit status 0 if nothing was lost, 1 if something was, 2 for bad usage. Needs root.

import { setTimeout as sleep } from 'node:timers/promises';
import { startJanitor } from '../support/janitor.js';
import { netnsObstacle } from '../support/netns.js';
import type { Entry } from './diary.js';
import { targets } from './endpoints.js';
import { sampleOf } from './health.js';
import type { Sample } from './health.js';
import { FLUSH_MS } from './judge/evidence.js';
import { judge } from './judge/verdict.js';
import { parseOptions, UsageError } from './options.js';
import type { ChaosOptions } from './options.js';
import { perform } from './perform.js';
import { seeded } from './random.js';
import { report } from './report.js';
import { schedule } from './schedule.js';
import { setStage } from './stage.js';
import type { Stage } from './stage.js';
import { keepEvidence, testify } from './testify.js';

const SAMPLE_MS = 1000;
const FIRST_REPLY_MS = 15_000;
/** Long enough for every late reply of the script, and for every slot to settle. */
const CALM_S = 4;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const complain = (error: unknown): void => {
  const isOurs = error instanceof Error && !(error instanceof UsageError);
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`chaos: ${(isOurs ? error.stack : null) ?? text}\n`);
};

const firstRequest = async (stage: Stage): Promise<void> => {
  const limit = performance.now() + FIRST_REPLY_MS;
  while (stage.responder.requests().length === 0) {
    stage.subject.check();
    if (performance.now() > limit) throw new Error(`no probe came within ${FIRST_REPLY_MS} ms`);
    await sleep(100);
  }
};

/** Looks after the program until `over`; rejects if it ends by itself. */
const watch = async (stage: Stage, samples: Sample[], over: () => boolean): Promise<void> => {
  for (; !over(); await sleep(SAMPLE_MS)) {
    stage.subject.check();
    const { pid } = stage.subject;
    const sample = pid === null ? null : sampleOf(pid);
    if (sample !== null) samples.push(sample);
  }
};

/** Returns whether all was well. */
const run = async (options: ChaosOptions, stage: Stage): Promise<boolean> => {
  const { seconds, seed, faults } = options;
  const plan = schedule(faults, seconds, seeded(seed));
  const samples: Sample[] = [];
  let diary: Entry[] = [];
  try {
    await stage.subject.launch();
    await firstRequest(stage);
    let over = false;
    const performed = perform(plan, stage, seconds, say).then(async (entries) => {
      await sleep(CALM_S * 1000);
      over = true;
      return entries;
    });
    [diary] = await Promise.all([performed, watch(stage, samples, () => over)]);
    const status = await stage.subject.end();
    const testimony = await testify(stage, diary, targets(stage.pair).length);
    const verdict = judge(testimony.evidence, FLUSH_MS[options.compressed ? 'compressed' : 'plain']);
    const { text, well } = report({ diary, verdict, testimony, samples, status, stderr: stage.subject.stderr });
    say(text);
    if (!well && options.keep !== null) keepEvidence(stage, diary, options.keep);
    return well;
  } catch (error) {
    if (options.keep !== null) keepEvidence(stage, diary, options.keep);
    throw error;
  }
};

const main = async (): Promise<number> => {
  const options = parseOptions(process.argv.slice(2));
  const obstacle = netnsObstacle();
  if (obstacle !== null) throw new UsageError(`network namespaces can't be made: ${obstacle}`);
  const { seconds, seed, faults, compressed } = options;
  say(
    `seed ${seed}, ${seconds} s, ${faults.length} kinds of faults, ${compressed ? 'a compressed' : 'a plain'} record; the same again: --seed ${seed}`,
  );
  const stage = await setStage(compressed, seconds);
  try {
    return (await run(options, stage)) ? 0 : 1;
  } catch (error) {
    // What is wrong afterwards, when all is taken down, often comes of it and must not be said instead.
    complain(error);
    return 1;
  } finally {
    await stage.dispose();
  }
};

const clearAway = startJanitor();
const status = await main().catch((error: unknown) => {
  complain(error);
  return error instanceof UsageError ? 2 : 1;
});
await clearAway();
process.exit(status);
