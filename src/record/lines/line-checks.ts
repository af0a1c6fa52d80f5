// Whether a line is what the schema says, as its type. See line-schema.ts.

import * as generated from './line-checks.generated.js';
import type {
  AddressLine,
  ClockLine,
  DuplicateLine,
  EndpointLine,
  GapLine,
  MarkLine,
  PendingLine,
  ProbeLine,
  RejectedLine,
  RemovedLine,
  RepairLine,
  SessionLine,
  SessionLine1,
  StallLine,
  TrafficLine,
} from './line-format.js';

/** What a check made by ajv leaves behind when it has refused something. */
type SchemaError = {
  instancePath: string;
  keyword: string;
  message: string;
  params: { missingProperty?: string; tag?: string };
};

/** Whether `line` is a T; if it is not, `errors` says why until the next call. */
export type LineCheck<T> = { (line: unknown): line is T; errors?: readonly SchemaError[] | null };

type Checks = {
  session1: LineCheck<SessionLine1>;
  session2: LineCheck<SessionLine>;
  endpoint: LineCheck<EndpointLine>;
  removed: LineCheck<RemovedLine>;
  probe: LineCheck<ProbeLine | PendingLine>;
  late: LineCheck<RepairLine>;
  answered: LineCheck<RepairLine>;
  duplicate: LineCheck<DuplicateLine>;
  rejected: LineCheck<RejectedLine>;
  gap: LineCheck<GapLine>;
  stall: LineCheck<StallLine>;
  address: LineCheck<AddressLine>;
  clock: LineCheck<ClockLine>;
  mark: LineCheck<MarkLine>;
  traffic: LineCheck<TrafficLine>;
};

export const lineChecks: Checks = generated as unknown as Checks;

/** `rtt must be >= 0`, `endpoints/3/label is missing`. */
export const whyRefused = (check: LineCheck<unknown>): string => {
  const [first] = check.errors ?? [];
  if (first === undefined) return 'is not understood';
  const { instancePath, keyword, params, message } = first;
  const place = instancePath.slice(1);
  if (keyword === 'required') return `${place === '' ? '' : `${place}/`}${params.missingProperty} is missing`;
  if (keyword === 'discriminator') return `${params.tag} is none that is known`;
  return place === '' ? `it ${message}` : `${place} ${message}`;
};
