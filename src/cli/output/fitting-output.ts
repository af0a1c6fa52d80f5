// What a run shows, and where nothing was asked for, what standard output can take.

import { placesText } from '../../tui/terminal/terminal-kind.js';
import type { LiveOptions } from '../arguments/live-arguments.js';
import { UsageError } from '../arguments/usage-error.js';
import { say } from './say.js';

/**
 * What was asked for; else a screen, if there is a terminal that can draw one.
 * @throws UsageError for --line without a terminal
 */
export const fittingOutput = (asked: LiveOptions['output']): 'screen' | NonNullable<LiveOptions['output']> => {
  if (asked !== null && asked !== 'line') return asked;
  if (asked === 'line' && !process.stdout.isTTY) {
    throw new UsageError(
      '--line paints over a line of a terminal, and standard output is none: --text writes to anything',
    );
  }
  if (!process.stdout.isTTY) return 'text';
  if (placesText(process.env)) return asked ?? 'screen';
  say(`no ${asked ?? 'screen'} with TERM=${process.env['TERM']}, so a line per endpoint per epoch instead`);
  return 'text';
};
