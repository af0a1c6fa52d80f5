// What begins with @, for the completions: the endpoints that pingem finds by itself, and the groups of the config file,
// which the shell reads itself as far as it takes: the keys below [groups], one a line.

import { WELL_KNOWN_NAMES } from '../../probe/route/well-known.js';

export const AT_NAMES = WELL_KNOWN_NAMES.join(' ');

/** sed(1): prints each group's name. */
export const GROUPS_SED = String.raw`/^\[groups\]/,/^\[/s/^\([A-Za-z0-9_-]\{1,\}\) *=.*/\1/p`;
