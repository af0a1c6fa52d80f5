// The row that says how well pingem itself keeps time.

import { counted, rttText } from '../../view/format.js';
import type { Layout } from '../pages/wall/layout.js';
import { drawPieces } from '../pages/shared/pieces.js';
import type { Piece } from '../pages/shared/pieces.js';
import type { ViewContext } from '../pages/shared/view-context.js';
import type { CellGrid } from '../terminal/cells.js';

/** Of what buffer the overruns are. */
const bufferText = (bytes: number | null): string => (bytes === null ? '' : ` of ${Math.round(bytes / 1024)} KB`);

export const drawDiagnostics = (grid: CellGrid, layout: Layout, context: ViewContext): void => {
  if (layout.diagnosticsRow === null) return;
  const { diagnostics: d, look, frameTime, history } = context;
  const quiet = (text: string, rank: number): Piece => ({ text, style: look.styles.caption, rank });
  const frame = frameTime === null ? [] : [quiet(`frame ${rttText(frameTime)} ms`, 7)];
  const pieces =
    d === null
      ? [quiet('no measurements yet', 0)]
      : [
          quiet(`sent late p50 ${rttText(d.sendLateP50)} p99 ${rttText(d.sendLateP99)} ms`, 1),
          quiet(`missed ${d.missedSlots}`, 2),
          quiet(`${counted(d.stalls, 'stall')}${d.stalls > 0 ? ` to ${rttText(d.longestStall)} ms` : ''}`, 3),
          quiet(`${counted(d.receiveOverruns, 'overrun')}${bufferText(d.receiveBufferBytes)}`, 4),
          quiet(`${d.rejected} rejected`, 5),
          ...(d.privileges === null ? [] : [quiet(`keeps ${d.privileges}`, 6)]),
        ];
  drawPieces(grid, layout.textLeft, layout.diagnosticsRow, layout.textRight, [
    ...pieces,
    ...frame,
    quiet(`stamps: ${history.info.clock}`, 8),
  ]);
};
