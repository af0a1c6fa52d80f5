// Logarithmic bins for milliseconds, 32 an octave: what is read back is within 1.1 %. The bin is taken from the bits of the
// float, which costs a tenth of a logarithm.

import type { Millis } from '../../events/units.js';

const BITS = 5;
const PER_OCTAVE = 2 ** BITS;
const SHIFT = 23 - BITS;
/** 2^-10 ms, about 1 us: bin 0 has whatever is shorter. */
const LOWEST = (127 - 10) << BITS;
/** Up to 2^17 ms, about two minutes. */
export const BINS = 27 * PER_OCTAVE;

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

export const binOf = (ms: Millis): number => {
  float[0] = ms;
  const bin = ((bits[0] as number) >>> SHIFT) - LOWEST;
  return bin < 0 ? 0 : bin < BINS ? bin : BINS - 1;
};

export const valueOf = (bin: number): Millis => {
  bits[0] = ((bin + LOWEST) << SHIFT) | (1 << (SHIFT - 1));
  return float[0] as number;
};

/** Nearest rank: what at least `percent` % of the `n` values in these bins do not exceed. */
export const percentileOf = (counts: Uint32Array, n: number, percent: number): Millis => {
  let left = Math.max(1, Math.ceil((percent / 100) * n));
  for (let bin = 0; bin < BINS; bin++) {
    left -= counts[bin] as number;
    if (left <= 0) return valueOf(bin);
  }
  return valueOf(BINS - 1);
};
