// Brings the evidence of a run together: the pieces of the record, the responder's log, and what pingem's own reader makes
// of the record.

import { execFile } from 'node:child_process';
import { cpSync, createReadStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { pingemProgram } from '../support/pingem-run.js';
import type { LogLine } from '../support/responder-script.js';
import type { Diary } from './diary.js';
import { INTERVAL_MS, NAMED, TIMEOUT_MS } from './endpoints.js';
import type { Evidence } from './judge/evidence.js';
import { linesOf } from './judge/pieces.js';
import { byLaunch, readWhole } from './judge/recorded.js';
import { TruthReader } from './judge/truth.js';
import type { Stage } from './stage.js';

const run = promisify(execFile);

export type Testimony = {
  evidence: Evidence;
  /** What is wrong with the record as a file, in words. */
  faults: string[];
  torn: number;
};

/** Probes that `pingem summary` counts in a file, null if it can't read it. */
const countedByPingem = async (path: string): Promise<number | null> => {
  // Status 1 says that somebody never answered, which a short piece is free to say.
  const { stdout, code } = await run(process.execPath, [pingemProgram, 'summary', path], { maxBuffer: 2 ** 26 }).then(
    (done) => ({ ...done, code: 0 }),
    (error: unknown) => error as { stdout: string; code: number },
  );
  if (code > 1) return null;
  return [...stdout.matchAll(/^ {2}(\d+) probes? {2}answered/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
};

export const testify = async (stage: Stage, diary: Diary, endpoints: number): Promise<Testimony> => {
  const { subject, record, responder, folder } = stage;
  const truth = new TruthReader(subject.launches, endpoints);
  for await (const text of createInterface({ input: createReadStream(responder.logPath) })) {
    truth.line(JSON.parse(text) as LogLine);
  }
  const pieces = record.all();
  const { runs, torn, orphans } = readWhole(linesOf(pieces));
  const faults: string[] = [];
  if (orphans > 0) faults.push(`${orphans} lines stand before any session line`);
  const own = runs.reduce((sum, { slots }) => sum + slots.reduce((count, { size }) => count + size, 0), 0);
  const counts: (number | null)[] = [];
  // Each piece by itself, as a user would open a rotated file, and then all of them put together.
  for (const [n, piece] of [...pieces, Buffer.concat(pieces)].entries()) {
    const path = join(folder, `piece-${n + 1}${record.path.endsWith('.gz') ? '.gz' : ''}`);
    writeFileSync(path, piece);
    counts.push(piece.length === 0 ? 0 : await countedByPingem(path));
  }
  const theirs = counts.pop();
  if (theirs !== own)
    faults.push(`pingem summary counts ${theirs ?? 'nothing'} in the whole record, there are ${own} slots`);
  for (const [n, count] of counts.entries()) {
    if (count === null) faults.push(`pingem summary can't read piece ${n + 1} of ${pieces.length} by itself`);
  }
  return {
    evidence: {
      plan: { intervalMs: INTERVAL_MS, timeoutMs: TIMEOUT_MS, endpoints, named: NAMED },
      launches: subject.launches,
      diary,
      recorded: byLaunch(runs, subject.launches),
      truth: truth.runs,
    },
    faults,
    torn,
  };
};

/** For whoever wants to look into what was found. */
export const keepEvidence = (stage: Stage, diary: Diary, to: string): void => {
  mkdirSync(to, { recursive: true });
  for (const [n, piece] of stage.record.all().entries()) writeFileSync(join(to, `piece-${n + 1}`), piece);
  cpSync(stage.responder.logPath, join(to, 'truth.jsonl'));
  writeFileSync(join(to, 'diary.json'), JSON.stringify({ launches: stage.subject.launches, diary }, null, 1));
  writeFileSync(join(to, 'stderr'), stage.subject.stderr);
};
