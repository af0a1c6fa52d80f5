// How the sparse parts of a rollup, its histogram and its errors, are written as bytes: 7 bits a byte, the highest bit
// says that more follow. A bin is its distance from the bin before and its count, nearly always two bytes.
//
//     number of bins, (distance, count) ..., (error id, count) ... up to the end

import type { Tally } from './tally.js';

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

/** Adds what encodeSparse wrote to [from, to) of `bytes` to a tally. */
export const decodeSparse = (bytes: Uint8Array, from: number, to: number, tally: Tally): void => {
  const { histogram } = tally;
  let i = from;
  const longNumber = (first: number): number => {
    let value = first & 127;
    for (let scale = 128, byte = 128; byte >= 128; scale *= 128) {
      byte = bytes[i++] as number;
      value += (byte & 127) * scale;
    }
    return value;
  };
  if (i >= to) return;
  let left = bytes[i++] as number;
  if (left >= 128) left = longNumber(left);
  let bin = 0;
  let low = tally.lowBin;
  for (; left > 0; left--) {
    const distance = bytes[i++] as number;
    bin += distance < 128 ? distance : longNumber(distance);
    const count = bytes[i++] as number;
    histogram[bin] = (histogram[bin] as number) + (count < 128 ? count : longNumber(count));
    if (bin < low) low = bin;
  }
  tally.lowBin = low;
  if (bin > tally.highBin) tally.highBin = bin;
  while (i < to) {
    const id = bytes[i++] as number;
    const error = id < 128 ? id : longNumber(id);
    const count = bytes[i++] as number;
    tally.addError(error, count < 128 ? count : longNumber(count));
  }
};
