// A session in one line of fixed width, for a status bar: that of the endpoint that is worst off.

import type { EndpointStatus, StatusDocument } from '../../observer/status/status-document.js';
import { durationText, lossText, rttText } from '../../view/format.js';
import { printable, textWidth, truncated } from '../../view/text.js';

export type StatusFormat = 'plain' | 'tmux' | 'json';

/** Fine or in trouble; `old`: nothing new has been written; `off`: nothing is running. */
export type Condition = 'fine' | 'trouble' | 'old' | 'off';

/** What there is to say. `age` in seconds. */
export type StatusReading = { condition: Condition; age: number; document: StatusDocument | null };

/** A document that was written longer ago than this is old. */
const OLD_AFTER_S = 5;

export const readingOf = (document: StatusDocument | null, nowS: number): StatusReading => {
  if (document === null) return { condition: 'off', age: 0, document };
  const age = nowS - document.time;
  // Also one from the future: then the clock has been set since, and nothing has been written after that.
  const old = Math.abs(age) > OLD_AFTER_S;
  return { condition: old ? 'old' : document.trouble ? 'trouble' : 'fine', age, document };
};

/** 79 columns as plain text, 25 in tmux, JSON as wide as it is. */
export const statusLine = (reading: StatusReading, format: StatusFormat): string => {
  if (format === 'json') return JSON.stringify(jsonOf(reading));
  return format === 'plain' ? plainLine(reading) : tmuxLine(reading);
};

const jsonOf = ({ condition, age, document }: StatusReading) => ({
  condition,
  ...(document === null ? {} : { age: Number(age.toFixed(3)), ...document }),
});

const PLAIN_COLUMNS = 79;
const PLAIN_LABEL = 16;

/** `trouble  gateway           p50   12  loss  100 %  down 1 m 5 s       1 of 8 bad` */
const plainLine = (reading: StatusReading): string => {
  const { condition, document } = reading;
  const worst = worstOf(document);
  const head = condition.padEnd(9);
  if (document === null || condition === 'off') return `${head}nothing runs`.padEnd(PLAIN_COLUMNS);
  if (condition === 'old') return `${head}${oldText(reading.age)}`.padEnd(PLAIN_COLUMNS);
  if (worst === null) return `${head}no endpoint`.padEnd(PLAIN_COLUMNS);
  const { last10s, outage } = worst;
  const late = last10s.late === 0 ? '' : `${last10s.late} late`;
  const beside = outage === null ? late : `down ${durationText(Math.max(0, document.time - outage.from) * 1000)}`;
  const bad = document.endpoints.filter(({ trouble }) => trouble).length;
  const parts = [
    cell(worst.label, PLAIN_LABEL),
    `p50 ${rttText(last10s.p50).padStart(4)}`,
    `loss ${lossText(last10s.loss).padStart(6)}`,
    beside.padEnd(15),
    `${bad} of ${document.count} bad`,
  ];
  return `${head}${parts.join('  ')}`.padEnd(PLAIN_COLUMNS).slice(0, PLAIN_COLUMNS);
};

const TMUX_LABEL = 11;
const TMUX_COLUMNS = 25;
const COLOURS: Readonly<Record<Condition, string>> = { fine: 'green', trouble: 'red', old: 'yellow', off: 'default' };
const SIGNS: Readonly<Record<Condition, string>> = { fine: '+', trouble: '!', old: '?', off: '-' };

/** `+ gateway       12  0.0 %`, in a colour. A number sign would start a style of its own. */
const tmuxLine = ({ condition, age, document }: StatusReading): string => {
  const worst = worstOf(document);
  const known = condition === 'fine' || condition === 'trouble' ? worst : null;
  const text =
    known === null
      ? { off: 'nothing runs', old: oldText(age), fine: 'no endpoint', trouble: 'no endpoint' }[condition]
      : `${cell(known.label, TMUX_LABEL)} ${rttText(known.last10s.p50).padStart(4)} ${lossText(known.last10s.loss).padStart(6)}`;
  const line = `${SIGNS[condition]} ${text}`.padEnd(TMUX_COLUMNS).slice(0, TMUX_COLUMNS).replaceAll('#', '_');
  return `#[fg=${COLOURS[condition]}]${line}#[default]`;
};

const oldText = (age: number): string =>
  age < 0 ? 'written in the future' : `no news for ${durationText(age * 1000)}`;

/** What a terminal shows in exactly `width` columns. ASCII: a status bar may be none of Unicode. */
const cell = (text: string, width: number): string => {
  const shown = truncated(printable(text, false), width, '~');
  return shown + ' '.repeat(Math.max(0, width - textWidth(shown)));
};

/** In an outage before not, then by loss, the first of equals. */
const worstOf = (document: StatusDocument | null): EndpointStatus | null => {
  const badness = ({ outage, last10s }: EndpointStatus): number => (outage === null ? 0 : 2) + (last10s.loss ?? 0);
  const [first = null, ...others] = document?.endpoints ?? [];
  return others.reduce<EndpointStatus | null>(
    (worst, next) => (worst !== null && badness(next) > badness(worst) ? next : worst),
    first,
  );
};
