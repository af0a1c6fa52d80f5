// The commands that look at a record: replay, summary, export. A host of such a name is still reached as label=host.

import type { Millis } from '../../events/units.js';
import type { OwnColours, ThemeChoice } from '../../view/theme/palette.js';
import { exportOptions, replayOptions, summaryOptions } from './options/record-options.js';
import { readOptions } from '../config/layers.js';
import type { Layers } from '../config/layers.js';

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
export type RecordCommand = ReplayOptions | SummaryOptions | ExportOptions;

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
    case 'export': {
      // CSV is all that there is, whether it was asked for or not.
      const { epoch, episodes } = readOptions(exportOptions, layers);
      return { command, file, epoch, episodes };
    }
  }
};
