// The commands that look at a record: replay, summary, report, export. A host of such a name is still reached as label=host.

import type { Millis } from '../../events/units.js';
import type { OwnColours, ThemeChoice } from '../../view/theme/palette.js';
import { exportOptions, replayOptions, reportOptions, summaryOptions } from './options/record-options.js';
import { readOptions } from '../config/layers.js';
import type { Layers } from '../config/layers.js';
import { UsageError } from './usage-error.js';

export type ReplayOptions = {
  command: 'replay';
  file: string;
  epoch: Millis;
  ascii: boolean;
  theme: ThemeChoice;
  colours: OwnColours;
  mouse: boolean;
};
export type SummaryOptions = { command: 'summary'; file: string; json: boolean };
export type ExportOptions = { command: 'export'; file: string; epoch: Millis; episodes: boolean };
export type ReportOptions = {
  command: 'report';
  file: string;
  json: boolean;
  /** Where the page goes, - for standard output; null: no page. */
  html: string | null;
  mask: boolean;
};
export type RecordCommand = ReplayOptions | SummaryOptions | ReportOptions | ExportOptions;

/**
 * @param file - for standard input
 * @throws UsageError
 */
export const recordCommand = (command: RecordCommand['command'], file: string, layers: Layers): RecordCommand => {
  switch (command) {
    case 'replay': {
      const { 'no-mouse': noMouse, ...options } = readOptions(replayOptions, layers);
      return { command, file, ...options, colours: layers.config.colours, mouse: !noMouse };
    }
    case 'summary':
      return { command, file, ...readOptions(summaryOptions, layers) };
    case 'report': {
      const { json, html, mask } = readOptions(reportOptions, layers);
      if (json && html !== null) throw new UsageError('--json and --html exclude each other: give one of them');
      return { command, file, json, html, mask };
    }
    case 'export': {
      // CSV is all that there is, whether it was asked for or not.
      const { epoch, episodes } = readOptions(exportOptions, layers);
      return { command, file, epoch, episodes };
    }
  }
};
