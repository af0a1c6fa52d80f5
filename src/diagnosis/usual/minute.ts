// One minute of one endpoint as it is kept. Its RTT figures are read from the probes on record when it is over, from some
// hundred of them where there are more: what is counted for every probe costs every probe.

import type { Millis, UnixMillis } from '../../events/units.js';
import * as probe from '../probes/probe-window.js';
import type { ProbeWindow } from '../probes/probe-window.js';
import { BINS, binOf, percentileOf } from './log-bins.js';

export const MINUTE: Millis = 60_000;

export type Counts = { settled: number; failed: number; answered: number; slow: number; jittery: number };

export type Rtts = {
  /** Median, and how far the 90th percentile is above it. Null without an answer. */
  p50: Millis | null;
  spread: Millis | null;
  /** 90th percentile of the differences from one answer to the next, null where no two came in a row. */
  steps: Millis | null;
  /** How many answers these are from. */
  samples: number;
};

export type Minute = Counts & Rtts & { from: UnixMillis; to: UnixMillis };

/** Enough for a median within a percent of rank or two. */
const SAMPLES = 256;

const rttBins = new Uint32Array(BINS);
const stepBins = new Uint32Array(BINS);

const JUDGED_ANSWER = probe.JUDGED | probe.ANSWERED;
const KIND = probe.JUDGED | probe.OUTCOME | probe.UNCERTAIN;

/** The RTTs of the probes sent since `from`, as far as they have been judged. */
export const rttsSince = (window: ProbeWindow, from: UnixMillis): Rtts => {
  const { rtt, state, mask, next, oldest } = window;
  const first = window.firstFrom(from);
  const stride = Math.max(1, Math.ceil((next - first) / SAMPLES));
  let samples = 0;
  let pairs = 0;
  rttBins.fill(0);
  stepBins.fill(0);
  for (let seq = first; seq < next; seq += stride) {
    const slot = seq & mask;
    if (((state[slot] as number) & KIND) !== JUDGED_ANSWER) continue;
    const value = rtt[slot] as number;
    const bin = binOf(value);
    samples++;
    rttBins[bin] = (rttBins[bin] as number) + 1;
    const before = (seq - 1) & mask;
    if (seq === oldest || ((state[before] as number) & KIND) !== JUDGED_ANSWER) continue;
    const stepBin = binOf(Math.abs(value - (rtt[before] as number)));
    pairs++;
    stepBins[stepBin] = (stepBins[stepBin] as number) + 1;
  }
  const p50 = samples === 0 ? null : percentileOf(rttBins, samples, 50);
  return {
    p50,
    spread: p50 === null ? null : percentileOf(rttBins, samples, 90) - p50,
    steps: pairs === 0 ? null : percentileOf(stepBins, pairs, 90),
    samples,
  };
};
