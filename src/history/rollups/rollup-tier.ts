// One tier of rollups of one endpoint: a circle of rows, one per stretch of time whether anything was sent in it or
// not, so that a row is found by arithmetic. 100 bytes a row in one typed array, row after row: a reader wants all of a
// row, so its words stay side by side. Histograms and errors are in a byte pool.
//
// Assumes: rows are written in order, each once, then again only to correct it. Bounded: at most `rows` rows and
// `poolBytes` of histograms, whichever fills first; then the oldest rows go.

import { BytePool } from './byte-pool.js';
import { decodeSparse, encodeSparse, sparseBound } from './rollup-codec.js';
import { ANSWERED, LATE, STATE_CODES } from '../../events/state-code.js';
import type { Tally } from '../statistics/tally.js';
import type { ProbeSeq } from '../../events/units.js';

const FIRST_ROWS = 64;
const TWO_TO_32 = 2 ** 32;

// Words of a row. Words 2 to 8 count the probes of state codes 1 to 7; sums take two words, low and high.
const FIRST_SEQ = 0;
const COUNTS = 1;
const RTTS = 9;
const SUM = 10;
const MIN = 12;
const MAX = 13;
const JITTER_SUM = 14;
const JITTER_COUNT = 16;
const FIRST_RTT = 17;
const LAST_RTT = 18;
const LONGEST_RUN = 19;
const HEAD_RUN = 20;
const TAIL_RUN = 21;
/** Where in the pool its bytes are. */
const POSITION = 22;
/** How many bytes they are, how many there is room for, and whether the row is dirty: see below. */
const BYTES = 23;
/** Where the pool stood when the row was first written: the order in which rows lose their bytes. */
const WRITTEN_AT = 24;
const ROW = 25;

// In BYTES: 15 bits of length (a histogram and errors take at most 28 kB), 16 bits of room, and whether something in the
// row has changed since, so that it must be made again before it is read.
const LENGTH_MASK = 0x7fff;
const ROOM_SHIFT = 15;
const MOST_ROOM = 0xffff;
const DIRTY = 2 ** 31;

type TierSize = { rows: number; poolBytes: number };

export class RollupTier {
  /** The oldest row. */
  first: number;
  /** One past the newest complete row. */
  next: number;
  /** Called before the oldest row goes. */
  beforeDrop: (index: number) => void = () => {};
  private readonly size: TierSize;
  private words: Uint32Array;
  private rows: number;
  private readonly pool: BytePool;

  /** `start`: index of the first row that will be written. */
  constructor(size: TierSize, start: number) {
    this.size = size;
    this.rows = Math.min(FIRST_ROWS, size.rows);
    this.words = new Uint32Array(this.rows * ROW);
    this.pool = new BytePool(size.poolBytes);
    this.first = start;
    this.next = start;
  }

  has(index: number): boolean {
    return index >= this.first && index < this.next;
  }

  /** Writes row `next`, or corrects an older one. Does not move `next`. */
  write(index: number, firstSeq: ProbeSeq, tally: Tally): void {
    const isNew = index >= this.next;
    this.makeRoom(index, 2 * sparseBound(tally));
    if (index < this.first) return;
    const { words } = this;
    const row = this.rowOf(index);
    const bytes = encodeSparse(tally);
    let room = isNew ? 0 : ((words[row + BYTES] as number) >>> ROOM_SHIFT) & MOST_ROOM;
    if (isNew) words[row + WRITTEN_AT] = this.pool.position;
    if (bytes.length > room) {
      // A row that has grown once may well grow again: reply after reply would use the pool up without some slack.
      room = isNew ? bytes.length : Math.min(bytes.length + (bytes.length >>> 1) + 16, MOST_ROOM);
      words[row + POSITION] = this.pool.allocate(room, this.oldestPosition);
    }
    this.pool.bytes.set(bytes, this.pool.indexOf(words[row + POSITION] as number));
    words[row + BYTES] = bytes.length | (room << ROOM_SHIFT);
    setWide(words, row + FIRST_SEQ, firstSeq);
    for (let code = 1; code < STATE_CODES; code++) words[row + COUNTS + code] = tally.counts[code] as number;
    words[row + RTTS] = tally.rtts;
    setWide(words, row + SUM, tally.sum);
    words[row + MIN] = tally.min;
    words[row + MAX] = tally.max;
    setWide(words, row + JITTER_SUM, tally.jitterSum);
    words[row + JITTER_COUNT] = tally.jitterCount;
    words[row + FIRST_RTT] = tally.firstRtt;
    words[row + LAST_RTT] = tally.lastRtt;
    words[row + LONGEST_RUN] = tally.longestRun;
    words[row + HEAD_RUN] = tally.headRun;
    words[row + TAIL_RUN] = tally.tailRun;
  }

