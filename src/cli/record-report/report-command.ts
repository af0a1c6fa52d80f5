// `pingem report FILE`: a record told to somebody who wasn't there, as text, as JSON or as a page.

import { basename } from 'node:path';
import { systemZone } from '../../view/wall-clock.js';
import type { ReportOptions } from '../arguments/record-arguments.js';
import { openStdout, writeAll } from '../output/stdout.js';
import { tellProblems } from '../record-commands.js';
import { withRecord } from '../record-source.js';
import { EventTexts } from './masking/event-texts.js';
import { ReportFold } from './fold/report-fold.js';
import { reportPage } from './html/report-page.js';
import { checkPagePath, writePage } from './page-file.js';
import type { Report } from './report-model.js';
import { reportJson } from './report-json.js';
import { reportText } from './text/report-text.js';

/** Returns the exit status. */
export const runReport = async (options: ReportOptions, version: string): Promise<number> => {
  const { file, json, html, mask } = options;
  if (html !== null && html !== '-') checkPagePath(html);
  return withRecord(file, async (source) => {
    const texts = new EventTexts(
      mask,
      source.endpoints.list.map(({ info }) => info),
    );
    const fold = new ReportFold(texts.session(source.info), systemZone);
    await source.read({ event: (event) => fold.sink.event(texts.event(event)) });
    const report = fold.report({
      record: mask ? null : file === '-' ? 'standard input' : basename(file),
      masked: mask,
      madeWith: version,
      recordedWith: source.versions,
      zoneName: mask ? null : Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    const status = await put(report, html, json);
    tellProblems(source);
    return status;
  });
};

const put = async (report: Report, html: string | null, json: boolean): Promise<number> => {
  if (html === null) {
    const text = json ? `${JSON.stringify(reportJson(report, systemZone), null, 1)}\n` : reportText(report, systemZone);
    return writeAll(openStdout(), text);
  }
  const page = reportPage(report, systemZone);
  if (html === '-') return writeAll(openStdout(), page);
  writePage(html, page);
  return 0;
};
