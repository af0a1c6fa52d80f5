// The command lines of `npm run chaos` and `npm run soak`.

import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { FAULTS } from './faults/index.js';

export type ChaosOptions = {
  seconds: number;
  seed: number;
  faults: typeof FAULTS;
  compressed: boolean;
  /** Where record, log and diary are kept if something was found; null for nowhere. */
  keep: string | null;
};

export class UsageError extends Error {}

const DEFAULT_S = 600;
/** Before that there is no time for anything to happen. */
const LEAST_S = 10;
const SEEDS = 2 ** 31;
const HOUR_S = 3600;
/** The judge holds every slot in memory. */
const MOST_HOURS = 24;

const numberFrom = (text: string, what: string, least: number, most: number): number => {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new UsageError(`${what} must be a number from ${least} to ${most}, not ${JSON.stringify(text)}`);
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        seconds: { type: 'string' },
        seed: { type: 'string' },
        only: { type: 'string' },
        gzip: { type: 'boolean', default: false },
        keep: { type: 'string' },
        soak: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const chosen = (only: string | undefined): typeof FAULTS => {
  if (only === undefined) return FAULTS;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !FAULTS.some((fault) => fault.name === name));
  if (unknown.length > 0) {
    const known = FAULTS.map(({ name }) => name).join(' | ');
    throw new UsageError(`--only: there is no fault ${unknown.join(', ')}; there are: ${known}`);
  }
  return FAULTS.filter(({ name }) => names.includes(name));
};

/** @throws UsageError */
export const parseOptions = (args: readonly string[]): ChaosOptions => {
  const { values, positionals } = parse(args);
  const [hours, ...more] = positionals;
  if (more.length > 0 || (hours !== undefined && !values.soak)) {
    throw new UsageError(`unexpected: ${(values.soak ? more : positionals).join(' ')}`);
  }
  if (values.soak && hours === undefined) throw new UsageError('give the soak its hours: npm run soak -- 8');
  const seconds = values.soak
    ? numberFrom(hours ?? '', 'the hours of a soak', LEAST_S / HOUR_S, MOST_HOURS) * HOUR_S
    : numberFrom(values.seconds ?? String(DEFAULT_S), '--seconds', LEAST_S, MOST_HOURS * HOUR_S);
  return {
    seconds,
    seed: values.seed === undefined ? randomInt(SEEDS) : numberFrom(values.seed, '--seed', 0, SEEDS),
    faults: values.soak ? [] : chosen(values.only),
    compressed: values.gzip,
    keep: values.keep ?? null,
  };
};
