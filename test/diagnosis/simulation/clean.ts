// Clean traffic: nothing is wrong but what always is a little. A scan of the Wi-Fi once a minute, as long as 0.3 s or at one
// probe only, 0.1 % loss, 0.5 % at the farthest.

import type { Distribution, Scenario } from './scenario.js';

export type CleanKind = Distribution | 'gauss, one probe';
export const CLEAN_KINDS: readonly CleanKind[] = ['gauss', 'lognormal', 'pareto', 'gauss, one probe'];

export const cleanScenario = (kind: CleanKind, interval: number, hours: number): Scenario => {
  const dist: Distribution = kind === 'gauss, one probe' ? 'gauss' : kind;
  const wide = dist === 'gauss' ? 0 : 2;
  const common = { loss: 0.001, dist };
  return {
    name: `${kind} at ${interval} s`,
    duration: hours * 3600,
    interval,
    spike: 300,
    spike_mode: kind === 'gauss, one probe' ? 'probe' : 'time',
    endpoints: [
      { name: 'gw', place: 'gateway', rtt: 2, jitter: 1 + wide, ...common },
      { name: 'isp', place: 'provider', rtt: 9, jitter: 1 + wide, ...common },
      { name: 'a', place: 'beyond', rtt: 15, jitter: 2 + wide, ...common },
      { name: 'b', place: 'beyond', rtt: 90, jitter: 3 + wide, ...common, loss: 0.005 },
    ],
    expect: [[0, hours * 3600, 'fine']],
  };
};
