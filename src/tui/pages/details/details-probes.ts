// The newest probes one by one, a column each, the newest at the right: what an epoch averages is seen here.

import type { LoggedProbe } from '../../../history/probe-log/newest-probes.js';
import { heightOf } from '../../../view/wall/scale.js';
import type { Scale } from '../../../view/wall/scale.js';
import { styleOf } from '../../terminal/cells.js';
import type { CellGrid, Style } from '../../terminal/cells.js';
import type { Look } from '../../terminal/look.js';

const sign = ({ state, rtt }: LoggedProbe, scale: Scale, look: Look): [string, Style] => {
  const { glyphs, styles, bar, loss } = look;
  switch (state) {
    case 'answered': {
      const eighths = rtt === null ? 1 : Math.max(1, Math.min(8, Math.round(heightOf(scale, rtt) * 8)));
      return [glyphs.eighths[eighths] ?? '#', styleOf(bar.good)];
    }
    case 'late':
      return [glyphs.late, styles.late];
    case 'in-flight':
      return [glyphs.pending, styles.faint];
    case 'void':
      return [glyphs.gap, styles.faint];
    case 'lost':
    case 'unreachable':
    case 'unsent':
      return [state === 'unsent' ? '-' : '!', styleOf(loss)];
  }
};

/** The probes right-aligned in [left, right). */
export const drawProbes = (
  grid: CellGrid,
  left: number,
  right: number,
  y: number,
  probes: readonly LoggedProbe[],
  scale: Scale,
  look: Look,
): void => {
  const shown = probes.slice(-(right - left));
  for (const [i, probe] of shown.entries()) {
    const [char, style] = sign(probe, scale, look);
    grid.put(right - shown.length + i, y, char, style);
  }
};
