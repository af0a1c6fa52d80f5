// `pingem serve` as a child in the near namespace, and the URL that it printed.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { NetPair } from './netns.js';
import { pingemProgram, rootEnvironment } from './pingem-run.js';

export type ServeRun = {
  /** With its token. */
  url: string;
  /** Ends it as a service is ended. */
  stop: () => Promise<void>;
};

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

/** Rejects where it ends before it serves, with what it said. */
export const startServe = async (pair: NetPair, words: readonly string[]): Promise<ServeRun> => {
  const command = [process.execPath, pingemProgram, 'serve', ...words];
  const child = pair.spawnNear(command, { env: rootEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended(child);
  };
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', (text: Buffer) => {
      said += String(text);
      const found = /http:\S+/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`pingem serve has ended: ${said}`)));
  });
  return { url, stop };
};
