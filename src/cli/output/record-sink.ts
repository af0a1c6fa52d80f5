// The record of a live run as one of its sinks.

import type { SessionInfo } from '../../events/session-info.js';
import type { EventSink } from '../../events/sink.js';
import { wallClock } from '../../probe/system-ports.js';
import { RecordFile } from '../../record/record-file.js';
import type { Resumed } from '../../record/lines/session-head.js';
import { endLines } from '../report/summary-lines.js';
import type { SessionResults } from '../report/summary-lines.js';

/** The record's reader is no terminal: a disk always gets the time for its last lines. A full one stays full. */
const PATIENCE = { least: 400, most: 5000 } as const;

export type RecordSinkOptions = {
  info: SessionInfo;
  version: string;
  /** What this session goes on with. */
  resumed: Resumed;
  /** What the record's last lines are made of; it must have had each event before the record has. */
  results: SessionResults;
  /** What is wrong with the file, null when it is well again. */
  onTrouble: (message: string | null) => void;
};

/** @throws RecordFileError if the path can't be opened or holds something that is not a record. */
export const recordSink = (path: string, options: RecordSinkOptions): EventSink => {
  const { info, version, resumed, results, onTrouble } = options;
  const record = new RecordFile(path, info, { version, resumed, onTrouble, wallClock: () => wallClock.now() });
  process.on('SIGUSR2', () => record.reopen());
  return {
    event: (event) => record.event(event),
    close: (patience) =>
      record.close(
        (clockOffset) => endLines(results, clockOffset),
        Math.min(Math.max(patience, PATIENCE.least), PATIENCE.most),
      ),
  };
};
