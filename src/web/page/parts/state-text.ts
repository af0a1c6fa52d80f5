// How an endpoint is, in a word: as the terminal has it, but for what the diagnosis doesn't judge.

import type { VerdictEvent } from '../../../events/verdict.js';
import { isSilent, stateWord } from '../../../view/wall/endpoint-words.js';
import type { WireEndpoint } from '../../wire/answers.js';

/** Empty where it can't be told: where nothing can be sent, an endpoint's condition is the one of before. */
export const stateText = (
  { removedAt, state, recent }: Pick<WireEndpoint, 'removedAt' | 'state' | 'recent'>,
  verdict: VerdictEvent | null,
): string => {
  if (removedAt !== null) return 'removed';
  if (recent.loss === 1 && !isSilent(state)) return 'DOWN';
  return verdict?.code === 'machine' ? '' : (stateWord(state, { counts: recent })?.word ?? '');
};
