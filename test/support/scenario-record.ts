// A scenario of the diagnosis's simulation as the record that pingem would have written, from an instant of its own.

import type { EndpointInfo } from '../../src/events/endpoint-info.js';
import type { ProbeEvent } from '../../src/events/events.js';
import type { UnixMillis } from '../../src/events/units.js';
import { EventLines } from '#dist/record/lines/event-lines.js';
import { lineText } from '#dist/record/lines/line-format.js';
import { SimulatedNetwork, START } from '../diagnosis/simulation/network.js';
import type { Scenario } from '../diagnosis/simulation/scenario.js';

/** Lets so many seconds of the scenario pass at a time. */
const STEP_S = 600;

type Options = {
  seed: number;
  startedAt: UnixMillis;
  /** What the simulation leaves open of an endpoint: its target, its address. */
  endpoint: (info: EndpointInfo) => EndpointInfo;
  /** Events besides, such as marks, with their instants, in order of time. */
  others?: readonly (ProbeEvent & { at: UnixMillis })[];
};

/** The text of the record, in pieces. */
export function* scenarioRecord(scenario: Scenario, options: Options): Generator<string> {
  const { seed, startedAt, endpoint, others = [] } = options;
  const network = new SimulatedNetwork(scenario, seed);
  const early: ProbeEvent[] = [];
  let waiting = [...others];
  network.run(Number.EPSILON, (event) => early.push(event));
  const endpoints = early.flatMap((event) => (event.type === 'endpoint' ? [endpoint(event.info)] : []));
  const info = {
    startedAt,
    interval: scenario.interval * 1000,
    timeout: (scenario.timeout ?? 2) * 1000,
    sizeBytes: 56,
    clock: 'kernel' as const,
    endpoints,
  };
  const lines = new EventLines(info, '0.1.0');
  yield lineText(lines.sessionLine());
  let text = '';
  const write = (event: ProbeEvent): void => {
    for (const line of lines.lines(event)) text += lineText(line);
  };
  const take = (simulated: ProbeEvent): void => {
    if (simulated.type === 'endpoint' && simulated.endpoint < endpoints.length) return;
    const event = shifted(simulated, startedAt - START);
    if ('at' in event) {
      while (waiting[0] !== undefined && waiting[0].at <= event.at) {
        write(waiting[0]);
        waiting = waiting.slice(1);
      }
    }
    write(event);
  };
  for (const event of early) take(event);
  for (let until = STEP_S; until < scenario.duration + STEP_S; until += STEP_S) {
    network.run(Math.min(until, scenario.duration), take);
    yield text;
    text = '';
  }
  for (const line of lines.inFlight()) text += lineText(line);
  yield text;
}

const shifted = (event: ProbeEvent, by: number): ProbeEvent => {
  if (event.type === 'gap' || event.type === 'stall') return { ...event, from: event.from + by, to: event.to + by };
  return 'at' in event ? { ...event, at: event.at + by } : event;
};
