// The hours that a reader has to see, and what can be said of all the others.

import type { Account, Report, ReportEndpoint, Timed } from '../report-model.js';

/** From so much lost or late on, or with any time down, an hour is told. */
const LEAST_SHARE = 0.005;

export type BadHour = { endpoint: ReportEndpoint; hour: Timed<Account> };

export type HoursTold = {
  /** In order of time. */
  bad: readonly BadHour[];
  others: number;
  /** The most that was lost in any of the others. */
  othersLoss: number;
};

export const hoursTold = ({ endpoints, stretches }: Report): HoursTold => {
  const bad: BadHour[] = [];
  let others = 0;
  let othersLoss = 0;
  for (const endpoint of endpoints) {
    const worse = stretches.filter(({ parts }) => parts.some((part) => part.endpoint === endpoint.id && part.isBad));
    for (const hour of endpoint.hours) {
      if (hour.slots === 0) continue;
      const isWorse = worse.some(({ from, to }) => from < hour.to && to > hour.from);
      if (isWorse || isBad(hour)) bad.push({ endpoint, hour });
      else {
        others++;
        othersLoss = Math.max(othersLoss, hour.loss ?? 0);
      }
    }
  }
  // Stable: of one hour in the order of the endpoints.
  bad.sort((a, b) => a.hour.from - b.hour.from);
  return { bad, others, othersLoss };
};

const isBad = ({ counts, slots, loss, down }: Account): boolean => {
  const settled = slots - counts.inFlight - counts.void;
  return down > 0 || (loss ?? 0) + (settled === 0 ? 0 : counts.late / settled) >= LEAST_SHARE;
};
