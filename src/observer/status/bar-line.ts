// A session in one short line of fixed width, for a bar that mustn't dance: a sign, whose fault it is, for how long, and
// the figures of the endpoint that is worst off.
//
//     ▲ beyond router 14 s    +185 ms    3 %
//     ● fine 8 h                13 ms    0 %

import { CODE_WORDS } from '../../diagnosis/wording/names.js';
import { msText } from '../../diagnosis/wording/figures.js';
import { rttText } from '../../view/format.js';
import { printable, textWidth, truncated } from '../../view/text.js';
import type { StatusDocument } from './status-document.js';
import { unanswered, worstOf } from './status-reading.js';
import type { Condition, StatusReading } from './status-reading.js';

/** What the line takes in a status bar. tmux cuts a status-right at 40. */
export const BAR_COLUMNS = 38;

/** Parts that may get a colour of their own. Together they are as wide as was asked for. */
export type BarLine = { sign: string; rest: string };

const SIGNS: Readonly<Record<Condition, readonly [unicode: string, ascii: string]>> = {
  fine: ['●', '+'],
  trouble: ['▲', '!'],
  starting: ['○', '.'],
  away: ['◌', '?'],
  old: ['◌', '?'],
  off: ['○', '-'],
};

const RTT_COLUMNS = 8;
const LOSS_COLUMNS = 5;
const FIGURES_COLUMNS = RTT_COLUMNS + 2 + LOSS_COLUMNS;
/** Less would say nothing of whose fault it is. */
const LEAST_VERDICT = 12;
/** Wider, the figures would stand far from what they are about. */
const MOST_VERDICT = 48;

/** @param columns 1 or more; figures are left out where there is no room for them */
export const barLine = (reading: StatusReading, columns: number, unicode: boolean): BarLine => {
  const sign = SIGNS[reading.condition][unicode ? 0 : 1];
  const room = columns - 2 - 1 - FIGURES_COLUMNS;
  const withFigures = room >= LEAST_VERDICT && reading.document !== null && reading.condition !== 'old';
  const width = withFigures ? Math.min(MOST_VERDICT, room) : Math.max(0, columns - 2);
  const verdict = cell(fitting(verdictTexts(reading), width, unicode), width, unicode);
  const rest = withFigures ? ` ${verdict} ${figures(reading.document)}` : columns < 2 ? '' : ` ${verdict}`;
  return { sign, rest: rest + ' '.repeat(Math.max(0, columns - 1 - textWidth(rest))) };
};

/** What there is to say, the longest first. */
const verdictTexts = ({ condition, age, document }: StatusReading): string[] => {
  if (document === null) return ['nothing runs', 'off'];
  if (condition === 'old')
    return age < 0 ? ['written in the future', 'future'] : [`no news for ${shortLength(age)}`, 'old'];
  const { verdict, time, endpoints } = document;
  if (endpoints.length === 0) return ['no endpoint'];
  const silent = unanswered(document);
  if (silent !== null) {
    const length = shortLength(time - (silent.outage?.from ?? time));
    return [`no answer from ${silent.label} ${length}`, `${silent.label} ${length}`];
  }
  if (verdict === null || verdict.code === 'starting') return ['starting'];
  const { code, name, symptom, since } = verdict;
  const length = shortLength(time - since);
  const short = name.replace(/^your /, '').replace('beyond your ', 'beyond ');
  const one = code === 'host' ? name.slice(CODE_WORDS.host.short.length + 1) : CODE_WORDS[code].word;
  const full = symptom === '' ? [] : [`${name}: ${symptom}, ${length}`];
  return [...full, `${name} ${length}`, `${short} ${length}`, `${one} ${length}`];
};

const fitting = (texts: readonly string[], width: number, unicode: boolean): string =>
  texts.find((text) => textWidth(printable(text, unicode)) <= width) ?? texts.at(-1) ?? '';

/** `+185 ms    3 %`: above what is usual where that is what is wrong, else the median. */
const figures = (document: StatusDocument | null): string => {
  const excess = document?.verdict?.excess ?? null;
  const last = worstOf(document)?.last10s ?? null;
  const p50 = last?.p50 ?? null;
  const ordinary = p50 === null ? '-' : `${rttText(p50)} ms`;
  const rtt = excess === null ? ordinary : `+${msText(excess)} ms`;
  return `${rtt.slice(0, RTT_COLUMNS).padStart(RTT_COLUMNS)}  ${lossOf(last?.loss ?? null).padStart(LOSS_COLUMNS)}`;
};

/** 0 % only where nothing was lost, 100 % only where all was. */
const lossOf = (loss: number | null): string => {
  if (loss === null) return '-';
  const percent = Math.round(100 * loss);
  if (loss > 0 && percent < 1) return '<1 %';
  return `${loss < 1 ? Math.min(99, percent) : percent} %`;
};

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

/** `14 s`, `12 min`, `8 h`, `3 d`. */
const shortLength = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < MINUTE_S) return `${whole} s`;
  if (whole < HOUR_S) return `${Math.floor(whole / MINUTE_S)} min`;
  return whole < DAY_S ? `${Math.floor(whole / HOUR_S)} h` : `${Math.floor(whole / DAY_S)} d`;
};

/** What a terminal shows in exactly `width` columns. */
const cell = (text: string, width: number, unicode: boolean): string => {
  const shown = truncated(printable(text, unicode), width, unicode ? '…' : '~');
  return shown + ' '.repeat(Math.max(0, width - textWidth(shown)));
};
