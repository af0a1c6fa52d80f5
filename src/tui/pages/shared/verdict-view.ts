// Whose fault it is, on top of every page: the headline, and below it what proves it.

import { headlineOf, proofOf } from '../../../diagnosis/wording/verdict-words.js';
import type { VerdictCode, VerdictEvent } from '../../../events/verdict.js';
import { asOfNow } from '../../../view/verdict/current-verdict.js';
import { printable } from '../../../view/text.js';
import { instantText } from '../../../view/wall-clock.js';
import type { Style } from '../../terminal/cells.js';
import type { Look } from '../../terminal/look.js';
import { viewNow } from '../../input/time-cursor.js';
import { localTime } from './view-context.js';
import type { ViewContext } from './view-context.js';

const CALM: ReadonlySet<VerdictCode> = new Set(['starting', 'not-collecting', 'fine']);

/** With the figures of now; null before anything was said. */
export const shownVerdict = (context: ViewContext): VerdictEvent | null => {
  const { verdicts, summaries, now } = context;
  if (verdicts.verdict === null) return null;
  return asOfNow(verdicts.verdict, (id) => summaries.recent(id, now));
};

export const verdictStyle = ({ code }: VerdictEvent, { styles }: Look): Style =>
  CALM.has(code) ? styles.name : styles.alarm;

/** In at most so many columns, in characters that the terminal has. */
export const headline = (verdict: VerdictEvent, columns: number, context: ViewContext): string => {
  const { state, look } = context;
  const now = viewNow(state, context.now);
  const clock = (at: number): string => instantText(localTime(context, at), localTime(context, now));
  return printable(headlineOf(verdict, { columns, clock, lasting: now - verdict.since }), look.glyphs.unicode);
};

export const proof = (verdict: VerdictEvent, columns: number, { look }: ViewContext): string => {
  const text = proofOf(verdict, columns);
  // The point between clauses is all that isn't ASCII of our own.
  return printable(look.glyphs.unicode ? text : text.replaceAll(' · ', ', ').replaceAll('…', '~'), look.glyphs.unicode);
};
