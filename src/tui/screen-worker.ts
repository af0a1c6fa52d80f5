// The screen thread: wires messages, timers and the terminal to the screen. It runs at normal priority even where the
// main thread, which probes, has been raised.

import { constants, getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Millis, UnixMillis } from '../history/units.js';
import { FrameWriter } from './frame-writer.js';
import type { TerminalPort } from './frame-writer.js';
import type { FromScreen, ToScreen, WorkerStart } from './protocol.js';
import { ScreenApp } from './screen-app.js';
import { terminalPort } from './terminal-port.js';
import { systemZone } from './wall-clock.js';

const frameEvery: Millis = 250;

/** Without news from the main thread for this long the clock stands: what it would show is a guess. */
const longestGuess: Millis = 2500;

const start = workerData as WorkerStart;

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

/** A port that writes nothing once the main thread has taken the terminal back. */
const untilStopped = (port: TerminalPort, stop: Int32Array): TerminalPort => ({
  write: (bytes) => (Atomics.load(stop, 0) === 0 ? port.write(bytes) : { gone: true }),
});

const say = (message: FromScreen): void => {
  parentPort?.postMessage(message);
};

normalPriority();
const clock = new FollowedClock(start.now);
const port = untilStopped(terminalPort(start), new Int32Array(start.stop));
const writer = new FrameWriter(port, (run, afterMs) => {
  setTimeout(run, afterMs);
});
const app = new ScreenApp({
  info: start.info,
  epoch: start.epoch,
  mode: start.mode,
  kind: start.kind,
  size: { columns: start.columns, rows: start.rows },
  zone: systemZone,
  writer,
  clock,
  delay: (run, afterMs) => {
    const timer = setTimeout(run, afterMs);
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

const receive = (message: ToScreen): void => {
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

parentPort?.on('message', receive);
app.frame();
setInterval(() => {
  app.frame();
}, frameEvery);
