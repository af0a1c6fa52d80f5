// What is wrong, and what proves whose fault it is: short clauses, the most telling first.

import type { Millis } from '../../events/units.js';
import { NO_NEXT_HOP } from '../../events/no-next-hop.js';
import type { EndpointEvidence, VerdictEvent } from '../../events/verdict.js';
import { msText, percentText, rateText } from './figures.js';
import { ADDITION_WORDS, reasonWords } from './names.js';

const onlyPart = (verdict: VerdictEvent, part: EndpointEvidence['part']): readonly EndpointEvidence[] =>
  verdict.evidence.endpoints.filter((one) => one.part === part);

const excessOf = ({ p50, usualP50 }: EndpointEvidence): number =>
  p50 === null || usualP50 === null ? 0 : p50 - usualP50;

const hasCondition = (some: readonly EndpointEvidence[], name: string): boolean =>
  some.some(({ conditions }) => conditions.some((condition) => condition === name));

export const NO_ANSWER = 'no answer';

/** What is wrong with the blamed: "no answer", "12 % lost, +185 ms". Empty where nobody is blamed. */
export const symptomOf = (verdict: VerdictEvent): string => {
  const blamed = onlyPart(verdict, 'blamed');
  if (blamed.length === 0) return '';
  if (blamed.every(({ conditions }) => conditions.some((one) => one === 'down' || one === 'silent'))) return NO_ANSWER;
  const clauses: string[] = [];
  const loss = Math.max(...blamed.map(({ share }) => share ?? 0));
  const excess = excessOfBlamed(verdict);
  if (loss >= 0.005) {
    const late = blamed.some((one) => one.late > 0) ? ' or late' : '';
    clauses.push(`${percentText(loss)} lost${late}`);
  }
  if (excess !== null) clauses.push(`+${msText(excess)} ms`);
  if (hasCondition(blamed, 'jittery')) clauses.push('unsteady');
  return clauses.join(', ');
};

/** How much slower than usual the blamed are; null where that is not what is wrong. */
export const excessOfBlamed = (verdict: VerdictEvent): Millis | null => {
  const blamed = onlyPart(verdict, 'blamed');
  const excess = Math.max(0, ...blamed.map(excessOf));
  return hasCondition(blamed, 'slow') && excess > 0 ? excess : null;
};

/** The proof: who has it, who hasn't, own traffic, what would tell. */
export const clausesOf = (verdict: VerdictEvent): readonly string[] => {
  const { evidence, code } = verdict;
  const { traffic, add, reason } = evidence;
  const clauses: string[] = [];
  if (reason !== null) clauses.push(reasonWords(reason));
  if (add !== null) clauses.push(ADDITION_WORDS[add]);
  const cleared = onlyPart(verdict, 'cleared');
  const blamed = onlyPart(verdict, 'blamed');
  if (code === 'own-traffic' && traffic !== null) {
    const way = traffic.direction === 'sent' ? 'upload' : 'download';
    clauses.push(`${way} ${rateText(traffic.now)}, highest ${rateText(traffic.highest)}`);
  }
  if (cleared.length > 0) clauses.push(`${names(cleared)} clean${cleared.length === 1 ? rttOf(cleared[0]) : ''}`);
  if (blamed.length > 1) clauses.push(`${names(blamed)} together`);
  else if (blamed[0]?.p50 !== undefined && blamed[0].p50 !== null) {
    clauses.push(`${code === 'host' ? '' : blamed[0].label}${rttOf(blamed[0])}`.trim());
  }
  const late = blamed.reduce((sum, one) => sum + one.late, 0);
  if (late > 0) clauses.push(`${late} late`);
  const acquitted = onlyPart(verdict, 'acquitted');
  if (acquitted.length > 0)
    clauses.push(`${names(acquitted)} only ${acquitted.length === 1 ? 'answers' : 'answer'} ping badly`);
  const silent = evidence.endpoints.filter(
    ({ conditions, part }) => part !== 'blamed' && conditions.includes('silent'),
  );
  if (silent.length > 0) clauses.push(`${names(silent)} never ${silent.length === 1 ? 'answers' : 'answer'}`);
  clauses.push(...remarksOf(verdict));
  return clauses.filter((clause) => clause !== '');
};

/** What there is to say whether all is fine or not. */
export const remarksOf = ({ evidence }: VerdictEvent): readonly string[] =>
  evidence.endpoints
    .filter(({ error, conditions }) => error === NO_NEXT_HOP && conditions.includes('no data'))
    .map(({ label }) => `${label}: the default route has no next hop, as through a VPN or PPP`);

const MOST_NAMES = 3;

const names = (some: readonly EndpointEvidence[]): string => {
  const labels = some.slice(0, MOST_NAMES).map(({ label }) => label);
  const more = some.length - labels.length;
  if (more > 0) return `${labels.join(', ')} and ${more} more`;
  return labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1) ?? ''}`;
};

const rttOf = (one: EndpointEvidence | undefined): string => {
  if (one === undefined || one.p50 === null) return '';
  if (one.usualP50 === null || Math.abs(one.p50 - one.usualP50) < 1) return ` ${msText(one.p50)} ms`;
  return ` ${msText(one.p50)} ms, usual ${msText(one.usualP50)}`;
};
