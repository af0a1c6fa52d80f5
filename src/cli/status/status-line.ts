// A session in one line of fixed width, for a status bar: whose fault it is, since when, and the figures of the endpoint
// that is worst off.

import type { EndpointStatus, StatusDocument } from '../../observer/status/status-document.js';
import { lengthText } from '../../diagnosis/wording/figures.js';
import { CODE_WORDS } from '../../diagnosis/wording/names.js';
import { durationText, lossText, rttText } from '../../view/format.js';
import { printable, textWidth, truncated } from '../../view/text.js';

export type StatusFormat = 'plain' | 'tmux' | 'json';

/**
 * Fine or in trouble, by the verdict, or where an endpoint doesn't answer that the verdict says nothing of; `starting`: there is none yet; `away`: nobody looks (suspended, busy); `old`: nothing
 * new has been written; `off`: nothing is running.
 */
export type Condition = 'fine' | 'trouble' | 'starting' | 'away' | 'old' | 'off';

/** What there is to say. `age` in seconds. */
export type StatusReading = { condition: Condition; age: number; document: StatusDocument | null };

/** A document that was written longer ago than this is old. */
const OLD_AFTER_S = 5;

export const readingOf = (document: StatusDocument | null, nowS: number): StatusReading => {
  if (document === null) return { condition: 'off', age: 0, document };
  const age = nowS - document.time;
  // Also one from the future: then the clock has been set since, and nothing has been written after that.
  const old = Math.abs(age) > OLD_AFTER_S;
  return { condition: old ? 'old' : conditionOf(document), age, document };
};

/** The endpoint that doesn't answer while the verdict blames nobody: it never has, or it is too soon to say whose fault it is. */
const unanswered = ({ verdict, endpoints }: StatusDocument): EndpointStatus | null =>
  verdict?.code === 'fine' ? (endpoints.find(({ outage }) => outage !== null) ?? null) : null;

const conditionOf = (document: StatusDocument): Condition => {
  const { verdict } = document;
  switch (verdict?.code) {
    case undefined:
    case 'starting':
      return 'starting';
    case 'not-collecting':
      return 'away';
    case 'fine':
      return unanswered(document) === null ? 'fine' : 'trouble';
    default:
      return 'trouble';
  }
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

const TMUX_VERDICT = 11;
const TMUX_COLUMNS = 25;
const COLOURS: Readonly<Record<Condition, string>> = {
  fine: 'green',
  trouble: 'red',
  starting: 'default',
  away: 'yellow',
  old: 'yellow',
  off: 'default',
};
const SIGNS: Readonly<Record<Condition, string>> = {
  fine: '+',
  trouble: '!',
  starting: '.',
  away: '?',
  old: '?',
  off: '-',
};

/** `! provider      12 20.0 %`, in a colour. A number sign would start a style of its own. */
const tmuxLine = ({ condition, age, document }: StatusReading): string => {
  const worst = worstOf(document);
  const text =
    document === null || condition === 'off'
      ? 'nothing runs'
      : condition === 'old'
        ? oldText(age)
        : worst === null
          ? 'no endpoint'
          : `${cell(shortestName(document), TMUX_VERDICT)} ${rttText(worst.last10s.p50).padStart(4)} ${lossText(worst.last10s.loss).padStart(6)}`;
  const line = `${SIGNS[condition]} ${text}`.padEnd(TMUX_COLUMNS).slice(0, TMUX_COLUMNS).replaceAll('#', '_');
  return `#[fg=${COLOURS[condition]}]${line}#[default]`;
};

/** One word, or the name of the host. */
const shortestName = (document: StatusDocument): string => {
  const { verdict } = document;
  const silent = unanswered(document);
  if (silent !== null) return silent.label;
  if (verdict === null) return CODE_WORDS.starting.word;
  return verdict.code === 'host' ? verdict.name.slice(CODE_WORDS.host.short.length + 1) : CODE_WORDS[verdict.code].word;
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
