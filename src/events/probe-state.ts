// The states of a probe. Exactly one at any time, so that on every scale
// slots = in-flight + answered + late + lost + unreachable + unsent + void.

export type ProbeState = 'in-flight' | 'answered' | 'late' | 'lost' | 'unreachable' | 'unsent' | 'void';

/** How many probes are in each state. */
export type StateCounts = {
  inFlight: number;
  answered: number;
  late: number;
  lost: number;
  unreachable: number;
  unsent: number;
  void: number;
};

/** In the order in which `eachState` asks for them. */
export const COUNTED_STATES = [
  'inFlight',
  'answered',
  'late',
  'lost',
  'unreachable',
  'unsent',
  'void',
] as const satisfies readonly (keyof StateCounts)[];

/** One count for each of the states. Spelled out, as `eachStatistic` is and for the same reason. */
export const eachState = (count: (state: keyof StateCounts) => number): StateCounts => ({
  inFlight: count('inFlight'),
  answered: count('answered'),
  late: count('late'),
  lost: count('lost'),
  unreachable: count('unreachable'),
  unsent: count('unsent'),
  void: count('void'),
});

export const emptyStateCounts = (): StateCounts => eachState(() => 0);

export const slotsOf = (c: StateCounts): number =>
  c.inFlight + c.answered + c.late + c.lost + c.unreachable + c.unsent + c.void;

/** Probes that count for loss: neither in flight nor void. */
const settledOf = (c: StateCounts): number => c.answered + c.late + c.lost + c.unreachable + c.unsent;

/** Loss as a fraction 0..1 of the settled probes, null where none has settled: never 0 % and never 100 % by default. */
export const lossOf = (c: StateCounts): number | null => {
  const settled = settledOf(c);
  return settled === 0 ? null : (c.lost + c.unreachable + c.unsent) / settled;
};
