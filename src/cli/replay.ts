// `pingem replay FILE`: the record's events to the same screen that a live run has. Needs no privileges, sends nothing.

import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { SessionTotals } from '../history/totals/session-totals.js';
import { openScreen } from '../tui/screen.js';
import type { PreparedScreen } from '../tui/prepared-screen.js';
import { placesText } from '../tui/terminal/terminal-kind.js';
import { systemZone } from '../view/wall-clock.js';
import type { ReplayOptions } from './arguments/record-arguments.js';
import { tellProblems } from './record-commands.js';
import { withRecord } from './record-source.js';
import { RunEnd } from './process/run-end.js';
import { SessionEnd } from './report/session-end.js';
import { openStdout, writeAll } from './output/stdout.js';
import { summaryText } from './report/summary.js';
import { UsageError } from './arguments/usage-error.js';

/** Returns the exit status.
 * @throws UsageError or RecordFileError before the screen is opened, and what crashed after it is closed */
export const runReplay = ({ file, epoch, ascii }: ReplayOptions, prepared: PreparedScreen | null): Promise<number> =>
  withRecord(file, async (source) => {
    if (!process.stdout.isTTY || !placesText(process.env)) {
      throw new UsageError(`pingem replay draws on a terminal: for text, type  pingem summary ${file}`);
    }
    const totals = new SessionTotals(source.info);
    const sessionEnd = new SessionEnd(source.info);
    const end = new RunEnd();
    const screen = openScreen({
      info: source.info,
      epoch,
      mode: 'replay',
      // The record may have come by stdin; keys then come from the terminal.
      stdin: file === '-' ? new ReadStream(openSync('/dev/tty', 'r')) : process.stdin,
      stdout: process.stdout,
      env: process.env,
      ascii,
      now: () => source.lastAt,
      ...(prepared === null ? {} : { prepared }),
      onQuit: () => end.end({ why: 'quit' }),
      onHangup: () => end.end({ why: 'reader gone' }),
      onMark: () => {},
      onCrash: (error) => end.end({ why: 'crash', error }),
    });
    let [ended, fraction] = [false, 0];
    void source
      .read(
        (event) => {
          if (ended) return;
          totals.apply(event);
          sessionEnd.apply(event);
          screen.events(event);
        },
        (read) => {
          fraction = read;
          if (!ended) screen.progress({ fraction, text: `reading ${file}` });
        },
      )
      .then(
        () => {
          fraction = 1;
          if (!ended) screen.progress(null);
        },
        (error: unknown) => end.end({ why: 'crash', error }),
      );
    const reason = await end.reason;
    ended = true;
    await screen.close();
    if (reason.why === 'crash') throw reason.error;
    const remarks = fraction < 1 ? [`left with ${Math.round(fraction * 100)} % of the record read`] : [];
    const summary = summaryText(totals, { end: sessionEnd, zone: systemZone, remarks });
    const status = await writeAll(openStdout(), summary);
    tellProblems(source);
    return status;
  });
