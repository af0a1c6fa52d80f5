// Memory and open descriptors of the program, once a second, from /proc (proc(5)); and whether they grow.

import { readdirSync, readFileSync } from 'node:fs';

export type Sample = {
  pid: number;
  /** Milliseconds, monotonic. */ at: number;
  residentMiB: number;
  descriptors: number;
};

export type Growth = {
  /** How long the process was watched, seconds. */
  seconds: number;
  residentMiB: number;
  /** Least squares. */
  slopeMiBPerMinute: number;
  /** The fewest at any instant of the first and of the last third: what is open for a moment doesn't count. */
  descriptors: readonly [first: number, last: number];
};

/** A process fills its caches first. */
const WARM_UP = 0.25;

/** Null where there is no such process (any more). */
export const sampleOf = (pid: number): Sample | null => {
  try {
    const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    if (resident === undefined) return null;
    const descriptors = readdirSync(`/proc/${pid}/fd`).length;
    return { pid, at: performance.now(), residentMiB: Number(resident) / 1024, descriptors };
  } catch {
    return null;
  }
};

const slopePerMinute = (samples: readonly Sample[]): number => {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const minutes = samples.map(({ at }) => at / 60_000);
  const [middle, level] = [mean(minutes), mean(samples.map(({ residentMiB }) => residentMiB))];
  let [covariance, variance] = [0, 0];
  for (const [i, { residentMiB }] of samples.entries()) {
    const distance = (minutes[i] ?? 0) - middle;
    covariance += distance * (residentMiB - level);
    variance += distance ** 2;
  }
  return variance === 0 ? 0 : covariance / variance;
};

/** Of the last process that was sampled. */
export const growthOf = (samples: readonly Sample[]): Growth => {
  const life = samples.filter(({ pid }) => pid === samples.at(-1)?.pid);
  const grown = life.slice(Math.floor(life.length * WARM_UP));
  const third = Math.ceil(grown.length / 3);
  const fewest = (some: readonly Sample[]): number => Math.min(...some.map(({ descriptors }) => descriptors));
  return {
    seconds: ((grown.at(-1)?.at ?? 0) - (grown[0]?.at ?? 0)) / 1000,
    residentMiB: grown.at(-1)?.residentMiB ?? 0,
    slopeMiBPerMinute: slopePerMinute(grown),
    descriptors: [fewest(grown.slice(0, third)), fewest(grown.slice(-third))],
  };
};
