// `pingem replay FILE`: the record's events to the same screen that a live run has. Needs no privileges, sends nothing.

import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { applying } from '../events/sink.js';
import type { EventSink } from '../events/sink.js';
import { SessionTotals } from '../history/totals/session-totals.js';
import type { Millis } from '../events/units.js';
import { Observer } from '../observer/observer.js';
import type { PreparedObserver } from '../observer/prepared-observer.js';
import { openScreen } from '../observer/screen/screen.js';
import { placesText } from '../tui/terminal/terminal-kind.js';
import { systemZone } from '../view/wall-clock.js';
import type { ReplayOptions } from './arguments/record-arguments.js';
import { DiagnosedStream } from './diagnosed-stream.js';
import { diagnosisNews, STATES_OF_PAST } from './diagnosis-news.js';
import { tellProblems } from './record-commands.js';
import { withRecord } from './record-source.js';
import { pictureOf, RunEnd } from './process/run-end.js';
import { SessionEnd } from './report/session-end.js';
import { openStdout, writeAll } from './output/stdout.js';
import { summaryText } from './report/summary.js';
import { UsageError } from './arguments/usage-error.js';

/** For the screen's last frame. */
const A_WHILE: Millis = 1000;

/** Returns the exit status.
 * @throws UsageError or RecordFileError before the screen is opened, and what crashed after it is closed */
export const runReplay = (
  { file, epoch, ascii, theme, colours, mouse }: ReplayOptions,
  prepared: PreparedObserver | null,
): Promise<number> =>
  withRecord(file, async (source) => {
    if (!process.stdout.isTTY || !placesText(process.env)) {
      throw new UsageError(`pingem replay draws on a terminal: for text, type  pingem summary ${file}`);
    }
    const totals = new SessionTotals(source.info);
    const sessionEnd = new SessionEnd(source.info);
    const end = new RunEnd();
    const observer = new Observer({
      info: source.info,
      now: () => source.lastAt,
      prepared,
      onCommand: (command) => {
        // What is over can't be marked.
        if (command.type === 'quit') end.end({ why: 'quit', picture: command.picture });
      },
      onTrouble: () => {},
      onCrash: (error) => end.end({ why: 'crash', error }),
    });
    // The record may have come by stdin; keys then come from the terminal.
    const stdinFd = file === '-' ? openSync('/dev/tty', 'r') : process.stdin.fd;
    openScreen(observer, {
      epoch,
      mode: 'replay',
      stdin: stdinFd === process.stdin.fd ? process.stdin : new ReadStream(stdinFd),
      stdinFd,
      stdout: process.stdout,
      env: process.env,
      ascii,
      theme,
      colours,
      mouse,
      onHangup: () => end.end({ why: 'reader gone' }),
    });
    let [ended, fraction] = [false, 0];
    const diagnosed = new DiagnosedStream(source.info);
    const news = diagnosisNews(diagnosed.diagnosis, observer, STATES_OF_PAST);
    const stream = diagnosed.to([applying(totals), applying(sessionEnd), observer, news]);
    const untilEnded: EventSink = {
      event: (event) => {
        if (!ended) stream.event(event);
      },
    };
    void source
      .read(untilEnded, (read) => {
        fraction = read;
        observer.news({ type: 'progress', progress: { fraction, text: `reading ${file}` } });
      })
      .then(
        () => {
          fraction = 1;
          news.tellStates();
          observer.news({ type: 'progress', progress: null });
        },
        (error: unknown) => end.end({ why: 'crash', error }),
      );
    const reason = await end.reason;
    ended = true;
    await stream.close(A_WHILE);
    if (reason.why === 'crash') throw reason.error;
    const remarks = fraction < 1 ? [`left with ${Math.round(fraction * 100)} % of the record read`] : [];
    const { episodes, callQuality: quality } = diagnosed.diagnosis;
    const summary = summaryText(totals, { end: sessionEnd, episodes, quality, zone: systemZone, remarks });
    const status = await writeAll(openStdout(), pictureOf(reason) ?? summary);
    tellProblems(source);
    return status;
  });
