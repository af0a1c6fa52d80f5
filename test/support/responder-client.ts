// Starts the scripted responder in a far namespace and reads its log. Assumes that `tsc -b` has run: the program is
// dist/test/support/responder.js, found from the sources and from dist alike.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { NetPair } from './netns.js';
import type { LogLine, RequestLine, ResponderScript } from './responder-script.js';

/** The repository's root, whether this file runs from test/support or from dist/test/support. */
export const projectRoot = resolve(import.meta.dirname, import.meta.dirname.includes('/dist/') ? '../../..' : '../..');

/** A helper program of this folder, compiled. */
export const supportProgram = (name: string): string => join(projectRoot, 'dist/test/support', `${name}.js`);

export type Responder = {
  /** For those who want to read a long log line by line. */
  logPath: string;
  /** Everything logged up to now. */
  log(): LogLine[];
  requests(): RequestLine[];
  stop(): Promise<void>;
};

/** Resolves when the child has printed `text` on stdout; rejects if it ends before. */
export const saidOnStdout = async (child: ChildProcess, text: string): Promise<void> => {
  let seen = '';
  await new Promise<void>((done, failed) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.includes(text)) done();
    });
    child.once('exit', (code) =>
      failed(new Error(`ended with ${code} before it said ${JSON.stringify(text)}: ${seen}`)),
    );
    child.once('error', failed);
  });
};

export const startResponder = async (pair: NetPair, script: ResponderScript): Promise<Responder> => {
  const folder = mkdtempSync(join(tmpdir(), 'pingem-responder-'));
  const scriptPath = join(folder, 'script.json');
  const logPath = join(folder, 'log.jsonl');
  writeFileSync(scriptPath, JSON.stringify(script));
  const child = pair.spawnFar([process.execPath, supportProgram('responder'), scriptPath, logPath], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await saidOnStdout(child, 'ready').catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  const log = (): LogLine[] =>
    readFileSync(logPath, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);
  return {
    logPath,
    log,
    requests: () => log().filter((line) => line.type === 'request'),
    stop: async () => {
      child.stdin?.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
