// A record file, read from its beginning to its end in pieces, so that whoever shares the thread gets a turn between
// them, and in bounded memory, whatever there is at the path. Lines that can't be read are reported with their number
// and skipped.

import { closeSync, fstatSync, openSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { FileBytes } from './byte-source.js';
import { gzipPieces } from './gzip/gzip-members.js';
import { LineSplitter, MOST_LINE_BYTES } from './lines/line-splitter.js';
import type { RecordParser } from './record-parser.js';
import { RecordSurvey } from './record-survey.js';
import { HEAD_BYTES, isGzip, isRecordStart, RecordFileError } from './record-start.js';

export type ReadProblem = { line: number; what: string };

export type ReadOptions = {
  onProblem: (problem: ReadProblem) => void;
  /** After each piece; what it returns is waited for. `fraction` of the file that has been read, 0 to 1. */
  onProgress?: (fraction: number) => void | Promise<void>;
};

const PIECE_BYTES = 1024 * 1024;
const TOO_LONG = `longer than ${MOST_LINE_BYTES / 2 ** 20} MiB`;

type Piece = { bytes: Buffer; fraction: number };
/** Whole lines, each with its newline. */
type Lines = { bytes: Buffer | null; fraction: number };

/** A record file that is open for reading, compressed or not (by its content, not its name). */
export class RecordReader {
  readonly #fd: number;
  readonly #file: FileBytes;
  readonly #compressed: boolean;

  private constructor(fd: number, file: FileBytes) {
    this.#fd = fd;
    this.#file = file;
    this.#compressed = isGzip(file.bytes(0, 2));
  }

  /**
   * @param file a path, or the descriptor of a file, which is closed with the reader
   * @param name what errors call it
   * @throws RecordFileError if there is no record to read
   */
  static open(file: string | number, name: string): RecordReader {
    let fd: number;
    try {
      fd = typeof file === 'number' ? file : openSync(file, 'r');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new RecordFileError(`can't read ${name}: ${reason}; give a file that --record wrote`);
    }
    const stat = fstatSync(fd);
    const bytes = new FileBytes(fd, stat.isFile() ? stat.size : 0);
    const reader = new RecordReader(fd, bytes);
    if (isRecordStart(bytes.bytes(0, HEAD_BYTES), reader.#compressed)) return reader;
    reader.close();
    throw new RecordFileError(`${name} is not a pingem record; give a file that --record wrote`);
  }

  /** Feeds the parser with all of it. */
  async read(parser: RecordParser, { onProblem, onProgress }: ReadOptions): Promise<void> {
    let number = 0;
    const line = (text: string): void => {
      number++;
      const what = text === '' ? null : parser.line(text);
      if (what !== null) onProblem({ line: number, what });
    };
    const splitter = new LineSplitter();
    for await (const { bytes, fraction } of this.#lines(splitter, (what) => onProblem({ line: number + 1, what }))) {
      if (bytes === null) {
        number++;
        onProblem({ line: number, what: TOO_LONG });
      } else {
        const texts = bytes.toString('utf8', 0, bytes.length - 1).split('\n');
        for (const text of texts) line(text);
      }
      await onProgress?.(fraction);
      await turn();
    }
    // A last line without its newline was torn by a kill, or it is whole and only the newline is missing.
    const rest = splitter.end().toString();
    if (isJson(rest)) line(rest);
  }

  /**
   * Feeds the parser with what tells, quickly, who was probed and how the record ends. Returns what is wrong with the first
   * of these lines that can't be read, or null.
   */
  async survey(parser: RecordParser): Promise<string | null> {
    const survey = new RecordSurvey(parser);
    const splitter = new LineSplitter();
    for await (const { bytes } of this.#lines(splitter, () => {})) {
      if (bytes === null) survey.passOver(TOO_LONG);
      else survey.take(bytes);
    }
    const rest = splitter.end();
    if (isJson(rest.toString())) survey.take(Buffer.concat([rest, Buffer.from('\n')]));
    survey.end();
    return survey.refused;
  }

  close(): void {
    closeSync(this.#fd);
  }

  async *#lines(splitter: LineSplitter, onDamage: (what: string) => void): AsyncGenerator<Lines> {
    for await (const { bytes, fraction } of this.#pieces(onDamage)) {
      for (const lines of splitter.take(bytes)) yield { bytes: lines, fraction };
    }
  }

  async *#pieces(onDamage: (what: string) => void): AsyncGenerator<Piece> {
    const file = this.#file;
    if (!this.#compressed) {
      for (let at = 0; at < file.size; at += PIECE_BYTES) {
        const bytes = file.bytes(at, PIECE_BYTES);
        if (bytes.length === 0) return;
        yield { bytes, fraction: Math.min(1, (at + bytes.length) / file.size) };
      }
      return;
    }
    // Members are small, and each piece has its price.
    let [gathered, size, fraction]: [Buffer[], number, number] = [[], 0, 0];
    for await (const piece of gzipPieces(file)) {
      const isDamage = !('data' in piece);
      if (!isDamage) {
        gathered.push(piece.data);
        size += piece.data.length;
        fraction = piece.end / file.size;
      }
      if (size > 0 && (isDamage || size >= PIECE_BYTES)) {
        yield { bytes: Buffer.concat(gathered), fraction };
        [gathered, size] = [[], 0];
      }
      if (isDamage) onDamage(`${piece.why} at byte ${piece.damagedAt}`);
    }
    if (size > 0) yield { bytes: Buffer.concat(gathered), fraction: 1 };
  }
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
