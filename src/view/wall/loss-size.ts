// How large loss is drawn, by its share of a column: one probe of a thousand is not to look like one of twenty.

/** Below this a grey tick, then a thin mark; from the second on loss hangs from the top in proportion. */
export const TICK_BELOW = 0.005;
export const MARK_BELOW = 0.02;

export type LossSize =
  { kind: 'none' | 'tick' | 'mark' } | { kind: 'hanging'; /** 0 to 1, all of the column. */ share: number };

export const lossSize = (loss: number | null): LossSize => {
  if (loss === null || loss === 0) return { kind: 'none' };
  if (loss < TICK_BELOW) return { kind: 'tick' };
  return loss < MARK_BELOW ? { kind: 'mark' } : { kind: 'hanging', share: loss };
};

/**
 * In steps, of which the column has `steps`: at least one, and all of them only if everything was lost, unless one is all that
 * there is.
 */
export const hangingSteps = (share: number, steps: number): number => {
  if (share === 1) return steps;
  return Math.max(1, Math.min(steps - 1, Math.round(share * steps)));
};
