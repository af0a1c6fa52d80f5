// Bytes into whole lines, in bounded memory: a line that is longer than any that pingem writes is passed over.

/** Enough for a session line with all that a command line can hold. */
export const MOST_LINE_BYTES = 4 * 1024 * 1024;

const NEWLINE = 0x0a;

export class LineSplitter {
  /** The beginning of a line whose end has not come. */
  #rest: Buffer[] = [];
  #restBytes = 0;
  #passingOver = false;

  /** Whole lines, a newline at the end of each; null stands for one line that was too long. */
  *take(piece: Buffer): Generator<Buffer | null> {
    const first = piece.indexOf(NEWLINE);
    if (first < 0) {
      if (this.#keep(piece)) yield null;
      return;
    }
    let start = 0;
    if (this.#passingOver) {
      this.#passingOver = false;
      start = first + 1;
    } else if (this.#restBytes > 0) {
      if (this.#keep(piece.subarray(0, first + 1))) yield null;
      else yield this.#takeRest();
      this.#passingOver = false;
      start = first + 1;
    }
    const end = piece.lastIndexOf(NEWLINE) + 1;
    if (end > start) yield piece.subarray(start, end);
    if (end < piece.length && this.#keep(piece.subarray(end))) yield null;
  }

  /** What follows the last newline. */
  end(): Buffer {
    return this.#takeRest();
  }

  /** Whether the line has just become too long. */
  #keep(part: Buffer): boolean {
    if (this.#passingOver) return false;
    this.#rest.push(part);
    this.#restBytes += part.length;
    if (this.#restBytes <= MOST_LINE_BYTES) return false;
    this.#takeRest();
    this.#passingOver = true;
    return true;
  }

  #takeRest(): Buffer {
    const rest = this.#rest.length === 1 ? (this.#rest[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#rest);
    this.#rest = [];
    this.#restBytes = 0;
    return rest;
  }
}
