// Numbers for the tables: order statistics by nearest rank, as the program itself uses, and short texts.

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** Nearest rank: the smallest value that at least `percent` % of all do not exceed. NaN for no values. */
export const percentile = (values: readonly number[], percent: number): number => {
  const sorted = ascending(values);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => percentile(values, 50);

export const fixed = (value: number, digits: number): string => (Number.isNaN(value) ? '-' : value.toFixed(digits));

/** Milliseconds as signed whole microseconds. */
export const micros = (ms: number): string => {
  if (Number.isNaN(ms)) return '-';
  const rounded = Math.round(ms * 1000);
  return `${rounded > 0 ? '+' : ''}${rounded}`;
};

export const percent = (fraction: number, digits = 1): string => `${fixed(fraction * 100, digits)} %`;
