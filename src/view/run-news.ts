// What a run says about itself while it lasts, beside its events: for whoever shows the run to somebody.

import type { EndpointState } from '../diagnosis/endpoint-state.js';
import type { Episode } from '../diagnosis/episodes/ledger.js';
import type { CallQuality, WorstCallQuality } from '../events/verdict.js';
import type { EndpointId, Millis } from '../events/units.js';
import type { RunAnswer } from './run-command.js';

/** How each endpoint is. */
export type EndpointStates = readonly (readonly [EndpointId, EndpointState])[];

/** What a run keeps of root's rights. Null: none. */
export type KeptPrivileges = 'root' | 'CAP_NET_RAW' | null;

/** How well the program itself keeps time. Counts are since the start. */
export type Diagnostics = {
  /** How late slots were sent against plan; null before any was. */
  sendLateP50: Millis | null;
  sendLateP99: Millis | null;
  stalls: number;
  longestStall: Millis;
  missedSlots: number;
  /** Times that the kernel's receive buffer was found to have run over. */
  receiveOverruns: number;
  /** Null where the system doesn't tell. */
  receiveBufferBytes: number | null;
  privileges: KeptPrivileges;
  rejected: number;
};

/** How far a record has been loaded. */
export type Progress = {
  /** 0 to 1; null where the length is not known. */
  fraction: number | null;
  text: string;
};

/** What a call would be like with the worst endpoint; null where none can tell. */
export type CallQualityNews = {
  type: 'call quality';
  quality: WorstCallQuality | null;
  /** Of each endpoint; null where it can't tell. */
  each: readonly (readonly [EndpointId, CallQuality | null])[];
};

export type RunNews =
  /** A warning, shown until null. */
  | { type: 'notice'; text: string | null }
  /** Where the page is, for the screen alone: there may be a token in it. Shown while there is no warning, until null. */
  | { type: 'page'; text: string | null }
  /** Null once the record is loaded. */
  | { type: 'progress'; progress: Progress | null }
  | { type: 'diagnostics'; diagnostics: Diagnostics }
  /** The terminal's bell is to be rung, once. */
  | { type: 'bell' }
  /** Episodes that are new or have changed. */
  | { type: 'episodes'; episodes: readonly Episode[] }
  /** The median RTT that is usual at each endpoint; null where it isn't known yet. */
  | { type: 'usual'; p50: readonly (readonly [EndpointId, Millis | null])[] }
  | CallQualityNews
  /** How each endpoint is. */
  | { type: 'states'; states: EndpointStates }
  | RunAnswer;
