// What a user may ask of a run from wherever it is shown. The thread that probes carries it out; what comes of it
// comes back as an event.

import type { EndpointId, Millis, UnixMillis } from '../events/units.js';

/** What the answer to it is known by, among all that ask. */
export type RequestId = string;

/** About the list of endpoints; each is answered with a RunAnswer. `text` is in the grammar of the command line. */
export type EndpointRequest =
  | { type: 'add'; request: RequestId; text: string }
  /**
   * As `add`, from a page: within what a page may ask for, and only what isn't watched yet. Interval and size (ICMP
   * payload bytes) hold where `text` has none of its own; null where nobody says.
   */
  | { type: 'watch'; request: RequestId; text: string; interval: Millis | null; sizeBytes: number | null }
  /** Label, interval, size and place become what `text` says; its host stays. */
  | { type: 'change'; request: RequestId; endpoint: EndpointId; text: string }
  | { type: 'remove'; request: RequestId; endpoint: EndpointId }
  /** The routers on the way to that host are to be watched too. */
  | { type: 'path'; request: RequestId; endpoint: EndpointId };

export type RunAnswer = {
  type: 'answer';
  request: RequestId;
  done: boolean;
  /** What was done, or why not and what would be right: one line. */
  text: string;
};

export type RunCommand =
  /** `picture`: what is to be left on the terminal instead of a summary, as text; null: nothing. */
  | { type: 'quit'; picture: string | null }
  /** `at` is an instant of the session timeline. */
  | { type: 'mark'; text: string; at: UnixMillis }
  | EndpointRequest;
