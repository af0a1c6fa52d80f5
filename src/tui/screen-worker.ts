// The screen thread: wires messages, timers and the terminal to the screen. It runs at normal priority even where the
// main thread, which probes, has been raised.

import { constants, getPriority, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { Millis, UnixMillis } from '../events/units.js';
import { FrameWriter } from './terminal/frame-writer.js';
import type { TerminalPort } from './terminal/frame-writer.js';
import { sharedFlags } from './protocol.js';
import type { FromScreen, ToScreen, WorkerStart } from './protocol.js';
import { ScreenApp } from './screen-app.js';
import { terminalPort } from './terminal/terminal-port.js';
import { systemZone } from '../view/wall-clock.js';

const frameEvery: Millis = 250;

/** Without news from the main thread for this long the clock stands: what it would show is a guess. */
const longestGuess: Millis = 2500;

const normalPriority = (): void => {
  // On Linux, setpriority(2) with 0 means the calling thread, whatever POSIX says; elsewhere it is the process.
  if (process.platform !== 'linux') return;
  try {
    if (getPriority(0) < constants.priority.PRIORITY_NORMAL) setPriority(0, constants.priority.PRIORITY_NORMAL);
  } catch {
    // Not allowed: then it wasn't raised by us.
  }
};

/** The session timeline, as the main thread last told it, carried on by this thread's own clock. */
class FollowedClock {
  private at: UnixMillis;
  private heard = performance.now();

  constructor(at: UnixMillis) {
    this.at = at;
  }

  hear(at: UnixMillis): void {
    this.at = at;
    this.heard = performance.now();
  }

  now(): UnixMillis {
    return this.at + Math.min(longestGuess, performance.now() - this.heard);
  }

  elapsed(): Millis {
    return performance.now();
  }
}

/** A port that writes nothing once the main thread has taken the terminal back, and tells it what was written to. */
const untilStopped = (port: TerminalPort, flags: Int32Array): TerminalPort => ({
  write: (bytes) => {
    if (Atomics.load(flags, sharedFlags.stop) !== 0) return { gone: true };
    Atomics.store(flags, sharedFlags.touched, 1);
    return port.write(bytes);
  },
});

const say = (message: FromScreen): void => {
  parentPort?.postMessage(message);
};

type Running = { app: ScreenApp; clock: FollowedClock };

const run = (start: WorkerStart): Running => {
  const clock = new FollowedClock(start.now);
  const port = untilStopped(terminalPort(start), new Int32Array(start.shared));
  const writer = new FrameWriter(port, (retry, afterMs) => {
    setTimeout(retry, afterMs);
  });
  const { info, epoch, mode, kind, columns, rows } = start;
  const app = new ScreenApp({
    info,
    epoch,
    mode,
    kind,
    size: { columns, rows },
    zone: systemZone,
    writer,
    clock,
    delay: (later, afterMs) => {
      const timer = setTimeout(later, afterMs);
      return () => {
        clearTimeout(timer);
      };
    },
    onQuit: () => {
      say({ type: 'quit' });
    },
    onMark: (text, at) => {
      say({ type: 'mark', text, at });
    },
  });
  app.frame();
  setInterval(() => {
    app.frame();
  }, frameEvery);
  return { app, clock };
};

const receive = ({ app, clock }: Running, message: Exclude<ToScreen, { type: 'start' }>): void => {
  switch (message.type) {
    case 'events':
      clock.hear(message.now);
      app.events(message.batch);
      return;
    case 'tick':
      clock.hear(message.now);
      return;
    case 'input':
      app.input(message.bytes);
      return;
    case 'resize':
      app.resize({ columns: message.columns, rows: message.rows });
      return;
    case 'diagnostics':
      app.setDiagnostics(message.diagnostics);
      return;
    case 'notice':
      app.setNotice(message.text);
      return;
    case 'progress':
      app.setProgress(message.progress);
      return;
    case 'repaint':
      app.repaint();
  }
};

let running: Running | null = null;

normalPriority();
parentPort?.on('message', (message: ToScreen) => {
  // The first message starts it, whatever comes before is of no session.
  if (message.type === 'start') running = run(message.start);
  else if (running !== null) receive(running, message);
});
