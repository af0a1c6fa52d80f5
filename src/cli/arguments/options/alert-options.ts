// The options of a run that have to do with being told of episodes.

import type { VerdictCode } from '../../../events/verdict.js';
import type { OptionSpec } from '../option-spec.js';
import { commandWords, listOf } from '../option-values.js';

/** The verdicts that blame somebody. */
const BLAMES = [
  'machine',
  'own-traffic',
  'local',
  'provider',
  'beyond',
  'host',
  'unclear',
] as const satisfies readonly VerdictCode[];

export const alertOptions = [
  {
    type: 'flag',
    name: 'bell',
    short: [],
    help: "ring the terminal's bell: three times when an episode begins, once when it is over",
  },
  {
    type: 'value',
    name: 'on-episode',
    short: [],
    metavar: 'CMD',
    read: commandWords,
    list: 'shell words',
    completion: null,
    help: 'run this command when an episode begins and when it is over',
    man:
      'Run this command, as the user that pingem has become, when an episode begins and when it is over. It is split into ' +
      'words as a shell would, but no shell runs it. Its environment says what happened: PINGEM_EVENT (begin or end), ' +
      'PINGEM_CODE, PINGEM_SINCE (ISO 8601), PINGEM_TEXT (in words), PINGEM_ENDPOINTS (labels, with commas between), ' +
      'PINGEM_LOSS (worst over 10 s, 0 to 1) and PINGEM_P50 (milliseconds), besides PATH and the language. It starts in ' +
      'the root folder, its output is discarded, one runs at a time, and it is ended after 30 s or with pingem. What is over ' +
      'within 3 s is no episode for this.',
  },
  {
    type: 'value',
    name: 'alert-on',
    short: [],
    metavar: 'CODES',
    read: listOf(BLAMES),
    list: 'commas',
    completion: BLAMES,
    help: 'of which episodes --bell and --on-episode tell, such as local,provider',
    man: `Of which episodes --bell and --on-episode tell, with commas between: ${BLAMES.join(', ')}. Without it, of all.`,
  },
] as const satisfies readonly OptionSpec[];
