// Instants as the page writes them: in the browser's zone, with the day where it isn't that of now.

import type { UnixMillis } from '../../../events/units.js';
import { instantText, localOf, systemZone } from '../../../view/wall-clock.js';

export const timeText = (at: UnixMillis, now: UnixMillis): string =>
  instantText(localOf(at, systemZone), localOf(now, systemZone));
