// A router that has lost probes from the first one on: usual, and so no fault; but it mustn't look like one either.

import { describe, expect, it } from 'vitest';
import { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import { SimulatedNetwork } from './simulation/network.js';
import type { Scenario } from './simulation/scenario.js';

const watched = (routerLoss: number, hostLoss: number): Diagnosis => {
  const scenario: Scenario = {
    name: 'neglect',
    duration: 400,
    interval: 0.2,
    endpoints: [
      { name: 'gw', place: 'gateway', rtt: 2, loss: 0 },
      { name: 'isp', place: 'provider', rtt: 9, loss: routerLoss },
      { name: 'a', place: 'beyond', rtt: 15, loss: hostLoss },
    ],
    faults: [],
    expect: [],
  };
  const diagnosis = new Diagnosis({ timeout: 2000, onVerdict: () => {} });
  new SimulatedNetwork(scenario, 3).run(scenario.duration, (event) => diagnosis.apply(event));
  return diagnosis;
};

describe('a router that loses a third from the start', () => {
  it('is acquitted by a host behind it that loses nothing, and says nothing of a call', () => {
    const diagnosis = watched(0.35, 0);
    expect(diagnosis.verdict?.code).toBe('fine');
    expect(diagnosis.endpoint(1)).toMatchObject({ isAcquitted: true, acquittedBy: [2] });
    expect(diagnosis.callQuality).toMatchObject({ endpoint: 2, word: 'good' });
  });

  it('is not where what is behind it loses as much', () => {
    const diagnosis = watched(0.35, 0.35);
    expect(diagnosis.endpoint(1)).toMatchObject({ isAcquitted: false, acquittedBy: [] });
    expect(diagnosis.callQuality?.word).not.toBe('good');
  });

  it('has to lose more than a trifle to be meant', () => {
    expect(watched(0.01, 0).endpoint(1)).toMatchObject({ isAcquitted: false });
  });
});
