// How the sparse parts of a rollup, its histogram and its errors, are written as bytes: 7 bits a byte, the highest bit
// says that more follow. A bin is its distance from the bin before and its count, nearly always two bytes.
//
//     number of bins, (distance, count) ..., (error id, count) ... up to the end

import type { Tally } from '../statistics/tally.js';

/** Most bytes that one number takes: counts stay below 2^42. */
const WIDEST = 6;

let buffer = new Uint8Array(8192);
let length = 0;

const put = (value: number): void => {
  let rest = value;
  while (rest >= 128) {
    buffer[length++] = 128 | (rest % 128);
    rest = Math.floor(rest / 128);
  }
  buffer[length++] = rest;
};

/** At least as many bytes as encodeSparse will make of a tally. */
export const sparseBound = (tally: Tally): number =>
  (1 + 2 * Math.max(0, tally.highBin - tally.lowBin + 1) + 2 * tally.errors.size) * WIDEST;

/** The bytes of a tally's histogram and errors: empty where it has neither. Valid until the next call. */
export const encodeSparse = (tally: Tally): Uint8Array => {
  const { histogram, lowBin, highBin, errors } = tally;
  length = 0;
  let used = 0;
  for (let bin = lowBin; bin <= highBin; bin++) if ((histogram[bin] as number) > 0) used++;
  if (used === 0 && errors.size === 0) return buffer.subarray(0, 0);
  const most = sparseBound(tally);
  if (most > buffer.length) buffer = new Uint8Array(2 * most);
  put(used);
  let previous = 0;
  for (let bin = lowBin; bin <= highBin; bin++) {
    const count = histogram[bin] as number;
    if (count <= 0) continue;
    put(bin - previous);
    put(count);
    previous = bin;
  }
  for (const [id, count] of errors) {
    put(id);
    put(count);
  }
  return buffer.subarray(0, length);
};

// Where the last long number ended. Kept outside so that the loop below has nothing but locals: with a closure over its
// index it takes twice as long, and a wide epoch decodes a thousand rollups.
let end = 0;

/** The number whose first byte, at `from` - 1, was `first`. */
const longNumber = (bytes: Uint8Array, from: number, first: number): number => {
  let value = first & 127;
  end = from;
  for (let scale = 128, byte = 128; byte >= 128; scale *= 128) {
    byte = bytes[end++] as number;
    value += (byte & 127) * scale;
  }
  return value;
};

/** Adds what encodeSparse wrote to [from, to) of `bytes` to a tally. */
export const decodeSparse = (bytes: Uint8Array, from: number, to: number, tally: Tally): void => {
  const { histogram } = tally;
  let i = from;
  if (i >= to) return;
  let left = bytes[i++] as number;
  if (left >= 128) {
    left = longNumber(bytes, i, left);
    i = end;
  }
  let bin = 0;
  let low = -1;
  for (; left > 0; left--) {
    let distance = bytes[i++] as number;
    if (distance >= 128) {
      distance = longNumber(bytes, i, distance);
      i = end;
    }
    let count = bytes[i++] as number;
    if (count >= 128) {
      count = longNumber(bytes, i, count);
      i = end;
    }
    bin += distance;
    if (low < 0) low = bin;
    histogram[bin] = (histogram[bin] as number) + count;
  }
  if (low >= 0 && low < tally.lowBin) tally.lowBin = low;
  if (low >= 0 && bin > tally.highBin) tally.highBin = bin;
  while (i < to) {
    const id = longNumberAt(bytes, i);
    const count = longNumberAt(bytes, end);
    i = end;
    tally.addError(id, count);
  }
};

const longNumberAt = (bytes: Uint8Array, at: number): number => {
  const first = bytes[at] as number;
  if (first >= 128) return longNumber(bytes, at + 1, first);
  end = at + 1;
  return first;
};
