// `pingem status [FILE]`: one line about the run that is going on, for status bars and scripts.

import { readStatusFile, runningFiles, StatusFileError } from '../../observer/status/status-file.js';
import type { StatusDocument } from '../../observer/status/status-document.js';
import { parseStatus } from '../../observer/status/status-parser.js';
import type { StatusOptions } from '../arguments/arguments.js';
import { readingOf } from '../../observer/status/status-reading.js';
import type { Condition } from '../../observer/status/status-reading.js';
import { terminalKind } from '../../tui/terminal/terminal-kind.js';
import { statusLine } from './status-line.js';
import { folderToRead } from './status-place.js';

const EXIT_STATUS: Readonly<Record<Condition, number>> = {
  fine: 0,
  starting: 0,
  trouble: 1,
  away: 2,
  old: 2,
  off: 2,
};

/**
 * Returns the exit status: 0 all is fine or nothing is known yet, 1 somebody is to blame, 2 nothing runs, nobody looks, or
 * nothing has been written for 5 s.
 * @throws StatusFileError if the file named is none
 */
export const runStatus = ({ file, format, colour, ascii }: StatusOptions): number => {
  const document = file === null ? newest(runningFiles(folderToRead())) : documentAt(file);
  const reading = readingOf(document, Date.now() / 1000);
  const unicode = terminalKind(process.env, ascii).repertoire !== 'ascii';
  process.stdout.write(`${statusLine(reading, { format, colour, unicode })}\n`);
  return EXIT_STATUS[reading.condition];
};

const documentAt = (path: string): StatusDocument | null => {
  const text = readStatusFile(path);
  if (text === null) return null;
  const document = parseStatus(text);
  if (typeof document === 'string') throw new StatusFileError(`${path} is not a pingem status file: ${document}`);
  return document;
};

/** That of the run that was started last. */
const newest = (paths: readonly string[]): StatusDocument | null =>
  paths.reduce<StatusDocument | null>((latest, path) => {
    const document = documentAt(path);
    return document !== null && (latest === null || document.started > latest.started) ? document : latest;
  }, null);
