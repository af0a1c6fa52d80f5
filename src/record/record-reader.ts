// A record file, read from its beginning to its end in pieces, so that whoever shares the thread gets a turn between
// them. Lines that can't be read are reported with their number and skipped.

import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipMembers } from './gzip/gzip-members.js';
import type { RecordParser } from './record-parser.js';
import { isRecordStart, RecordFileError } from './record-start.js';

export type ReadProblem = { line: number; what: string };

export type ReadOptions = {
  onProblem: (problem: ReadProblem) => void;
  /** Fraction of the file that has been read, 0 to 1. */
  onProgress?: (fraction: number) => void;
};

const PIECE_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;
const SURVEYED = ['{"type":"session"', '{"type":"clock"'];
/** Enough to hold the newest probe of each endpoint, in the order in which they settle. */
const CONTEXT_LINES = 200;

/** A record file that is open for reading, compressed or not (by its content, not its name). */
export class RecordReader {
  readonly #path: string;
  readonly #fd: number;
  readonly #size: number;
  readonly #compressed: boolean;

  /**
   * @param name what errors call it
   * @throws RecordFileError if there is no record to read at `path`
   */
  constructor(path: string, name: string) {
    this.#path = path;
    try {
      this.#fd = openSync(path, 'r');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new RecordFileError(`can't read ${name}: ${reason}; give a file that --record wrote`);
    }
    this.#size = fstatSync(this.#fd).size;
    const head = Buffer.alloc(64 * 1024);
    const length = fstatSync(this.#fd).isDirectory() ? 0 : readSync(this.#fd, head, 0, head.length, 0);
    this.#compressed = head[0] === 0x1f && head[1] === 0x8b;
    if (!isRecordStart(head.subarray(0, length), this.#compressed)) {
      throw new RecordFileError(`${name} is not a pingem record; give a file that --record wrote`);
    }
  }

  /** Feeds the parser with all of it. */
  async read(parser: RecordParser, { onProblem, onProgress }: ReadOptions): Promise<void> {
    let number = 0;
    const line = (text: string): void => {
      number++;
      const what = text === '' ? null : parser.line(text);
      if (what !== null) onProblem({ line: number, what });
    };
    let rest: Buffer = Buffer.alloc(0);
    for (const { bytes, fraction } of this.#pieces((what) => onProblem({ line: number + 1, what }))) {
      const piece = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      const end = piece.lastIndexOf(NEWLINE) + 1;
      rest = piece.subarray(end);
      const texts = piece.toString('utf8', 0, end).split('\n');
      texts.pop();
      for (const text of texts) line(text);
      onProgress?.(fraction);
      await turn();
    }
    // A last line without its newline was torn by a kill, or it is whole and only the newline is missing.
    if (rest.length > 0 && isJson(rest.toString())) line(rest.toString());
  }

  /**
   * Feeds the parser with what tells, quickly, who was probed and how the record ends: the session lines, the steps of
   * the wall clock, a few lines before each of them, which say when it was, and the last lines of all.
   */
  survey(parser: RecordParser): void {
    let rest: Buffer = Buffer.alloc(0);
    /** The last whole lines before the piece. */
    let before: string[] = [];
    for (const { bytes } of this.#pieces(() => {})) {
      const piece = Buffer.concat([rest, bytes]);
      const end = piece.lastIndexOf(NEWLINE) + 1;
      rest = piece.subarray(end);
      const whole = piece.subarray(0, end);
      // Most pieces hold neither, and searching bytes is much cheaper than making text of them.
      const lines = linesOf(SURVEYED.some((mark) => whole.includes(mark)) ? whole : tailOf(whole));
      feedSurveyed(parser, [...before, ...lines], before.length);
      before = [...before, ...lines].slice(-CONTEXT_LINES);
    }
    // What stands before the last session line belongs to another session.
    for (const line of before.slice(before.findLastIndex(isSurveyed) + 1)) parser.line(line);
  }

  close(): void {
    closeSync(this.#fd);
  }

  *#pieces(onDamage: (what: string) => void): Generator<{ bytes: Buffer; fraction: number }> {
    if (!this.#compressed) {
      for (let at = 0; at < this.#size; at += PIECE_BYTES) {
        const bytes = Buffer.allocUnsafe(PIECE_BYTES);
        const length = readSync(this.#fd, bytes, 0, PIECE_BYTES, at);
        yield { bytes: bytes.subarray(0, length), fraction: Math.min(1, (at + length) / this.#size) };
      }
      return;
    }
    const file = readFileSync(this.#path);
    for (const member of gzipMembers(file)) {
      if ('damagedAt' in member) onDamage(`damaged compressed data at byte ${member.damagedAt}`);
      else yield { bytes: member.data, fraction: member.end / file.length };
    }
  }
}

const linesOf = (bytes: Buffer): string[] => bytes.toString().split('\n').slice(0, -1);

/** The last lines of a piece, the first of them perhaps cut. */
const tailOf = (bytes: Buffer): Buffer => bytes.subarray(-CONTEXT_LINES * 150);

const isSurveyed = (line: string): boolean => SURVEYED.some((mark) => line.startsWith(mark));

/** The surveyed lines from `start` on, each with its context. */
const feedSurveyed = (parser: RecordParser, lines: readonly string[], start: number): void => {
  let fed = 0;
  for (let i = start; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (!isSurveyed(line)) continue;
    for (const context of lines.slice(Math.max(fed, i - CONTEXT_LINES), i)) {
      if (!isSurveyed(context)) parser.line(context);
    }
    parser.line(line);
    fed = i + 1;
  }
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
