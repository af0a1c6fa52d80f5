// What tells, quickly, who was probed and how a record ends: the session lines, who came and went, the steps of the wall
// clock, a few lines before each of them, which say when it was, and the last lines of all.

import type { RecordParser } from './record-parser.js';

const SURVEYED = ['{"type":"session"', '{"type":"clock"', '{"type":"endpoint"', '{"type":"removed"'];
/** All of them in one search, which takes no longer than one of them. */
const ANY_SURVEYED = /\{"type":"(?:session|clock|endpoint|removed)"/;
/** Enough to hold the newest probe of each endpoint, in the order in which they settle. */
const CONTEXT_LINES = 200;

export class RecordSurvey {
  readonly #parser: RecordParser;
  /** The last whole lines before the piece. */
  #before: string[] = [];
  #refused: string | null = null;

  /** What is wrong with the first of the surveyed lines that could not be read, null where all could. */
  get refused(): string | null {
    return this.#refused;
  }

  constructor(parser: RecordParser) {
    this.#parser = parser;
  }

  /** A line that is longer than any that can be read. */
  passOver(why: string): void {
    this.#refused ??= why;
  }

  /** Takes whole lines, each with its newline. */
  take(whole: Buffer): void {
    // Most pieces hold none, and a search through bytes is much cheaper than lines.
    const lines = linesOf(ANY_SURVEYED.test(whole.toString('latin1')) ? whole : tailOf(whole));
    this.#feed([...this.#before, ...lines], this.#before.length);
    this.#before = [...this.#before, ...lines].slice(-CONTEXT_LINES);
  }

  /** What stands before the last session line belongs to another session. */
  end(): void {
    for (const line of this.#before.slice(this.#before.findLastIndex(isSurveyed) + 1)) this.#parser.line(line);
  }

  /** The surveyed lines from `start` on, each with its context. */
  #feed(lines: readonly string[], start: number): void {
    let fed = 0;
    for (let i = start; i < lines.length; i++) {
      const line = lines[i] ?? '';
      if (!isSurveyed(line)) continue;
      for (const context of lines.slice(Math.max(fed, i - CONTEXT_LINES), i)) {
        if (!isSurveyed(context)) this.#parser.line(context);
      }
      const problem = this.#parser.line(line);
      this.#refused ??= problem;
      fed = i + 1;
    }
  }
}

const linesOf = (bytes: Buffer): string[] => bytes.toString().split('\n').slice(0, -1);

/** The last lines of a piece, the first of them perhaps cut. */
const tailOf = (bytes: Buffer): Buffer => bytes.subarray(-CONTEXT_LINES * 150);

const isSurveyed = (line: string): boolean =>
  SURVEYED.some((mark) => line.startsWith(mark, line[0] === '\u{feff}' ? 1 : 0));
