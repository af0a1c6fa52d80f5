// The pingem under test, in a real terminal, as a user would run it: started from a shell, killed, and started again with
// --resume. Whoever talks to the terminal takes his turn: while nobody reads it, tmux answers nobody.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pingemProgram } from '../support/pingem-run.js';
import { TmuxShell } from '../support/tmux-shell.js';
import { Turns } from './turns.js';

/** A start may fail while the interface is away; a user would try again, too. */
const STARTS = 40;
const START_WITHIN_MS = 20_000;
/** After that long without a sign of it the shell didn't get the command. */
const HEARD_WITHIN_MS = 5000;
const END_WITHIN_MS = 20_000;
const POLL_MS = 50;
/** In /proc/PID/status, the bit of SIGUSR2 (12) among the signals that are caught. */
const CATCHES_SIGUSR2 = 1n << 11n;

export type Launch = {
  /** Unix milliseconds. */
  at: number;
  /** When it was seen to run. */
  ready: number;
  /** When and how it ended; null while it runs. */
  end: { at: number; how: 'killed' | 'ended' } | null;
};

const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

export class Subject {
  readonly launches: Launch[] = [];
  readonly terminal = new TmuxShell(100, 30);
  readonly terminalTurns = new Turns();
  readonly terminalPid = this.terminal.serverPid;
  readonly #folder: string;
  #pid: number | null = null;
  /** Whether the shell has got anything to do so far. */
  #typed = false;

  /** Starts in `namespace`; its files go to `folder`. */
  constructor(namespace: string, folder: string, args: readonly string[]) {
    this.#folder = folder;
    const command = ['ip', 'netns', 'exec', namespace, process.execPath, pingemProgram, ...args].map(quote).join(' ');
    const unset = ['SUDO_UID', 'SUDO_GID', 'SUDO_USER'].map((name) => `-u ${name}`).join(' ');
    // The inner shell becomes the program and so tells its process id; the outer one waits for it and writes its status.
    const inner = `echo $$ > ${quote(this.#file('pid'))}; exec env ${unset} ${command} 2>> ${quote(this.#file('stderr'))}`;
    writeFileSync(
      this.#file('run'),
      `printf '\\033c'; stty sane\nsh -c ${quote(inner)}\necho $? > ${quote(this.#file('status'))}\n`,
    );
  }

  /** Null while it doesn't run (or doesn't handle signals yet). */
  get pid(): number | null {
    return this.#pid;
  }

  /** Everything that it has said on stderr. */
  get stderr(): string {
    return existsSync(this.#file('stderr')) ? readFileSync(this.#file('stderr'), 'utf8') : '';
  }

  /** The exit status, null while it runs. */
  get status(): number | null {
    const text = existsSync(this.#file('status')) ? readFileSync(this.#file('status'), 'utf8') : '';
    return text.endsWith('\n') ? Number(text) : null;
  }

  /** Resolves once it handles signals. */
  async launch(): Promise<void> {
    for (let n = 0; n < STARTS; n++) {
      const pid = await this.#start();
      if (pid !== null) {
        this.#pid = pid;
        return;
      }
      await sleep(500);
    }
    throw new Error(`pingem doesn't start: ${this.stderr.slice(-2000)}`);
  }

  /** SIGKILL: no last words. */
  async kill(): Promise<void> {
    process.kill(this.#take(), 'SIGKILL');
    this.#ended('killed');
    await this.#statusWithin(END_WITHIN_MS);
  }

  /** SIGTERM, and its exit status. */
  async end(): Promise<number> {
    process.kill(this.#take(), 'SIGTERM');
    this.#ended('ended');
    return this.#statusWithin(END_WITHIN_MS);
  }

  /** @throws if it has ended by itself */
  check(): void {
    if (this.#pid === null || this.status === null) return;
    throw new Error(`pingem ended by itself with status ${this.status}: ${this.stderr.slice(-2000)}`);
  }

  /** Frees a terminal that was stopped, and closes it. */
  dispose(): void {
    if (existsSync(`/proc/${this.terminalPid}`)) {
      process.kill(this.terminalPid, 'SIGCONT');
      this.terminal.close();
    }
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }

  #take(): number {
    const pid = this.#pid;
    if (pid === null) throw new Error('pingem does not run');
    this.#pid = null;
    return pid;
  }

  async #statusWithin(milliseconds: number): Promise<number> {
    const limit = performance.now() + milliseconds;
    for (; performance.now() < limit; await sleep(POLL_MS)) {
      const { status } = this;
      if (status !== null) return status;
    }
    throw new Error(`pingem has not ended ${milliseconds} ms after its signal`);
  }

  #ended(how: 'killed' | 'ended'): void {
    const launch = this.launches.at(-1);
    if (launch) launch.end = { at: Date.now(), how };
  }

  /** Null if it has ended again at once, with a line on stderr, or if the shell was not listening. */
  async #start(): Promise<number | null> {
    rmSync(this.#file('pid'), { force: true });
    rmSync(this.#file('status'), { force: true });
    const launch: Launch = { at: Date.now(), ready: Number.POSITIVE_INFINITY, end: null };
    await this.terminalTurns.take(() => {
      launch.at = Date.now();
      // Keys that were meant for the program may have come to the shell. A shell that is still being started would end of it.
      if (this.#typed) this.terminal.keys('C-c');
      this.#typed = true;
      this.terminal.type(`sh ${this.#file('run')}`);
    });
    this.launches.push(launch);
    const started = performance.now();
    for (let passed = 0; passed < START_WITHIN_MS; passed = performance.now() - started) {
      const pid = existsSync(this.#file('pid')) ? Number(readFileSync(this.#file('pid'), 'utf8')) : 0;
      if (this.status !== null || (pid === 0 && passed > HEARD_WITHIN_MS)) {
        this.launches.pop();
        return null;
      }
      if (pid > 0 && catchesSignals(pid)) {
        launch.ready = Date.now();
        return pid;
      }
      await sleep(POLL_MS);
    }
    throw new Error(`pingem is not there ${START_WITHIN_MS} ms after its start: ${this.stderr.slice(-2000)}`);
  }
}

const catchesSignals = (pid: number): boolean => {
  try {
    const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return caught !== undefined && (BigInt(`0x${caught}`) & CATCHES_SIGUSR2) !== 0n;
  } catch {
    return false;
  }
};
