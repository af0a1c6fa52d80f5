// A record on disk: opened for appending, never over something that is not a record, reopened for log rotation
// (SIGUSR2) or when the file was removed under us. Trouble is reported and outlived: probing goes on.

import { closeSync, constants, fstat, fstatSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import type { ProbeEvent } from '../events/events.js';
import type { SessionInfo } from '../events/session-info.js';
import type { Millis } from '../events/units.js';
import { EventLines } from './lines/event-lines.js';
import { lineText, unwrittenNote } from './lines/line-format.js';
import type { RecordLine } from './lines/line-format.js';
import { LineWriter } from './lines/line-writer.js';
import type { Resumed } from './lines/session-head.js';
import { HEAD_BYTES, isRecordStart, RecordFileError } from './record-start.js';

const fstatAsync = promisify(fstat);

/** About 80,000 lines: eight endpoints at ten probes a second for a quarter of an hour. */
const QUEUE_BYTES = 8 * 1024 * 1024;
/** How often to look whether the file is still there. */
const LOOK_EVERY: Millis = 2000;

const SESSION_START = '{"type":"session"';

export type RecordFileOptions = {
  version: string;
  /** After --resume: what this session goes on with. */
  resumed?: Resumed;
  /** What is wrong with the file for the screen and the summary, null when it is well again. */
  onTrouble: (message: string | null) => void;
  wallClock: () => number;
};

export class RecordFile {
  readonly #path: string;
  readonly #onTrouble: RecordFileOptions['onTrouble'];
  readonly #lines: EventLines;
  readonly #writer: LineWriter;
  readonly #look: NodeJS.Timeout;
  #fd: number;
  /** What is wrong with the path, until a look finds all well, and with the writing, until it works again. */
  readonly #wrong: { path: string | null; writing: string | null } = { path: null, writing: null };
  /** What was told last: the graver of the two, once. */
  #told: string | null = null;
  #missing = false;
  #looking = false;
  #closing = false;
  /** By descriptor: bytes that are in the file but for those that were written to it since it was opened. */
  readonly #others = new Map<number, number>();

  /** @throws RecordFileError if the path can't be opened or holds something that is not a record. */
  constructor(path: string, info: SessionInfo, options: RecordFileOptions) {
    this.#path = path;
    this.#onTrouble = options.onTrouble;
    this.#lines = new EventLines(info, options.version, options.resumed);
    this.#fd = openRecord(path);
    this.#others.set(this.#fd, fstatSync(this.#fd).size);
    this.#writer = new LineWriter(this.#fd, {
      compress: isCompressed(path),
      sync: true,
      queueBytes: QUEUE_BYTES,
      head: (fd, written, next) => this.#headIfCut(fd, written, next),
      note: (lines, error) => unwrittenNote(lines, error, options.wallClock()),
      onTrouble: (error) => {
        this.#warn('writing', error === null ? null : `the record ${path} can't be written (${error}), still trying`);
      },
    });
    this.#writer.write(this.#sessionText());
    this.#look = setInterval(() => void this.#lookForFile(), LOOK_EVERY);
    this.#look.unref();
  }

  event(event: ProbeEvent): void {
    for (const line of this.#lines.lines(event)) this.#writer.write(lineText(line));
  }

  /** Goes on in a new file of the same name: after log rotation, or when the old one was removed. */
  reopen(): void {
    try {
      const fd = openRecord(this.#path);
      const old = this.#fd;
      this.#fd = fd;
      this.#others.set(fd, fstatSync(fd).size);
      this.#writer.redirect(
        fd,
        (next) => this.#headOf(next),
        () => {
          this.#others.delete(old);
          closeSync(old);
        },
      );
      this.#missing = false;
    } catch (error) {
      this.#missing = true;
      const reason = error instanceof Error ? error.message : String(error);
      this.#warn('path', `the record can't be reopened: ${reason}`);
    }
  }

  /**
   * Writes what is owed and the lines that end the session, waiting at most `within` for a disk that hangs.
   * `endLines` is given what the wall clock shows minus the session timeline.
   */
  async close(endLines: (clockOffset: Millis) => readonly RecordLine[], within: Millis): Promise<void> {
    clearInterval(this.#look);
    this.#closing = true;
    for (const line of [...this.#lines.inFlight(), ...endLines(this.#lines.clockOffset)])
      this.#writer.write(lineText(line));
    await this.#writer.drain(within);
  }

  /**
   * What stands first in a file that goes on with `next`. Where a full disk has refused the session's own first line, that
   * is it: another one would count from later on, and stand before it.
   */
  #headOf(next: string): string {
    return next.startsWith(SESSION_START) ? '' : this.#sessionText();
  }

  #sessionText(): string {
    return lineText(this.#lines.sessionLine());
  }

  /** A file that has less in it than was written was cut down (logrotate's copytruncate, `: > file`): it begins anew. */
  async #headIfCut(fd: number, written: number, next: () => string): Promise<string | null> {
    const stat = await fstatAsync(fd).catch(() => null);
    const others = this.#others.get(fd);
    if (stat === null || others === undefined || !stat.isFile() || stat.size >= others + written) return null;
    this.#others.set(fd, stat.size - written);
    this.#warn('path', `the record ${this.#path} was cut down by someone; what was in it is gone, and it goes on`);
    const tornLine = stat.size > 0 && !isCompressed(this.#path) ? '\n' : '';
    return `${tornLine}${this.#headOf(next())}`;
  }

  /** In libuv's pool, as all that is done to the file while it is written: a network disk may hang. */
  async #lookForFile(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    const fd = this.#fd;
    const stat = await fstatAsync(fd).catch(() => null);
    this.#looking = false;
    // Reopened or closed meanwhile.
    if (stat === null || fd !== this.#fd || this.#closing) return;
    const removed = stat.nlink === 0;
    if (!removed && !this.#missing) {
      this.#warn('path', null);
      return;
    }
    // What was in the file went with it.
    if (removed && !this.#missing)
      this.#warn('path', `the record ${this.#path} was removed, and goes on in a new file`);
    this.reopen();
  }

  #warn(about: 'path' | 'writing', message: string | null): void {
    this.#wrong[about] = message;
    const worst = this.#wrong.writing ?? this.#wrong.path;
    if (worst === this.#told) return;
    this.#told = worst;
    this.#onTrouble(worst);
  }
}

const isCompressed = (path: string): boolean => path.endsWith('.gz');

/** Non-blocking for a FIFO, whose reader may stall; a disk knows no such mode. */
const OPEN_FLAGS =
  constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_NOCTTY | constants.O_NONBLOCK;

/** A descriptor to append lines to, after a last line that was torn by a kill has been ended. */
const openRecord = (path: string): number => {
  let fd: number;
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
      throw new RecordFileError(`${path} is a directory; give --record a file`);
    }
    fd = openSync(path, OPEN_FLAGS, 0o644);
  } catch (error) {
    if (error instanceof RecordFileError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new RecordFileError(`can't open the record ${path}: ${reason}; give --record a file that can be written`);
  }
  const { size } = fstatSync(fd);
  if (size === 0) return fd;
  if (!beginsAsRecord(fd, isCompressed(path))) {
    closeSync(fd);
    throw new RecordFileError(`${path} is not a pingem record and stays as it is; give --record another name`);
  }
  if (!isCompressed(path)) {
    const last = Buffer.alloc(1);
    readSync(fd, last, 0, 1, size - 1);
    if (last.toString() !== '\n') endTornLine(fd);
  }
  return fd;
};

/** A full disk may refuse even this byte; the reader then reports the one line it can't read. */
const endTornLine = (fd: number): void => {
  try {
    writeSync(fd, '\n');
  } catch {
    // Reported by the first real write, which fails the same way.
  }
};

const beginsAsRecord = (fd: number, compressed: boolean): boolean => {
  const head = Buffer.alloc(HEAD_BYTES);
  const length = readSync(fd, head, 0, HEAD_BYTES, 0);
  return isRecordStart(head.subarray(0, length), compressed);
};
