// A record to be looked at again: found, scanned for who was probed, and read as the one stream of events.

import type { EventSink } from '../events/sink.js';
import type { SessionInfo } from '../events/session-info.js';
import type { Millis, UnixMillis } from '../events/units.js';
import type { JoinedEndpoints } from '../record/joined-endpoints.js';
import { RecordParser } from '../record/record-parser.js';
import { RecordReader } from '../record/record-reader.js';
import { RecordFileError } from '../record/record-start.js';
import { printable } from '../view/text.js';
import { isPipe, spool } from './spool.js';

/** Of many lines that can't be read, the first are told one by one. */
const PROBLEMS_TOLD = 10;

export class RecordSource {
  /** The plan of the newest session, with those endpoints that no event announces. */
  readonly info: SessionInfo;
  /** What problems call it. */
  readonly #name: string;
  readonly #reader: RecordReader;
  readonly #problems: string[] = [];
  #problemCount = 0;
  #parser: RecordParser;

  private constructor(name: string, info: SessionInfo, reader: RecordReader, parser: RecordParser) {
    this.#name = name;
    this.info = info;
    this.#reader = reader;
    this.#parser = parser;
  }

  /**
   * @param file a path, or the descriptor of a file
   * @param name what the user calls it
   * @throws RecordFileError if there is no record in `file`
   */
  static async open(file: string | number, name: string): Promise<RecordSource> {
    const reader = RecordReader.open(file, name);
    const parser = new RecordParser(() => {});
    const refused = await reader.survey(parser);
    const { info } = parser;
    if (info !== null) return new RecordSource(name, info, reader, parser);
    reader.close();
    const why = refused === null ? '' : `: ${printable(refused, true)}`;
    throw new RecordFileError(`${name} holds no session that this pingem can read${why}`);
  }

  /** Reads all of it once. What `onProgress` returns is waited for. The sink is not closed. */
  async read(sink: EventSink, onProgress?: (fraction: number) => void | Promise<void>): Promise<void> {
    const parser = new RecordParser((event) => sink.event(event));
    this.#parser = parser;
    await this.#reader.read(parser, {
      onProblem: ({ line, what }) => {
        this.#problemCount++;
        if (this.#problems.length < PROBLEMS_TOLD) {
          this.#problems.push(printable(`${this.#name}:${line}: ${what}, skipped`, true));
        }
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

  /** All endpoints on record, by the ids of its events: those of `info`, then those that events announce. */
  get endpoints(): JoinedEndpoints {
    return this.#parser.joined;
  }

  /** Of pingem, by which it was written. */
  get versions(): readonly string[] {
    return this.#parser.versions;
  }

  /** Lines for stderr about what could not be read. */
  get problems(): readonly string[] {
    const left = this.#problemCount - this.#problems.length;
    return left > 0 ? [...this.#problems, `${this.#name}: ${left} more lines skipped`] : this.#problems;
  }
}

/** `-` stands for stdin. Pipes are spooled to a file first: a record is read twice. */
export const withRecord = async <T>(path: string, use: (source: RecordSource) => Promise<T>): Promise<T> => {
  const name = path === '-' ? 'stdin' : path;
  return use(await RecordSource.open(isPipe(path) ? await spool(path, name) : path, name));
};