  /** The row that was written last at `next` is complete. */
  close(): void {
    this.next++;
  }

  /** Adds a row to a tally. */
  addTo(index: number, tally: Tally): void {
    const { words } = this;
    const row = this.rowOf(index);
    const answered = words[row + COUNTS + ANSWERED] as number;
    const late = words[row + COUNTS + LATE] as number;
    tally.addRuns(
      words[row + HEAD_RUN] as number,
      words[row + LONGEST_RUN] as number,
      words[row + TAIL_RUN] as number,
      answered + late > 0,
    );
    const { counts } = tally;
    for (let code = 1; code < STATE_CODES; code++) {
      counts[code] = (counts[code] as number) + (words[row + COUNTS + code] as number);
    }
    const length = (words[row + BYTES] as number) & LENGTH_MASK;
    if (length > 0) {
      const from = this.pool.indexOf(words[row + POSITION] as number);
      decodeSparse(this.pool.bytes, from, from + length, tally);
    }
    const rtts = words[row + RTTS] as number;
    if (rtts === 0) return;
    tally.rtts += rtts;
    tally.sum += wide(words, row + SUM);
    tally.min = Math.min(tally.min, words[row + MIN] as number);
    tally.max = Math.max(tally.max, words[row + MAX] as number);
    tally.addJitter(
      wide(words, row + JITTER_SUM),
      words[row + JITTER_COUNT] as number,
      words[row + FIRST_RTT] as number,
      words[row + LAST_RTT] as number,
    );
  }

  firstSeqOf(index: number): ProbeSeq {
    return wide(this.words, this.rowOf(index) + FIRST_SEQ);
  }

  /** How many probes of a row are in a state. */
  countOf(index: number, code: number): number {
    return this.words[this.rowOf(index) + COUNTS + code] as number;
  }

  isDirty(index: number): boolean {
    return (this.words[this.rowOf(index) + BYTES] as number) >= DIRTY;
  }

  setDirty(index: number): void {
    const word = this.rowOf(index) + BYTES;
    this.words[word] = (this.words[word] as number) | DIRTY;
  }

  /** The row in which a sequence number would have been sent, `first` - 1 if that was before the oldest. */
  rowOfSeq(seq: ProbeSeq): number {
    let low = this.first;
    let high = this.next;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.firstSeqOf(middle) <= seq) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Writes empty rows up to `index`; a leap past everything that is kept forgets it all instead. */
  skipTo(index: number, nextSeq: ProbeSeq, empty: Tally): void {
    if (index - this.next >= this.size.rows) {
      for (let old = this.first; old < this.next; old++) this.beforeDrop(old);
      this.first = index;
      this.next = index;
    }
    while (this.next < index) {
      this.writeEmpty(nextSeq, empty);
    }
  }

  /** Writes row `next` as one in which nothing was sent, and goes on to the next. */
  private writeEmpty(firstSeq: ProbeSeq, empty: Tally): void {
    this.makeRoom(this.next, 0);
    const { words } = this;
    const row = this.rowOf(this.next);
    words.fill(0, row, row + ROW);
    setWide(words, row + FIRST_SEQ, firstSeq);
    words[row + MIN] = empty.min;
    words[row + MAX] = empty.max;
    words[row + FIRST_RTT] = empty.firstRtt;
    words[row + LAST_RTT] = empty.lastRtt;
    words[row + POSITION] = this.pool.position;
    words[row + WRITTEN_AT] = this.pool.position;
    this.close();
  }

  private rowOf(index: number): number {
    return (index % this.rows) * ROW;
  }

  private makeRoom(index: number, bytes: number): void {
    if (index - this.first >= this.rows && this.rows < this.size.rows) this.grow();
    while (index - this.first >= this.rows) this.drop();
    while (this.first < this.next && this.pool.wouldOverwrite(this.oldestPosition, bytes)) this.drop();
  }

  // Dropped before it is overwritten, so that whoever is told can still read it.
  private drop(): void {
    this.beforeDrop(this.first);
    this.first++;
  }

  private get oldestPosition(): number {
    return this.first < this.next ? (this.words[this.rowOf(this.first) + WRITTEN_AT] as number) : this.pool.position;
  }

  private grow(): void {
    const { words, rows } = this;
    this.rows = Math.min(rows * 2, this.size.rows);
    this.words = new Uint32Array(this.rows * ROW);
    for (let index = this.first; index <= this.next && index < this.first + rows; index++) {
      const from = (index % rows) * ROW;
      this.words.set(words.subarray(from, from + ROW), this.rowOf(index));
    }
  }
}

const wide = (words: Uint32Array, at: number): number => (words[at] as number) + (words[at + 1] as number) * TWO_TO_32;

const setWide = (words: Uint32Array, at: number, value: number): void => {
  words[at] = value;
  words[at + 1] = Math.floor(value / TWO_TO_32);
};
