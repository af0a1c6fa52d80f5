// --on-episode: a command of the user's for each episode that begins or ends. It gets what happened in its environment, as
// text that nobody interprets: no shell is involved. One at a time, each for 30 s at most, and none outlives us.

import type { ChildProcess } from 'node:child_process';
import type { Millis } from '../../events/units.js';
import { childrenRefused, ordinaryEnvironment, startChild } from '../../probe/process/children.js';

const MOST_TIME: Millis = 30_000;
/** Those that wait for the one that runs: each may take its 30 s, and what is over long since is no news. */
const MOST_WAITING = 10;

export class EpisodeCommand {
  readonly #words: readonly string[];
  readonly #onTrouble: (message: string | null) => void;
  readonly #waiting: Readonly<Record<string, string>>[] = [];
  /** Process groups that may have somebody in them, with what ends them. */
  readonly #groups = new Map<number, NodeJS.Timeout>();
  #running = false;
  #troubled = false;
  #closed = false;

  /** @param onTrouble what went wrong with the last one, null when one has gone well */
  constructor(words: readonly string[], onTrouble: (message: string | null) => void) {
    this.#words = words;
    this.#onTrouble = onTrouble;
    process.on('exit', () => this.close());
  }

  /** Starts it with `variables`, when the one before has ended. */
  run(variables: Readonly<Record<string, string>>): void {
    if (this.#closed) return;
    this.#waiting.push(variables);
    if (this.#waiting.length > MOST_WAITING) {
      this.#waiting.shift();
      this.#onTrouble(`${this.#name} takes too long: an episode was left out`);
    }
    this.#next();
  }

  /** Ends whatever runs, and whatever that has left running. */
  close(): void {
    this.#closed = true;
    for (const pid of this.#groups.keys()) this.#end(pid);
  }

  get #name(): string {
    return `--on-episode ${this.#words[0] ?? ''}`;
  }

  #next(): void {
    if (this.#running || this.#closed) return;
    const variables = this.#waiting.shift();
    if (variables === undefined) return;
    const refused = childrenRefused();
    if (refused !== null) {
      this.#onTrouble(`${this.#name} can't be run: ${refused}`);
      return;
    }
    this.#running = true;
    const [program = '', ...args] = this.#words;
    // A group of its own, so that what it starts can be ended with it.
    const child = startChild(program, args, {
      stdio: 'ignore',
      detached: true,
      env: { ...ordinaryEnvironment(), ...variables },
    });
    this.#watch(child);
  }

  #watch(child: ChildProcess): void {
    const { pid } = child;
    let overdue = false;
    if (pid !== undefined) {
      const timer = setTimeout(() => {
        overdue = this.#running && child.exitCode === null;
        this.#end(pid);
      }, MOST_TIME);
      timer.unref();
      this.#groups.set(pid, timer);
    }
    const ended = (trouble: string | null): void => {
      child.removeAllListeners();
      this.#running = false;
      const was = this.#troubled;
      this.#troubled = trouble !== null;
      if (!this.#closed && trouble !== null) this.#onTrouble(`${this.#name} ${trouble}`);
      else if (!this.#closed && was) this.#onTrouble(null);
      this.#next();
    };
    child.on('error', (error) => ended(`can't be run (${'code' in error ? String(error.code) : error.message})`));
    child.on('exit', (status, signal) => {
      if (overdue) ended(`was ended after ${MOST_TIME / 1000} s`);
      else if (signal !== null) ended(`was ended by ${signal}`);
      else ended(status === 0 ? null : `failed (exit status ${status})`);
    });
  }

  #end(pid: number): void {
    clearTimeout(this.#groups.get(pid));
    this.#groups.delete(pid);
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // ESRCH: nobody is left in it.
    }
  }
}
