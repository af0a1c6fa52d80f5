// Call quality by the simplified E-model (ITU-T G.107): what a call with this delay and loss would sound like. An estimate:
// nobody has called.

import type { Millis } from '../../events/units.js';
import type { CallQuality, QualityWord } from '../../events/verdict.js';

/** Codec with packet loss concealment (G.711: Bpl 25.1), what it takes, and the jitter buffer. */
const ROBUSTNESS = 25.1;
export const JITTER_BUFFER: Millis = 60;
const CODEC_DELAY: Millis = 20;
const BEST = 93.2;

/**
 * `p50`: median RTT. `lost`: fraction 0..1 lost or too late to be played. `meanRun`: mean length of runs of those, 0 where
 * there is none.
 */
export const qualityOf = (p50: Millis, lost: number, meanRun: number): CallQuality => {
  const delay = p50 / 2 + JITTER_BUFFER + CODEC_DELAY;
  const percent = 100 * lost;
  const burst = Math.max(1, meanRun * (1 - lost));
  const impairment = percent === 0 ? 0 : (95 * percent) / (percent / burst + ROBUSTNESS);
  const r = Math.min(BEST, Math.max(0, BEST - 0.024 * delay - 0.11 * Math.max(0, delay - 177.3) - impairment));
  return { r, mos: mosOf(r), word: wordOf(r) };
};

/** G.107, annex B. */
const mosOf = (r: number): number => Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);

const wordOf = (r: number): QualityWord => {
  if (r >= 80) return 'good';
  if (r >= 70) return 'fair';
  return r >= 60 ? 'poor' : 'bad';
};
