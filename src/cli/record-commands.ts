// What can be done with a record without a screen: its summary, and its epochs as a table.

import { applying } from '../events/sink.js';
import { EndpointRoster } from '../events/endpoint-roster.js';
import type { Millis } from '../events/units.js';
import { SessionTotals } from '../history/totals/session-totals.js';
import { lineText } from '../record/lines/line-format.js';
import { endLines } from './report/summary-lines.js';
import { systemZone } from '../view/wall-clock.js';
import type { ExportOptions, SummaryOptions } from './arguments/record-arguments.js';
import { DiagnosedStream } from './diagnosed-stream.js';
import { CsvReport } from './report/csv-report.js';
import { episodeRows } from './report/episode-rows.js';
import { withRecord } from './record-source.js';
import type { RecordSource } from './record-source.js';
import { say } from './output/say.js';
import { SessionEnd } from './report/session-end.js';
import type { EventSink } from '../events/sink.js';
import { openStdout, statusOf, writeAll, writePatiently } from './output/stdout.js';
import type { WriteEnd } from './output/stdout.js';
import { summaryText } from './report/summary.js';

/** Rows are written as they come, so many characters at a time. */
const OUTPUT_CHARS = 64 * 1024;

/** `pingem summary FILE`. Returns the exit status. */
export const runSummary = ({ file, json }: SummaryOptions): Promise<number> =>
  withRecord(file, async (source) => {
    const totals = new SessionTotals(source.info);
    const end = new SessionEnd(source.info);
    const stream = new DiagnosedStream(source.info);
    await source.read(stream.to([applying(totals), applying(end)]));
    const { episodes, callQuality: quality } = stream.diagnosis;
    const text = json
      ? endLines({ totals, episodes: () => episodes }, source.clockOffset)
          .map(lineText)
          .join('')
      : summaryText(totals, { end, episodes, quality, zone: systemZone, remarks: [] });
    const status = await writeAll(openStdout(), text);
    tellProblems(source);
    return status;
  });

/** `pingem export FILE --csv`. Returns the exit status. */
export const runExport = ({ file, epoch, episodes }: ExportOptions): Promise<number> =>
  withRecord(file, (source) => (episodes ? exportEpisodes(source) : exportEpochs(source, epoch)));

const exportEpisodes = async (source: RecordSource): Promise<number> => {
  const end = new SessionEnd(source.info);
  const roster = new EndpointRoster(source.info.endpoints);
  const stream = new DiagnosedStream(source.info);
  await source.read(stream.to([applying(end), applying(roster)]));
  const { at: endedAt, clockOffset } = end;
  const context = { endpoints: roster.all, endedAt, clockOffset, zone: systemZone };
  const status = await writeAll(openStdout(), episodeRows(stream.diagnosis.episodes, context));
  tellProblems(source);
  return status;
};

const exportEpochs = async (source: RecordSource, epoch: Millis): Promise<number> => {
  const report = new CsvReport(source.info, epoch, systemZone);
  const stdout = openStdout();
  let waiting = report.header;
  let written: WriteEnd = { end: 'written' };
  const writeRows = async (): Promise<void> => {
    for (const row of written.end === 'written' ? report.rows() : []) {
      waiting += row;
      if (waiting.length < OUTPUT_CHARS) continue;
      written = await writePatiently(stdout, waiting);
      waiting = '';
      if (written.end !== 'written') return;
    }
  };
  const untilUnread: EventSink = {
    event: (event) => {
      if (written.end === 'written') report.event(event);
    },
  };
  await source.read(untilUnread, writeRows);
  report.finish();
  await writeRows();
  if (written.end === 'written') written = await writePatiently(stdout, waiting);
  tellProblems(source);
  return statusOf(written);
};

/** Lines that could not be read don't make the rest less true: a word on stderr, and no other exit status. */
export const tellProblems = (source: RecordSource): void => {
  for (const problem of source.problems) say(problem);
};
