// What a user may ask of a run from wherever it is shown. The thread that probes carries it out; what comes of it
// comes back as an event.

import type { UnixMillis } from '../events/units.js';

export type RunCommand =
  | { type: 'quit' }
  /** `at` is an instant of the session timeline. */
  | { type: 'mark'; text: string; at: UnixMillis };
