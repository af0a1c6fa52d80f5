// What a fault is. One file each in faults/; faults/index.ts lists them.

import type { Random } from './random.js';
import type { Stage } from './stage.js';

/** Faults of one lane follow one another, faults of different lanes meet. */
export const LANES = ['process', 'network', 'record', 'terminal', 'load', 'names'] as const;
export type Lane = (typeof LANES)[number];

/**
 * What the judge must know of the time that a fault lasts:
 * - packets: what is on the way may be lost, and sending may fail;
 * - names: an endpoint that is known by name may have no address;
 * - writing: the record can't be written, so kill -9 costs all since then;
 * - running: the process stands still, and writes nothing;
 * - socket: so many packets come that one stopped process can't be sure to find its own among them.
 */
export type Clouds = 'packets' | 'names' | 'writing' | 'running' | 'socket';

export type Fault = {
  name: string;
  lane: Lane;
  /** How long it goes on, seconds. */
  lasts: readonly [least: number, most: number];
  clouds?: Clouds;
  /** Seconds after its end in which its effects may still show. */
  settles?: number;
  /** Only in this first part of a run, 0 to 1: the memory of one process is to be watched for the rest. */
  within?: number;
  /** Does it, keeps it up for so many seconds and undoes it. */
  inflict(stage: Stage, seconds: number, random: Random): Promise<void>;
};
