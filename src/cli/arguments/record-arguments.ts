// The commands that look at a record: replay, summary, export. A host of such a name is still reached as label=host.

import type { Argv } from 'yargs';
import type { Millis } from '../../events/units.js';
import { parseDuration } from './durations.js';
import { flag, option, parseWith, strictParser } from './parsing.js';
import { UsageError } from './usage-error.js';

export type ReplayOptions = { command: 'replay'; file: string; epoch: Millis; ascii: boolean };
export type SummaryOptions = { command: 'summary'; file: string; json: boolean };
export type ExportOptions = { command: 'export'; file: string; epoch: Millis };
export type RecordCommand = ReplayOptions | SummaryOptions | ExportOptions;

type Name = RecordCommand['command'];
type Given = { _: string[]; epoch: string; ascii: boolean; json: boolean; csv: boolean };

export const isRecordCommand = (word: string): word is Name =>
  word === 'replay' || word === 'summary' || word === 'export';

/**
 * @param argv what follows the command's name
 * @throws UsageError
 */
export const parseRecordCommand = async (
  name: Name,
  argv: readonly string[],
): Promise<RecordCommand | { command: 'print'; text: string }> => {
  const { given, printed } = await parseWith(PARSERS[name](), argv);
  if (printed !== null) return { command: 'print', text: printed };
  const { _: files, epoch, ascii, json, csv } = given as Given;
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw new UsageError(`pingem ${name} takes one record: pingem ${name} FILE, or - for stdin`);
  }
  if (name === 'summary') return { command: name, file, json };
  if (name === 'export' && !csv) throw new UsageError('pingem export writes CSV: say so with --csv');
  const width = parseDuration('--epoch', epoch, { from: 1000, to: 3_600_000 });
  return name === 'export' ? { command: name, file, epoch: width } : { command: name, file, epoch: width, ascii };
};

const PARSERS: Readonly<Record<Name, () => Argv>> = {
  replay: () =>
    strictParser()
      .version(false)
      .usage('$0 replay FILE\n\nShows a record on the screen, as if it were live. - reads it from stdin.')
      .option('epoch', option('e', 'width of a history column, 1s to 1h', '5s'))
      .option('ascii', flag('draw with ASCII characters only')),
  summary: () =>
    strictParser()
      .version(false)
      .usage('$0 summary FILE\n\nPrints what a record adds up to, and its outages. - reads it from stdin.')
      .option('json', flag("as the record's own outage and summary lines")),
  export: () =>
    strictParser()
      .version(false)
      .usage('$0 export FILE --csv\n\nPrints a record as a row per endpoint per epoch. - reads it from stdin.')
      .option('csv', flag('comma-separated values, the one format so far'))
      .option('epoch', option('e', 'width of an epoch, 1s to 1h', '1m')),
};
