// A shell in a detached tmux session with a server of its own: the real terminal of the tests. Programs run in it as a
// user would run them; what stands on the pane, and the state of the terminal, can be read back.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type TerminalState = {
  /** The output of `stty -a`: echo, canonical mode, control characters, size. */
  stty: string;
  cursorVisible: boolean;
  alternateScreen: boolean;
  mouse: boolean;
};

let opened = 0;

export class TmuxShell {
  readonly #socket = `pingem-test-${process.pid}-${opened++}`;
  readonly #folder = mkdtempSync(join(tmpdir(), 'pingem-tmux-'));
  #asked = 0;

  constructor(columns: number, rows: number) {
    const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', HISTFILE: '' };
    const command = `set -g default-terminal tmux-256color ; new-session -d -x ${columns} -y ${rows}`;
    // A server of its own process group would outlive a killed test run; `exit-empty` ends it with its shell.
    execFileSync(
      'tmux',
      [
        '-L',
        this.#socket,
        '-f',
        '/dev/null',
        'start-server',
        ';',
        ...command.split(' '),
        "env PS1='$ ' bash --norc --noprofile",
      ],
      { env },
    );
  }

  /** Types `text` and Enter. */
  type(text: string): void {
    this.#tmux('send-keys', '-l', text);
    this.keys('Enter');
  }

  keys(...names: readonly string[]): void {
    this.#tmux('send-keys', ...names);
  }

  resize(columns: number, rows: number): void {
    this.#tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  /** The process that reads what programs write to the terminal. */
  get serverPid(): number {
    return Number(this.#tmux('display-message', '-p', '#{pid}'));
  }

  /** Closes the terminal under whatever runs in it, as a closed window or a cut ssh does. The shell is gone then. */
  hangUp(): void {
    this.#tmux('set-option', '-s', 'exit-empty', 'off', ';', 'kill-pane');
  }

  /** The pane's rows. */
  screen(): string[] {
    return this.#tmux('capture-pane', '-p').trimEnd().split('\n');
  }

  /** Waits until the pane fulfils `condition`; fails with what stands on it. */
  async until(what: string, condition: (rows: string[]) => boolean, withinMs = 15_000): Promise<string[]> {
    const limit = performance.now() + withinMs;
    for (;;) {
      const rows = this.screen();
      if (condition(rows)) return rows;
      if (performance.now() > limit) throw new Error(`${what}: not within ${withinMs} ms\n${rows.join('\n')}`);
      await sleep(50);
    }
  }

  /** Asked of the shell, so only while it is at its prompt. */
  async terminalState(): Promise<TerminalState> {
    const file = join(this.#folder, `stty-${this.#asked++}`);
    this.type(`stty -a > ${file}; echo asked > ${file}.done`);
    const limit = performance.now() + 10_000;
    while (!existsAs(`${file}.done`, 'asked\n')) {
      if (performance.now() > limit) throw new Error(`the shell does not answer\n${this.screen().join('\n')}`);
      await sleep(50);
    }
    const flags = this.#tmux('display-message', '-p', '#{cursor_flag} #{alternate_on} #{mouse_any_flag}').trim();
    const [cursor, alternate, mouse] = flags.split(' ');
    return {
      stty: readFileSync(file, 'utf8'),
      cursorVisible: cursor === '1',
      alternateScreen: alternate === '1',
      mouse: mouse === '1',
    };
  }

  close(): void {
    this.#tmux('kill-server');
    rmSync(this.#folder, { recursive: true });
  }

  #tmux(...args: readonly string[]): string {
    return execFileSync('tmux', ['-L', this.#socket, ...args], { encoding: 'utf8' });
  }
}

const existsAs = (path: string, content: string): boolean => {
  try {
    return readFileSync(path, 'utf8') === content;
  } catch {
    return false;
  }
};
