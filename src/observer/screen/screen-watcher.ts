// The screen as a watcher: wires ticks, messages and the terminal to it.

import { symptomOf } from '../../diagnosis/wording/evidence-words.js';
import { nameOf } from '../../diagnosis/wording/verdict-words.js';
import type { VerdictEvent } from '../../events/verdict.js';
import { ScreenApp } from '../../tui/screen-app.js';
import { FrameWriter } from '../../tui/terminal/frame-writer.js';
import { goOn, untilStopped } from '../../tui/terminal/shared-flags.js';
import { terminalPort } from '../../tui/terminal/terminal-port.js';
import { keepTitle, titleSequence } from '../../tui/terminal/title.js';
import { printable } from '../../view/text.js';
import type { VerdictLog } from '../../view/verdict/verdict-log.js';
import { systemZone } from '../../view/wall-clock.js';
import type { StartWatcher } from '../watcher.js';
import type { ScreenMessage, ScreenStart } from './protocol.js';

/** A title that says whose fault it is, written where that has changed. */
const titleOf = (writer: FrameWriter, verdicts: VerdictLog): (() => void) => {
  let said: VerdictEvent | null = null;
  writer.write(keepTitle);
  return () => {
    const { verdict } = verdicts;
    if (verdict === null || verdict === said) return;
    said = verdict;
    const symptom = symptomOf(verdict);
    const text = `pingem: ${nameOf(verdict, true)}${symptom === '' ? '' : `, ${symptom}`}`;
    writer.write(titleSequence(printable(text, true)));
  };
};

export const start: StartWatcher<ScreenStart, ScreenMessage> = (
  { info, history, verdicts, clock, command },
  options,
) => {
  const { epoch, page, mode, kind, theme, colours, mouse, columns, rows } = options;
  const flags = new Int32Array(options.shared);
  const port = untilStopped(terminalPort(options), flags);
  const writer = new FrameWriter(port, (retry, afterMs) => {
    setTimeout(retry, afterMs);
  });
  const app = new ScreenApp({
    info,
    history,
    verdicts,
    epoch,
    page,
    mode,
    kind,
    theme,
    colours,
    mouse,
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
  const title = options.title ? titleOf(writer, verdicts) : () => {};
  return {
    tick: () => {
      app.frame();
      title();
    },
    news: (news) => app.news(news),
    message: (message) => {
      if (message.type === 'input') app.input(message.bytes);
      else if (message.type === 'resize') app.resize({ columns: message.columns, rows: message.rows });
      else if (message.type === 'theme') app.setTheme(message.theme);
      else {
        if (message.entering) {
          writer.drop();
          goOn(flags);
        }
        app.repaint(message.entering);
      }
    },
  };
};
