// --line: the session in one line, painted over itself. The cursor stays at its begin, so that whatever a terminal makes
// of the line when it gets narrower, what is erased from there is all of it.

import { FrameWriter } from '../../tui/terminal/frame-writer.js';
import { goOn, untilStopped } from '../../tui/terminal/shared-flags.js';
import { terminalPort } from '../../tui/terminal/terminal-port.js';
import type { Millis } from '../../events/units.js';
import type { Progress } from '../../view/run-news.js';
import { printable, truncated } from '../../view/text.js';
import { barLine } from '../status/bar-line.js';
import type { BarLine } from '../status/bar-line.js';
import { statusOf } from '../status/status-document.js';
import { readingOf } from '../status/status-reading.js';
import type { Condition } from '../status/status-reading.js';
import type { StartWatcher } from '../watcher.js';
import type { LineMessage, LineStart } from './protocol.js';

const READ_EVERY: Millis = 1000;

const ESCAPE = '\u001b';
const HIDE_CURSOR = `${ESCAPE}[?25l`;
const PLAIN = `${ESCAPE}[0m`;
const BOLD = `${ESCAPE}[1m`;
/** The sign's; never green against red (ECMA-48, SGR). */
const COLOURS: Readonly<Record<Condition, string>> = {
  fine: `${ESCAPE}[36m`,
  trouble: `${ESCAPE}[31m`,
  starting: '',
  away: `${ESCAPE}[33m`,
  old: `${ESCAPE}[33m`,
  off: '',
};

/** Over what stood there, and nothing below it. */
const painted = (text: string): string => `\r${text}${PLAIN}${ESCAPE}[J\r`;

const progressText = ({ text, fraction }: Progress): string =>
  fraction === null ? text : `${text} ${Math.floor(100 * fraction)} %`;

export const start: StartWatcher<LineStart, LineMessage> = ({ history, verdicts, clock }, options) => {
  const { colour, unicode } = options;
  const flags = new Int32Array(options.shared);
  const port = untilStopped(terminalPort(options), flags);
  const writer = new FrameWriter(port, (retry, afterMs) => {
    setTimeout(retry, afterMs);
  });
  let { columns } = options;
  let [dueAt, revision, shown] = [clock.elapsed(), -1, ''];
  let progress: string | null = null;
  const notices: string[] = [];

  /** Less than the row: a character in the last column would leave the cursor in doubt. */
  const room = (): number => Math.max(1, columns - 1);
  const text = (): string => {
    if (progress !== null) return truncated(printable(progress, unicode), room(), unicode ? '…' : '~');
    const document = statusOf(history, verdicts.verdict, clock.now(), process.pid, verdicts.quality);
    const reading = readingOf(document, document.time);
    return styled(barLine(reading, room(), unicode), reading.condition);
  };
  const styled = ({ sign, rest }: BarLine, condition: Condition): string =>
    `${colour ? COLOURS[condition] : ''}${sign}${PLAIN}${condition === 'trouble' ? BOLD : ''}${rest}`;
  const paint = (): void => {
    if (writer.busy) return;
    // They stay above the line.
    for (const notice of notices.splice(0)) writer.write(`${painted('')}pingem: ${printable(notice, unicode)}\n`);
    const next = text();
    if (next !== shown) writer.write(painted(next));
    shown = next;
  };
  const anew = (): void => {
    shown = '';
    paint();
  };

  writer.write(HIDE_CURSOR);
  paint();
  return {
    tick: () => {
      const now = clock.elapsed();
      if (now < dueAt && verdicts.revision === revision && shown !== '') return;
      // Not a burst of them after a pause.
      if (now >= dueAt) dueAt = Math.max(dueAt + READ_EVERY, now);
      ({ revision } = verdicts);
      paint();
    },
    news: (news) => {
      if (news.type === 'progress') {
        const { progress: now } = news;
        progress = now === null ? null : progressText(now);
        anew();
      } else if (news.type === 'notice' && news.text !== null) {
        notices.push(news.text);
        anew();
      } else if (news.type === 'bell') writer.write('\u0007');
    },
    message: (message) => {
      if (message.type === 'resize') ({ columns } = message);
      else {
        writer.drop();
        goOn(flags);
        writer.write(HIDE_CURSOR);
      }
      anew();
    },
  };
};
