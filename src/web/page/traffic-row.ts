// The row of own traffic below the strips: whether this machine itself fills the line.

import { rateText } from '../../diagnosis/wording/figures.js';
import type { VerdictEvent } from '../../events/verdict.js';
import type { Window } from '../../view/time-axis.js';
import { trafficColumn } from '../../view/wall/traffic-columns.js';
import type { TrafficWay } from '../../view/wall/traffic-columns.js';
import type { ChartArea } from './canvas/chart-area.js';
import type { Colours } from './canvas/colours.js';
import { captionFont } from './canvas/fonts.js';
import { surfaceOf } from './canvas/surface.js';
import type { Traffic } from './data/traffic.js';
import { byId, setAttribute } from './parts/dom.js';

const wayOf = (verdict: VerdictEvent | null): TrafficWay =>
  verdict?.code === 'own-traffic' && verdict.evidence.traffic?.direction === 'received' ? 'received' : 'sent';

/** Hidden where nothing was ever told of it. @param isShown whether there is a place for it */
export const drawTraffic = (
  { answer }: Traffic,
  verdict: VerdictEvent | null,
  window: Window,
  area: ChartArea,
  colours: Colours,
  isShown: boolean,
): void => {
  const canvas = byId('traffic') as HTMLCanvasElement;
  const way = wayOf(verdict);
  const highest = answer === null ? 0 : way === 'sent' ? answer.highest.sentBytes : answer.highest.receivedBytes;
  canvas.hidden = !isShown || answer === null || highest === 0;
  const surface = canvas.hidden ? null : surfaceOf(canvas);
  if (answer === null || surface === null || answer.width !== window.width) return;
  const { context, height, unit } = surface;
  const shift = answer.from / window.width - window.firstIndex;
  for (const [i, column] of answer.columns.entries()) {
    const x = i + shift;
    if (column === null || x < 0 || x >= area.columns) continue;
    const { share, isFull } = trafficColumn(way === 'sent' ? column.sentBytes : column.receivedBytes, highest);
    const tall = Math.max(unit, Math.round(share * (height - unit)));
    context.fillStyle = isFull ? colours.warn.bar : colours.good.bar;
    context.fillRect(area.left + x * area.columnWidth, height - tall, area.columnWidth, tall);
  }
  context.font = captionFont(surface);
  context.textAlign = 'right';
  context.textBaseline = 'bottom';
  context.fillStyle = colours.caption;
  context.fillText(way === 'sent' ? 'you ↑' : 'you ↓', area.left - 6 * unit, height);
  const words = `${way === 'sent' ? 'upload' : 'download'} of this machine, at most ${rateText(highest)}`;
  setAttribute(canvas, 'aria-label', words);
  setAttribute(canvas, 'title', words);
};
