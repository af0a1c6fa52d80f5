// The screen as a watcher: wires ticks, messages and the terminal to it.

import { ScreenApp } from '../../tui/screen-app.js';
import { FrameWriter } from '../../tui/terminal/frame-writer.js';
import type { TerminalPort } from '../../tui/terminal/frame-writer.js';
import { sharedFlags } from '../../tui/terminal/shared-flags.js';
import { terminalPort } from '../../tui/terminal/terminal-port.js';
import { systemZone } from '../../view/wall-clock.js';
import type { StartWatcher } from '../watcher.js';
import type { ScreenMessage, ScreenStart } from './protocol.js';

/** A port that writes nothing once the main thread has taken the terminal back, and tells it what was written to. */
const untilStopped = (port: TerminalPort, flags: Int32Array): TerminalPort => ({
  write: (bytes) => {
    if (Atomics.load(flags, sharedFlags.stop) !== 0) return { gone: true };
    Atomics.store(flags, sharedFlags.touched, 1);
    return port.write(bytes);
  },
});

export const start: StartWatcher<ScreenStart, ScreenMessage> = ({ info, history, clock, command }, options) => {
  const { epoch, mode, kind, columns, rows } = options;
  const port = untilStopped(terminalPort(options), new Int32Array(options.shared));
  const writer = new FrameWriter(port, (retry, afterMs) => {
    setTimeout(retry, afterMs);
  });
  const app = new ScreenApp({
    info,
    history,
    epoch,
    mode,
    kind,
    size: { columns, rows },
    zone: systemZone,
    writer,
    clock,
    delay: (later, afterMs) => {
      const timer = setTimeout(later, afterMs);
      return () => clearTimeout(timer);
    },
    onCommand: command,
  });
  app.frame();
  return {
    tick: () => app.frame(),
    news: (news) => app.news(news),
    message: (message) => {
      if (message.type === 'input') app.input(message.bytes);
      else if (message.type === 'resize') app.resize({ columns: message.columns, rows: message.rows });
      else app.repaint();
    },
  };
};
