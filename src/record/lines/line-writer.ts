// Lines to a descriptor, in order, without ever blocking the thread that probes: at most one asynchronous write is
// under way, what comes meanwhile waits in a bounded queue. A failing write (disk full, quota, a reader that is gone)
// loses nothing until the queue is full; it is tried again every second, and once it works a note says what happened.

import { fdatasync, write } from 'node:fs';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Millis } from '../../events/units.js';

const gzipAsync = promisify(gzip);

/** How long lines may wait in memory: what kill -9 can cost. Gzip members get the longer one, they compress better. */
const FLUSH_AFTER: Millis = 250;
const FLUSH_COMPRESSED_AFTER: Millis = 900;
const RETRY_AFTER: Millis = 1000;
/** A disk that is full stays full: at the end it is waited for only for another try. */
const FAILING_PATIENCE: Millis = 1500;
/** How often what was written is made to reach the disk: what a power cut can cost (docs/decisions/0055). */
const SYNC_EVERY: Millis = 1000;
/** A descriptor in non-blocking mode says EAGAIN while its reader is slow: that is no failure. */
const POLL_AFTER: Millis = 20;
const NEWLINE = 0x0a;

export type LineWriterOptions = {
  /** Each flush becomes one gzip member, so that the file is whole after any of them (RFC 1952, section 2.2). */
  compress: boolean;
  /** Whether the descriptor is of a file on a disk, to be synchronised. */
  sync?: boolean;
  /** Bytes of lines that may wait; past it, new lines are counted and dropped. */
  queueBytes: number;
  /** Called with an errno name when writing begins to fail, with null when it works again. */
  onTrouble: (error: string | null) => void;
  /** A line that says how many lines were dropped, and because of what; written once writing works again. */
  note: (dropped: number, error: string) => string;
  /**
   * Asked before each write, with how many bytes the descriptor has taken: null, or, where what it has taken is gone, what
   * has to stand before `next`.
   */
  head?: (fd: number, written: number, next: () => string) => Promise<string | null>;
};

/** What a new descriptor begins with, given what is written to it then: '' if nothing waits. */
export type FirstLine = (next: string) => string;

/** Lines on their way, as bytes, and how many of these the descriptor has taken. */
type Chunk = { text: string; bytes: Buffer; written: number };

export class LineWriter {
  readonly #options: LineWriterOptions;
  #fd: number;
  /** Bytes that this descriptor has taken. */
  #written = 0;
  /** Of performance.now(). */
  #syncedAt = -Infinity;
  #queue: string[] = [];
  #queuedBytes = 0;
  #chunk: Chunk | null = null;
  #timer: NodeJS.Timeout | null = null;
  #busy = false;
  #trouble: string | null = null;
  #dropped = 0;
  #idle: (() => void)[] = [];
  #failing: (() => void)[] = [];
  #redirections: { fd: number; first: FirstLine; release: () => void }[] = [];

  constructor(fd: number, options: LineWriterOptions) {
    this.#fd = fd;
    this.#options = options;
  }

  /** Errno name of the failure that lasts, null while all is well. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Takes one or more whole lines, newline at the end. */
  write(text: string): void {
    if (this.#queuedBytes + text.length > this.#options.queueBytes) {
      this.#dropped += 1;
      return;
    }
    this.#queue.push(text);
    this.#queuedBytes += text.length;
    this.#schedule(this.#options.compress ? FLUSH_COMPRESSED_AFTER : FLUSH_AFTER);
  }

