// What an event says became of a probe, in the numbers that send records keep. History and totals settle probes by this
// one rule.

import type { OutcomeEvent } from '../../events/events.js';
import { NO_RTT, toMicros } from '../../events/rtt/micros.js';
import type { Micros } from '../../events/rtt/micros.js';
import * as codes from '../../events/state-code.js';
import type { StateCode } from '../../events/state-code.js';
import { icmpErrorText, NO_ERROR } from './error-names.js';
import type { ErrorNames } from './error-names.js';

export type Outcome = {
  code: StateCode;
  /** UNCERTAIN, or 0. */
  flags: number;
  /** NO_RTT where there is none. */
  rtt: Micros;
  /** Id of its text, NO_ERROR where there is none. */
  error: number;
};

/** Reused from call to call: probes settle a million a second when a record is loaded. */
const outcome: Outcome = { code: codes.HOLE, flags: 0, rtt: NO_RTT, error: NO_ERROR };

/** Valid until the next call. */
export const toOutcome = (event: OutcomeEvent, errors: ErrorNames): Readonly<Outcome> => {
  outcome.flags = 0;
  outcome.rtt = NO_RTT;
  outcome.error = NO_ERROR;
  switch (event.type) {
    case 'answered':
    case 'late':
      outcome.code = event.type === 'late' ? codes.LATE : codes.ANSWERED;
      outcome.flags = event.uncertain === true ? codes.UNCERTAIN : 0;
      outcome.rtt = toMicros(event.rtt);
      break;
    case 'lost':
      outcome.code = codes.LOST;
      break;
    case 'void':
      outcome.code = codes.VOID;
      break;
    case 'unsent':
      outcome.code = codes.UNSENT;
      outcome.error = errors.idOf(event.error);
      break;
    case 'unreachable':
      outcome.code = codes.UNREACHABLE;
      outcome.error = errors.idOf(icmpErrorText(event.icmpType, event.icmpCode, event.from));
  }
  return outcome;
};

/** The RTT that statistics take in: none that is not to be trusted. */
export const countedRtt = ({ flags, rtt }: Outcome): Micros => (flags === 0 ? rtt : NO_RTT);
