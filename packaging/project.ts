// Where things lie, and what every script of this folder does alike: run a command, say what failed in one line.

import { execFileSync } from 'node:child_process';
import type { ExecFileSyncOptions } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, without a slash at its end. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** What the scripts make, ignored by git. */
export const outFolder = `${projectRoot}/dist/packages`;

type Manifest = { name: string; version: string; type: string; description: string; imports: Record<string, string> };

export const packageManifest = JSON.parse(readFileSync(`${projectRoot}/package.json`, 'utf8')) as Manifest;

/** Runs a command with its output shown on stderr; throws with its command line if it fails. */
export const run = (command: string, args: readonly string[], options: ExecFileSyncOptions = {}): void => {
  execFileSync(command, [...args], { stdio: ['ignore', process.stderr, 'inherit'], ...options });
};

/** What a command prints, without the end of the last line. */
export const outputOf = (command: string, args: readonly string[], options: ExecFileSyncOptions = {}): string =>
  execFileSync(command, [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options })
    .toString()
    .trimEnd();

export const say = (line: string): void => void process.stdout.write(`${line}\n`);