  /**
   * Goes on with another descriptor; what `first` returns is written there before all that waits. A line (compressed: a
   * member) that the old one has taken only in part is written whole to the new one. `release` is called once the old one
   * is written to no more.
   */
  redirect(fd: number, first: FirstLine, release: () => void): void {
    this.#redirections.push({ fd, first, release });
    if (this.#busy) return;
    this.#followRedirections();
    this.#reschedule(0);
  }

  /**
   * Resolves when everything is written, or with what was possible: after `within` milliseconds, which a slow reader
   * gets, or soon after writing has failed.
   */
  async drain(within: Millis): Promise<void> {
    if (this.#queue.length === 0 && this.#chunk === null && !this.#busy) return;
    await new Promise<void>((resolve) => {
      let timer = setTimeout(resolve, within);
      this.#idle.push(() => {
        clearTimeout(timer);
        resolve();
      });
      const hurry = (): void => {
        clearTimeout(timer);
        timer = setTimeout(resolve, Math.min(within, FAILING_PATIENCE));
      };
      if (this.#trouble === null) this.#failing.push(hurry);
      else hurry();
      this.#reschedule(0);
    });
  }

  #schedule(after: Millis): void {
    if (this.#timer !== null || this.#busy) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#flush();
    }, after);
  }

  #reschedule(after: Millis): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#schedule(after);
  }

  async #flush(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const again = await this.#writeOut();
    this.#busy = false;
    if (again !== null) this.#schedule(again);
    else for (const idle of this.#idle.splice(0)) idle();
  }

  /** Writes until all is out (null) or the descriptor wants a pause (how long to wait). */
  async #writeOut(): Promise<Millis | null> {
    for (;;) {
      this.#chunk ??= await this.#nextChunk();
      if (this.#chunk === null) {
        if (this.#followRedirections()) continue;
        return null;
      }
      const chunk = await this.#withHead(this.#chunk);
      const result = await writeSome(this.#fd, chunk.bytes, chunk.written);
      if (typeof result === 'string') {
        if (this.#followRedirections()) continue;
        if (result === 'EAGAIN') return POLL_AFTER;
        this.#fail(result);
        return RETRY_AFTER;
      }
      chunk.written += result;
      this.#written += result;
      if (chunk.written === chunk.bytes.length) {
        this.#chunk = null;
        const failure = await this.#syncNowAndThen();
        if (failure === null) this.#recovered();
        else this.#fail(failure);
      }
      this.#followRedirections();
    }
  }

  /** Not while a write is under way: only then is it known what the old descriptor has taken. Whether there were any. */
  #followRedirections(): boolean {
    const redirections = this.#redirections.splice(0);
    if (redirections.length === 0) return false;
    for (const { fd, first, release } of redirections) {
      release();
      this.#fd = fd;
      this.#written = 0;
      if (this.#chunk !== null) this.#queue.unshift(this.#notTaken(this.#chunk));
      this.#chunk = null;
      const line = first(this.#queue[0] ?? '');
      if (line !== '') this.#queue.unshift(line);
    }
    this.#queuedBytes = this.#queue.reduce((sum, text) => sum + text.length, 0);
    return true;
  }

  #fail(error: string): void {
    if (this.#trouble !== error) this.#options.onTrouble(error);
    this.#trouble = error;
    for (const hurry of this.#failing.splice(0)) hurry();
  }

  /** In libuv's pool, as the writes are. At the end in any case. Returns an errno name or null. */
  async #syncNowAndThen(): Promise<string | null> {
    const isLast = this.#idle.length > 0 && this.#queue.length === 0;
    const now = performance.now();
    if (this.#options.sync !== true || (!isLast && now - this.#syncedAt < SYNC_EVERY)) return null;
    this.#syncedAt = now;
    return syncData(this.#fd);
  }

  /** From the first line on that the descriptor has not taken whole. */
  #notTaken({ text, bytes, written }: Chunk): string {
    if (this.#options.compress) return text;
    return bytes.toString('utf8', bytes.subarray(0, written).lastIndexOf(NEWLINE) + 1);
  }

  #recovered(): void {
    if (this.#trouble === null && this.#dropped === 0) return;
    const note = this.#options.note(this.#dropped, this.#trouble ?? 'queue full');
    if (this.#trouble !== null) this.#options.onTrouble(null);
    this.#trouble = null;
    this.#dropped = 0;
    this.#queue.push(note);
  }

  async #nextChunk(): Promise<Chunk | null> {
    if (this.#queue.length === 0) return null;
    const text = this.#queue.join('');
    this.#queue = [];
    this.#queuedBytes = 0;
    return this.#chunkOf(text);
  }

  /** A chunk whose beginning is gone with all that stood before it begins anew. */
  async #withHead(chunk: Chunk): Promise<Chunk> {
    const head = await this.#options.head?.(this.#fd, this.#written, () => this.#notTaken(chunk));
    if (head === undefined || head === null) return chunk;
    this.#chunk = await this.#chunkOf(head + this.#notTaken(chunk));
    return this.#chunk;
  }

  async #chunkOf(text: string): Promise<Chunk> {
    const bytes = Buffer.from(text);
    return { text, bytes: this.#options.compress ? await gzipAsync(bytes) : bytes, written: 0 };
  }
}

/** Bytes taken, or the errno name of the failure. */
const writeSome = (fd: number, bytes: Buffer, from: number): Promise<number | string> =>
  new Promise((resolve) => {
    write(fd, bytes, from, bytes.length - from, null, (error, count) => {
      resolve(error === null ? count : (error.code ?? error.message));
    });
  });

/** Null once the data are on the disk, or where there is none behind the descriptor. */
const syncData = (fd: number): Promise<string | null> =>
  new Promise((resolve) => {
    fdatasync(fd, (error) => {
      const isNoDisk = error?.code === 'EINVAL' || error?.code === 'ENOTSUP' || error?.code === 'EROFS';
      resolve(error === null || isNoDisk ? null : (error.code ?? error.message));
    });
  });
