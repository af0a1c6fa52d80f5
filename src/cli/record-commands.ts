// What can be done with a record without a screen: its summary, and its epochs as a table.

import { SessionTotals } from '../history/totals/session-totals.js';
import { lineText } from '../record/lines/line-format.js';
import { endLines } from './report/summary-lines.js';
import { systemZone } from '../view/wall-clock.js';
import type { ExportOptions, SummaryOptions } from './arguments/record-arguments.js';
import { CsvReport } from './report/csv-report.js';
import { withRecord } from './record-source.js';
import type { RecordSource } from './record-source.js';
import { say } from './output/say.js';
import { SessionEnd } from './report/session-end.js';
import { openStdout, writeAll } from './output/stdout.js';
import { summaryText } from './report/summary.js';

/** `pingem summary FILE`. Returns the exit status. */
export const runSummary = ({ file, json }: SummaryOptions): Promise<number> =>
  withRecord(file, async (source) => {
    const totals = new SessionTotals(source.info);
    const end = new SessionEnd(source.info);
    await source.read((event) => {
      totals.apply(event);
      end.apply(event);
    });
    const text = json
      ? endLines(totals, source.clockOffset).map(lineText).join('')
      : summaryText(totals, { end, zone: systemZone, remarks: [] });
    const status = await writeAll(openStdout(), text);
    tellProblems(source);
    return status;
  });

/** `pingem export FILE --csv`. Returns the exit status. */
export const runExport = ({ file, epoch }: ExportOptions): Promise<number> =>
  withRecord(file, async (source) => {
    const rows: string[] = [];
    const report = new CsvReport(source.info, epoch, systemZone, (row) => rows.push(row));
    await source.read((event) => report.event(event));
    report.finish();
    const status = await writeAll(openStdout(), rows.join(''));
    tellProblems(source);
    return status;
  });

/** Lines that could not be read don't make the rest less true: a word on stderr, and no other exit status. */
export const tellProblems = (source: RecordSource): void => {
  for (const problem of source.problems) say(problem);
};
