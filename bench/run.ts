// Small things that several benches do.

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetPair } from '../test/support/netns.js';
import { makeNetPair } from '../test/support/netns.js';
import { pingemProgram, readRecord } from '../test/support/pingem-run.js';
import type { PingemRecord } from '../test/support/pingem-run.js';
import { startResponder } from '../test/support/responder-client.js';
import type { Responder } from '../test/support/responder-client.js';
import type { Step } from '../test/support/responder-script.js';
import { openPane } from './tmux.js';
import type { TmuxPane } from './tmux.js';

const LAST_WORDS_MS = 2000;

/** Runs a command of the near namespace to its end; stdout and stderr together, as they came. */
export const outputOf = async (pair: NetPair, command: readonly string[], atMostMs: number): Promise<string> => {
  const child = pair.spawnNear(command, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  // SIGINT first: most monitors then say what they have counted.
  const limits = [
    setTimeout(() => child.kill('SIGINT'), atMostMs),
    setTimeout(() => child.kill('SIGKILL'), atMostMs + LAST_WORDS_MS),
  ];
  await once(child, 'close');
  for (const limit of limits) clearTimeout(limit);
  return output;
};

/** A pair of namespaces for as long as `use` takes. */
export const withPair = async <T>(endpoints: number, use: (pair: NetPair) => Promise<T>): Promise<T> => {
  const pair = makeNetPair(endpoints);
  try {
    return await use(pair);
  } finally {
    pair.dispose();
  }
};

/** A responder that does the same `steps` at each of these addresses, or its own at each. */
export const withResponder = async <T>(
  pair: NetPair,
  addresses: Readonly<Record<string, readonly Step[]>>,
  use: (responder: Responder) => Promise<T>,
): Promise<T> => {
  const responder = await startResponder(pair, { addresses });
  try {
    return await use(responder);
  } finally {
    await responder.stop();
  }
};

/** One busy loop a core while `use` runs. */
export const withBusyCores = async <T>(use: () => Promise<T>): Promise<T> => {
  const loops: ChildProcess[] = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  try {
    return await use();
  } finally {
    for (const loop of loops) loop.kill('SIGKILL');
  }
};

/** pingem with its screen, in a pane of the near namespace, recording. */
export const withPingemScreen = async <T>(
  pair: NetPair,
  args: readonly string[],
  use: (pane: TmuxPane) => Promise<T>,
): Promise<{ result: T; record: PingemRecord }> => {
  const folder = mkdtempSync(join(tmpdir(), 'pingem-bench-'));
  const path = join(folder, 'record.jsonl');
  const program = [process.execPath, pingemProgram, ...args, '--record', path];
  const pane = openPane(['ip', 'netns', 'exec', pair.near, ...program]);
  try {
    const result = await use(pane);
    if (!existsSync(path)) throw new Error(`no record was made; the screen says:\n${pane.capture()}`);
    return { result, record: readRecord(readFileSync(path, 'utf8')) };
  } finally {
    pane.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
