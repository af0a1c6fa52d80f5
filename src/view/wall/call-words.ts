// What a call would be like, in words beside the verdict.

import { symptomOf } from '../../diagnosis/wording/evidence-words.js';
import type { CallQuality, VerdictEvent } from '../../events/verdict.js';

/**
 * Longest first; none where nothing can be said. The quality is an estimate of the worst host that answers: of those that don't
 * the verdict tells.
 */
export const callWords = (verdict: VerdictEvent, quality: CallQuality | null): readonly string[] => {
  const isDown = symptomOf(verdict) === 'no answer';
  if (isDown && verdict.code !== 'host') return ['call: impossible', 'no call'];
  if (quality === null) return [];
  if (isDown) return [`call: ${quality.word} to the others (est.)`, `others: ${quality.word}`];
  return [`call: ${quality.word} (est.)`, `call: ${quality.word}`, `call ${quality.word}`];
};
