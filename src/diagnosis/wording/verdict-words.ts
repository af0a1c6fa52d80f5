// A verdict as plain sentences: a headline and its proof, as wide as there is room, or all in one line.

import type { VerdictEvent } from '../../events/verdict.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import { clausesOf, NO_ANSWER, remarksOf, symptomOf } from './evidence-words.js';
import { callWords } from './call-words.js';
import { lengthText } from './figures.js';
import { CODE_WORDS } from './names.js';

export type WordingOptions = {
  /** Cells there are. */
  columns: number;
  /** The wall clock at an instant: "22:18:02". */
  clock: (at: UnixMillis) => string;
  /** How long it has lasted; null where that changes too fast to be said, as in a log. */
  lasting: Millis | null;
};

const WIDE = 60;
const BETWEEN = ' · ';

const blamedName = ({ evidence }: VerdictEvent): string =>
  evidence.endpoints.find(({ part }) => part === 'blamed')?.label ?? '';

/** Whose fault: "your router or Wi-Fi", "only b". */
export const nameOf = (verdict: VerdictEvent, isShort: boolean): string => {
  const words = CODE_WORDS[verdict.code];
  const name = isShort ? words.short : words.long;
  return verdict.code === 'host' ? `${name} ${blamedName(verdict)}` : name;
};

/** In capitals, but for the name of a host. */
const shouted = (verdict: VerdictEvent, isShort: boolean): string => {
  const words = CODE_WORDS[verdict.code];
  const name = (isShort ? words.short : words.long).toUpperCase();
  return verdict.code === 'host' ? `${name} ${blamedName(verdict)}` : name;
};

export const isCalm = ({ code }: VerdictEvent): boolean =>
  code === 'fine' || code === 'starting' || code === 'not-collecting';

/** Whose fault, what is wrong, since when. Cut to the columns, the least needed first. */
export const headlineOf = (verdict: VerdictEvent, { columns, clock, lasting }: WordingOptions): string => {
  const name = nameOf(verdict, columns < WIDE);
  const head = isCalm(verdict) ? name : shouted(verdict, columns < WIDE);
  const symptom = symptomOf(verdict);
  const since = verdict.code === 'starting' ? '' : ` since ${clock(verdict.since)}`;
  const length = since === '' || lasting === null ? '' : ` (${lengthText(lasting)})`;
  const what = symptom === '' ? '' : `: ${symptom}`;
  const wordings = [
    `${head}${what}${since}${length}`,
    `${head}${what}${since}`,
    `${head}${since}`,
    `${CODE_WORDS[verdict.code].word.toUpperCase()}${since}`,
  ];
  return cut(wordings.find((text) => text.length <= columns) ?? CODE_WORDS[verdict.code].word, columns);
};

/** The same in parts, for a pane that is too narrow for one line of it. */
export const headlineParts = (
  verdict: VerdictEvent,
  { clock, lasting }: WordingOptions,
): { whose: string; symptom: string; since: string; length: string } => ({
  whose: isCalm(verdict) ? nameOf(verdict, true) : shouted(verdict, true),
  symptom: symptomOf(verdict),
  since: verdict.code === 'starting' ? '' : `since ${clock(verdict.since)}`,
  length: verdict.code === 'starting' || lasting === null ? '' : `(${lengthText(lasting)})`,
});

/** The proof, as many clauses as there is room for. */
export const proofOf = (verdict: VerdictEvent, columns: number): string => {
  let line = '';
  for (const clause of clausesOf(verdict)) {
    const longer = line === '' ? clause : `${line}${BETWEEN}${clause}`;
    if (longer.length > columns) break;
    line = longer;
  }
  return line === '' ? cut(clausesOf(verdict)[0] ?? '', columns) : line;
};

/** All of it as one sentence, for a log. */
export const sentenceOf = (verdict: VerdictEvent, clock: WordingOptions['clock']): string => {
  const { confidence } = verdict.evidence;
  const isDoubtful = confidence === 'possibly' && verdict.code !== 'unclear';
  const name = `${isDoubtful ? 'possibly ' : ''}${nameOf(verdict, false)}`;
  const symptom = symptomOf(verdict);
  const since = verdict.code === 'starting' ? '' : `, since ${clock(verdict.since)}`;
  const clauses = verdict.code === 'fine' ? remarksOf(verdict) : [...clausesOf(verdict), ...callOf(verdict, symptom)];
  const proof = clauses.length === 0 ? '' : ` (${clauses.join('; ')})`;
  return `${name}${symptom === '' ? '' : `: ${symptom}`}${since}${proof}`;
};

/** Where nothing is wrong but a place, or nobody answers at all, it goes without saying. */
const callOf = ({ evidence: { quality, endpoints } }: VerdictEvent, symptom: string): string[] => {
  if (quality === undefined || symptom === '' || symptom === NO_ANSWER) return [];
  const label = endpoints.find(({ endpoint }) => endpoint === quality.endpoint)?.label ?? '';
  return [callWords(quality, label)];
};

const cut = (text: string, columns: number): string =>
  text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;
