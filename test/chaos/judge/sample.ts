// The evidence of a perfect run, made up, for the judge to be tested with: what is changed in it has to be found.

import type { RecordLine } from '../../../src/record/lines/line-format.js';
import { reply } from '../../support/responder-script.js';
import type { LogLine, Step } from '../../support/responder-script.js';
import type { Diary } from '../diary.js';
import type { Launch } from '../subject.js';
import type { Evidence, Plan } from './evidence.js';
import { byLaunch, readWhole } from './recorded.js';
import { TruthReader } from './truth.js';

export const START = 1_800_000_000_000;
export const PLAN: Plan = { intervalMs: 100, timeoutMs: 1000, endpoints: 2, named: 1 };
export const SLOTS = 100;
const LATENESS_MS = 1;
const END = START + SLOTS * PLAN.intervalMs + 500;

/** Endpoint 1 answers late, never, with an error and an error first; endpoint 0 always. */
const STEPS: readonly (readonly Step[])[] = [
  [[reply(5)]],
  [[reply(5)], [reply(1500)], [], [{ kind: 'error', after: 5 }], [{ kind: 'error', after: 5 }, reply(50)]],
];

export type Sample = { record: RecordLine[]; log: LogLine[]; launches: Launch[]; diary: Diary };

const seconds = (ms: number): number => ms / 1000;

const sentAt = (endpoint: number, seq: number): number =>
  START + LATENESS_MS + seq * PLAN.intervalMs + (endpoint * PLAN.intervalMs) / PLAN.endpoints;

const outcome = (endpoint: number, seq: number, step: Step): RecordLine[] => {
  const head = { type: 'probe', endpoint, seq, sent: seconds(sentAt(endpoint, seq)) } as const;
  const after = step.find(({ kind }) => kind === 'reply')?.after;
  const error = step.some(({ kind }) => kind === 'error');
  const rtt = (after ?? 0) + 1;
  const lines: RecordLine[] = [];
  if (error) lines.push({ ...head, state: 'unreachable', from: '10.0.0.1', icmp: '3/1' });
  if (after === undefined) return error ? lines : [{ ...head, state: 'lost' }];
  if (error) return [...lines, { type: 'answered', endpoint, seq, rtt }];
  if (after < PLAN.timeoutMs) return [{ ...head, state: 'answered', rtt }];
  // What comes after the end is nowhere.
  const late = sentAt(endpoint, seq) + after < END;
  return [{ ...head, state: 'lost' }, ...(late ? [{ type: 'late', endpoint, seq, rtt } as const] : [])];
};

/** `SLOTS` slots of two endpoints, with nothing wrong. */
export const sample = (): Sample => {
  const common = { kind: 'host', interval: 0.1, size: 56, firstSeq: 0 } as const;
  const endpoints = ['a', 'b'].map((target, id) => ({
    ...common,
    id,
    key: `host ${target} 56 0`,
    target,
    label: target,
    address: target,
  }));
  const settings = { format: 2, version: '0', interval: 0.1, timeout: 1, size: 56, clock: 'kernel' } as const;
  const record: RecordLine[] = [{ type: 'session', ...settings, started: seconds(START), endpoints }];
  const log: LogLine[] = [];
  for (let seq = 0; seq < SLOTS; seq++) {
    for (const [endpoint, steps] of STEPS.entries()) {
      const step = steps[seq % steps.length] ?? [];
      const at = sentAt(endpoint, seq) + 0.4;
      const to = endpoints[endpoint]?.target ?? '';
      const request = { to, id: 7, seq16: seq };
      log.push({ type: 'request', at, from: 'us', ...request, sizeBytes: 56, endpoint, seq, step });
      for (const { kind, after = 0 } of step) log.push({ type: 'emitted', at: at + after, ...request, kind });
      record.push(...outcome(endpoint, seq, step));
    }
  }
  return { record, log, launches: [{ at: START - 500, ready: START, end: { at: END, how: 'ended' } }], diary: [] };
};

export const evidenceOf = ({ record, log, launches, diary }: Sample): Evidence => {
  const truth = new TruthReader(launches, PLAN.endpoints);
  for (const line of log) truth.line(line);
  const { runs } = readWhole(record.map((line) => JSON.stringify(line)));
  return { plan: PLAN, launches, diary, recorded: byLaunch(runs, launches), truth: truth.runs };
};
