// A record to be looked at again: found, scanned for who was probed, and read as the one stream of events.

import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ProbeEvent } from '../events/events.js';
import type { SessionInfo } from '../events/session-info.js';
import type { Millis, UnixMillis } from '../events/units.js';
import { RecordParser } from '../record/record-parser.js';
import { RecordReader } from '../record/record-reader.js';
import { RecordFileError } from '../record/record-start.js';

/** Of many lines that can't be read, the first are told one by one. */
const PROBLEMS_TOLD = 10;

export class RecordSource {
  /** The plan of the newest session, with the endpoints of all of them. */
  readonly info: SessionInfo;
  /** What problems call it. */
  readonly #name: string;
  readonly #reader: RecordReader;
  readonly #problems: string[] = [];
  #problemCount = 0;
  #parser = new RecordParser({ session: () => {}, event: () => {} });

  /**
   * @param name what the user calls it, where that isn't its path
   * @throws RecordFileError if there is no record at `path`
   */
  constructor(path: string, name: string = path) {
    this.#name = name;
    this.#reader = new RecordReader(path, name);
    this.#reader.survey(this.#parser);
    const { info } = this.#parser;
    if (info === null) throw new RecordFileError(`${name} holds no session that this pingem can read`);
    this.info = info;
  }

  /** Reads all of it once. */
  async read(sink: (event: ProbeEvent) => void, onProgress?: (fraction: number) => void): Promise<void> {
    const parser = new RecordParser({ session: () => {}, event: sink });
    this.#parser = parser;
    await this.#reader.read(parser, {
      onProblem: ({ line, what }) => {
        this.#problemCount++;
        if (this.#problems.length < PROBLEMS_TOLD) this.#problems.push(`${this.#name}:${line}: ${what}, skipped`);
      },
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    this.#reader.close();
  }

  /** The latest instant read so far, that of the whole record before reading. */
  get lastAt(): UnixMillis {
    return this.#parser.lastAt ?? this.info.startedAt;
  }

  /** What the wall clock showed at the latest instant minus the record's timeline. */
  get clockOffset(): Millis {
    return this.#parser.clockOffset;
  }

  /** By endpoint of `info`: the sequence after the highest on record. */
  get nextSeqs(): readonly number[] {
    return this.#parser.nextSeqs;
  }

  /** Lines for stderr about what could not be read. */
  get problems(): readonly string[] {
    const left = this.#problemCount - this.#problems.length;
    return left > 0 ? [...this.#problems, `${this.#name}: ${left} more lines skipped`] : this.#problems;
  }
}

/** `-` stands for stdin, which is spooled to a file first: a record is read twice. */
export const withRecord = async <T>(path: string, use: (source: RecordSource) => Promise<T>): Promise<T> => {
  if (path !== '-') return use(new RecordSource(path));
  const folder = mkdtempSync(join(tmpdir(), 'pingem-'));
  try {
    const spool = join(folder, 'stdin');
    await pipeline(process.stdin, createWriteStream(spool));
    return await use(new RecordSource(spool, 'stdin'));
  } finally {
    rmSync(folder, { recursive: true });
  }
};
