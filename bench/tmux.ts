// A terminal for programs with a screen: a detached tmux session with a server of its own, 200x50 unless told otherwise.
// tmux interprets everything, as it does for a user, and its pane can be read back.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootEnvironment } from '../test/support/pingem-run.js';
import { hasEnded } from './process-tree.js';

export type TmuxPane = {
  /** The program in the pane. */
  pid: number;
  /** The tmux server, which reads what the program writes. */
  serverPid: number;
  /** The pane's text. */
  capture(): string;
  /** The same with its colours, as control sequences. */
  captureColours(): string;
  resize(columns: number, rows: number): void;
  send(...keys: readonly string[]): void;
  /** Resolves when the program has ended; rejects after `withinMs`. */
  ended(withinMs: number): Promise<void>;
  close(): void;
};

const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

let opened = 0;

export const openPane = (command: readonly string[], columns = 200, rows = 50): TmuxPane => {
  const socket = `pingem-bench-${process.pid}-${opened++}`;
  const env = { ...rootEnvironment(), LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8', env });
  // The options come first, so that they hold for the session's program.
  const options = 'set -g exit-empty off ; set -g remain-on-exit on ; set -g default-terminal tmux-256color';
  const session = `start-server ; ${options} ; new-session -d -x ${columns} -y ${rows}`;
  tmux(...session.split(' '), `exec ${command.map(quote).join(' ')}`);
  const ask = (format: string): string => tmux('display-message', '-p', format).trim();
  const [pid, serverPid] = [Number(ask('#{pane_pid}')), Number(ask('#{pid}'))];
  return {
    pid,
    serverPid,
    capture: () => tmux('capture-pane', '-p'),
    captureColours: () => tmux('capture-pane', '-p', '-e'),
    resize: (columns, rows) => void tmux('resize-window', '-x', String(columns), '-y', String(rows)),
    send: (...keys) => void tmux('send-keys', ...keys),
    ended: async (withinMs) => {
      const limit = performance.now() + withinMs;
      while (!hasEnded(pid)) {
        if (performance.now() > limit)
          throw new Error(`still running after ${withinMs} ms:\n${tmux('capture-pane', '-p')}`);
        await sleep(100);
      }
    },
    close: () => {
      // A server that was stopped can't hear that it is to end.
      if (existsSync(`/proc/${serverPid}`)) {
        process.kill(serverPid, 'SIGCONT');
        tmux('kill-server');
      }
    },
  };
};
