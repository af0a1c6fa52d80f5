// The outputs that are lines on stdout: the record's own, or a line per endpoint per epoch.

import type { SessionInfo } from '../../events/session-info.js';
import type { EventSink } from '../../events/sink.js';
import type { Millis } from '../../events/units.js';
import { EventLines } from '../../record/lines/event-lines.js';
import { lineText, unwrittenNote } from '../../record/lines/line-format.js';
import { LineWriter } from '../../record/lines/line-writer.js';
import type { Resumed } from '../../record/lines/session-head.js';
import { systemZone } from '../../view/wall-clock.js';
import { endLines } from '../report/summary-lines.js';
import type { SessionResults } from '../report/summary-lines.js';
import { say } from './say.js';
import { isReaderGone } from './stdout.js';
import { TextReport } from './text-report.js';

/** A quarter of an hour of eight endpoints at ten probes a second, for a reader that has paused. */
const QUEUE_BYTES = 16 * 1024 * 1024;

export type Stdout = {
  fd: number;
  /** Nobody reads it any more. */
  onReaderGone: () => void;
};

const lineWriter = ({ fd, onReaderGone }: Stdout, note: (lines: number, error: string) => string): LineWriter =>
  new LineWriter(fd, {
    compress: false,
    queueBytes: QUEUE_BYTES,
    note,
    onTrouble: (error) => {
      if (error === null) say('standard output is being written again');
      else if (isReaderGone(fd, error)) onReaderGone();
      else say(`standard output can't be written (${error}), still trying`);
    },
  });

/** --json. `results` must have had each event before it comes here. */
export const jsonLines = (
  info: SessionInfo,
  results: SessionResults,
  { version, resumed }: { version: string; resumed: Resumed },
  stdout: Stdout,
): EventSink => {
  const writer = lineWriter(stdout, (lines, error) => unwrittenNote(lines, error, Date.now()));
  const lines = new EventLines(info, version, resumed);
  writer.write(lineText(lines.sessionLine()));
  return {
    event: (event) => {
      for (const line of lines.lines(event)) writer.write(lineText(line));
    },
    close: async (patience) => {
      for (const line of [...lines.inFlight(), ...endLines(results, lines.clockOffset)]) writer.write(lineText(line));
      await writer.drain(patience);
    },
  };
};

/** --text */
export const textLines = (info: SessionInfo, epoch: Millis, stdout: Stdout): EventSink => {
  const writer = lineWriter(stdout, (lines, error) => `${lines} lines not written (${error})\n`);
  const report = new TextReport(info, epoch, systemZone, (text) => writer.write(text));
  return {
    event: (event) => report.event(event),
    close: async (patience) => {
      report.finish();
      await writer.drain(patience);
    },
  };
};
