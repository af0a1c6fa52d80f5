// The bottom of the page: what was before, what the colours and signs mean, and whose clock the times are by.

import type { Colours } from '../canvas/colours.js';
import { byId, element, setText } from './dom.js';

/** Drawn small: what a sign looks like on the strips. */
const key = (shape: string, colour: string, meaning: string): HTMLElement => {
  const sign = element('i', { class: `key ${shape}` });
  sign.style.setProperty('--key', colour);
  return element('span', {}, sign, meaning);
};

/** Anew, for the colours may be others. */
export const showLegend = (colours: Colours): void => {
  byId('legend').replaceChildren(
    key('bar', colours.good.bar, 'p50'),
    key('bar', colours.good.smoke, 'p95'),
    key('bar', colours.warn.bar, 'worse than usual'),
    key('bar', colours.bad.bar, 'bad'),
    key('hanging', colours.loss, 'lost'),
    key('diamond', colours.late.bar, 'late reply'),
    key('triangle', colours.caption, 'off the scale'),
    key('hatched', colours.faint, 'nobody looked'),
    element('span', {}, '? help'),
  );
};

export const showZone = (now: number): void => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const minutes = -new Date(now).getTimezoneOffset();
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  const offset = `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${size % 60 === 0 ? '' : `:${two(size % 60)}`}`;
  setText(byId('zone'), `Times in this browser’s zone, ${zone} (${offset}), by the clock of the machine that probes.`);
};

export const showBefore = (text: string): void => setText(byId('before'), text);
