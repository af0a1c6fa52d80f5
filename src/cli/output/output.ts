// Where a run shows itself: the record lines on stdout, a line per epoch, or the screen. Each takes the same events.

import { ORDINARY_EPOCH } from '../../history/epoch-widths.js';
import type { ProbeEvent } from '../../events/events.js';
import type { SessionInfo } from '../../events/session-info.js';
import type { SessionTotals } from '../../history/totals/session-totals.js';
import type { Millis } from '../../events/units.js';
import { EventLines, sessionLine } from '../../record/lines/event-lines.js';
import { lineText, unwrittenNote } from '../../record/lines/line-format.js';
import { LineWriter } from '../../record/lines/line-writer.js';
import { endLines } from '../report/summary-lines.js';
import type { ProberDiagnostics } from '../../probe/diagnostics.js';
import type { SessionClock } from '../../probe/clock/session-clock.js';
import type { PreparedScreen } from '../../tui/prepared-screen.js';
import type { Progress } from '../../tui/protocol.js';
import { systemZone } from '../../view/wall-clock.js';
import type { LiveOptions } from '../arguments/arguments.js';
import type { RunEnd } from '../process/run-end.js';
import { say } from './say.js';
import { isReaderGone } from './stdout.js';
import { TextReport } from './text-report.js';

export type OutputKind = 'json' | 'text' | 'screen';

/** The run as an output may want to reach back into it. */
export type RunHandle = {
  /** Takes an event that the user made (a mark) into the one stream. */
  emit: (event: ProbeEvent) => void;
  diagnostics: () => ProberDiagnostics;
};

export type Output = {
  begin: (run: RunHandle) => void;
  event: (event: ProbeEvent) => void;
  /** An event of the record that the run goes on with; only a screen has a use for it. */
  past: (event: ProbeEvent) => void;
  /** How far that record has been loaded, null when it is. */
  progress: (progress: Progress | null) => void;
  /** A warning to show while it lasts, null when it is over. */
  notice: (message: string | null) => void;
  /** Shows what is left to show, waiting at most `patience` for a slow reader, and leaves the terminal as it was. */
  close: (patience: Millis) => Promise<void>;
};

/** A quarter of an hour of eight endpoints at ten probes a second, for a reader that has paused. */
const QUEUE_BYTES = 16 * 1024 * 1024;

export type OutputContext = {
  options: LiveOptions;
  info: SessionInfo;
  totals: SessionTotals;
  version: string;
  stdout: number;
  end: RunEnd;
  clock: SessionClock;
  /** The screen thread, if it was started early. */
  prepared: PreparedScreen | null;
};

export const openOutput = async (kind: OutputKind, context: OutputContext): Promise<Output> => {
  if (kind === 'json') return jsonOutput(context);
  if (kind === 'text') return textOutput(context);
  // Loaded only where there is a screen: blessed costs a tenth of a second.
  const { screenOutput } = await import('./screen-output.js');
  return screenOutput(context);
};

/** Trouble with the record while there is no screen to show it on. */
const noticeOnStderr = (message: string | null): void => {
  say(message ?? 'the record is being written again');
};

const WITHOUT_PAST = { past: (): void => {}, progress: (): void => {} };

const stdoutWriter = (fd: number, note: (lines: number, error: string) => string, end: RunEnd): LineWriter =>
  new LineWriter(fd, {
    compress: false,
    queueBytes: QUEUE_BYTES,
    note,
    onTrouble: (error) => {
      if (error === null) say('standard output is being written again');
      else if (isReaderGone(fd, error)) end.end({ why: 'reader gone' });
      else say(`standard output can't be written (${error}), still trying`);
    },
  });

const jsonOutput = ({ info, totals, version, stdout, end }: OutputContext): Output => {
  const writer = stdoutWriter(stdout, (lines, error) => unwrittenNote(lines, error, Date.now()), end);
  const lines = new EventLines(info.endpoints.length);
  writer.write(lineText(sessionLine(info, version, [])));
  return {
    ...WITHOUT_PAST,
    begin: () => {},
    notice: noticeOnStderr,
    event: (event) => {
      for (const line of lines.lines(event)) writer.write(lineText(line));
    },
    close: async (patience) => {
      for (const line of [...lines.pending(), ...endLines(totals, lines.clockOffset)]) writer.write(lineText(line));
      await writer.drain(patience);
    },
  };
};

const textOutput = ({ info, options, stdout, end }: OutputContext): Output => {
  const writer = stdoutWriter(stdout, (lines, error) => `${lines} lines not written (${error})\n`, end);
  const report = new TextReport(info, options.epoch ?? ORDINARY_EPOCH, systemZone, (text) => writer.write(text));
  return {
    ...WITHOUT_PAST,
    begin: () => {},
    notice: noticeOnStderr,
    event: (event) => report.event(event),
    close: async (patience) => {
      report.finish();
      await writer.drain(patience);
    },
  };
};
