// What `pingem status` prints: a session in one line, of fixed width but for JSON: whose fault it is, for how long, and the
// figures of the endpoint that is worst off.

import { lengthText } from '../../diagnosis/wording/figures.js';
import { BAR_COLUMNS, barLine } from '../../observer/status/bar-line.js';
import type { StatusDocument } from '../../observer/status/status-document.js';
import { unanswered, worstOf } from '../../observer/status/status-reading.js';
import type { Condition, StatusReading } from '../../observer/status/status-reading.js';
import { durationText, lossText, rttText } from '../../view/format.js';
import { printable, textWidth, truncated } from '../../view/text.js';

export type StatusFormat = 'plain' | 'tmux' | 'json';

/** How the line is to look. */
export type StatusLook = {
  format: StatusFormat;
  /** With tmux's own colours, #[fg=red]; of no other format. */
  colour: boolean;
  /** More than ASCII: signs, and labels as they are. */
  unicode: boolean;
};

/** 79 columns as plain text, 38 in tmux, JSON as wide as it is. */
export const statusLine = (reading: StatusReading, look: StatusLook): string => {
  if (look.format === 'json') return JSON.stringify(jsonOf(reading));
  return look.format === 'plain' ? plainLine(reading) : tmuxLine(reading, look);
};

const jsonOf = ({ condition, age, document }: StatusReading) => ({
  condition,
  ...(document === null ? {} : { age: Number(age.toFixed(3)), ...document }),
});

const PLAIN_COLUMNS = 79;
const PLAIN_VERDICT = 39;

/** `trouble  beyond your router: 20 % lost            14 s  p50   12  loss 20.0 %` */
const plainLine = (reading: StatusReading): string => {
  const { condition, document } = reading;
  const worst = worstOf(document);
  const head = condition.padEnd(9);
  if (document === null || condition === 'off') return `${head}nothing runs`.padEnd(PLAIN_COLUMNS);
  if (condition === 'old') return `${head}${oldText(reading.age)}`.padEnd(PLAIN_COLUMNS);
  if (worst === null) return `${head}no endpoint`.padEnd(PLAIN_COLUMNS);
  const { last10s } = worst;
  const parts = [
    verdictCell(document, PLAIN_VERDICT),
    `p50 ${rttText(last10s.p50).padStart(4)}`,
    `loss ${lossText(last10s.loss).padStart(6)}`,
  ];
  return `${head}${parts.join('  ')}`.padEnd(PLAIN_COLUMNS).slice(0, PLAIN_COLUMNS);
};

/** Whose fault and what is wrong on the left, for how long on the right. */
const verdictCell = (document: StatusDocument, width: number): string => {
  const { verdict, time } = document;
  const silent = unanswered(document);
  if (silent !== null) {
    return besideLength(`no answer from ${silent.label}`, time - (silent.outage?.from ?? time), width);
  }
  if (verdict === null || verdict.code === 'starting') return cell('', width);
  const { name, symptom, since } = verdict;
  return besideLength(symptom === '' ? name : `${name}: ${symptom}`, time - since, width);
};

const besideLength = (text: string, lastedS: number, width: number): string => {
  const length = lengthText(lastedS * 1000);
  return `${cell(text, width - length.length - 1)} ${length}`;
};

const COLOURS: Readonly<Record<Condition, string>> = {
  fine: 'cyan',
  trouble: 'red',
  starting: 'default',
  away: 'yellow',
  old: 'yellow',
  off: 'default',
};

/**
 * What #() prints is looked through for #{}, #() and #[] (tmux(1), FORMATS), and then drawn: each halves a run of number
 * signs, but the first leaves one alone that stands before a bracket, and the second a single one. Seen with tmux 3.3a.
 */
const escapedForTmux = (text: string): string =>
  text.replace(/(#+)(\[?)/g, (_, signs: string, bracket: string) =>
    signs.repeat(bracket === '' && signs.length > 1 ? 4 : 2).concat(bracket),
  );

const tmuxLine = (reading: StatusReading, { colour, unicode }: StatusLook): string => {
  const { sign, rest } = barLine(reading, BAR_COLUMNS, unicode);
  const text = escapedForTmux(sign + rest);
  return colour ? `#[fg=${COLOURS[reading.condition]}]${text}#[default]` : text;
};

const oldText = (age: number): string =>
  age < 0 ? 'written in the future' : `no news for ${durationText(age * 1000)}`;

/** What a terminal shows in exactly `width` columns. ASCII: a status bar may be none of Unicode. */
const cell = (text: string, width: number): string => {
  const shown = truncated(printable(text, false), width, '~');
  return shown + ' '.repeat(Math.max(0, width - textWidth(shown)));
};
