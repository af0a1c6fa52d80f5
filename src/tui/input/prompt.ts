// What is asked of the user in the line at the bottom, and what comes of the keys while it is open: a time to go to, the
// word of a mark, an endpoint to add or to change, whether to remove one. What an endpoint's text may say is known to the
// run alone, which probes: it is asked, and where it refuses the prompt stays open with its answer.

import type { EndpointId, UnixMillis } from '../../events/units.js';
import type { EndpointRequest, RequestId, RunAnswer } from '../../view/run-command.js';
import { EMPTY_LINE, lineOf, typeInto } from './line-editor.js';
import type { Line } from './line-editor.js';

/** How far the run has got with a request of ours. */
type Asking = {
  /** What the answer is waited for, null while nothing was asked. */
  request: RequestId | null;
  /** Why the last one was refused. */
  refusal: string | null;
};

export type Prompt =
  | { kind: 'go'; line: Line }
  /** `at`: the instant that the mark is for. */
  | { kind: 'mark'; line: Line; at: UnixMillis }
  | ({ kind: 'add'; line: Line } & Asking)
  | ({ kind: 'edit'; line: Line; endpoint: EndpointId } & Asking)
  | ({ kind: 'remove'; endpoint: EndpointId; label: string } & Asking);

const NOTHING_ASKED: Asking = { request: null, refusal: null };

/** A time or a word. */
const LONGEST_WORDS = 60;
/** A host name has up to 253 characters. */
const LONGEST_ENDPOINT = 400;

export const goPrompt = (): Prompt => ({ kind: 'go', line: EMPTY_LINE });
export const markPrompt = (at: UnixMillis): Prompt => ({ kind: 'mark', line: EMPTY_LINE, at });
/** `text`: what is there to be taken or changed. */
export const addPrompt = (text: string): Prompt => ({ kind: 'add', line: lineOf(text), ...NOTHING_ASKED });
/** `text`: the endpoint as it is, in the grammar of the command line. */
export const editPrompt = (endpoint: EndpointId, text: string): Prompt => ({
  kind: 'edit',
  line: lineOf(text),
  endpoint,
  ...NOTHING_ASKED,
});
export const removePrompt = (endpoint: EndpointId, label: string): Prompt => ({
  kind: 'remove',
  endpoint,
  label,
  ...NOTHING_ASKED,
});

export type PromptStep =
  | { type: 'open'; prompt: Prompt }
  | { type: 'cancelled' }
  | { type: 'quit' }
  | { type: 'go'; text: string }
  | { type: 'mark'; text: string; at: UnixMillis }
  /** The prompt is open until the answer comes. */
  | { type: 'asked'; prompt: Prompt; request: EndpointRequest };

/** A key while a prompt is open. `request` is what a request that comes of it is to be known by. */
export const promptKey = (prompt: Prompt, key: string, char: string | null, request: RequestId): PromptStep => {
  if (key === 'C-c') return { type: 'quit' };
  if (key === 'escape') return { type: 'cancelled' };
  if ('request' in prompt && prompt.request !== null) return { type: 'open', prompt };
  if (prompt.kind === 'remove') return removeKey(prompt, char, request);
  if (key === 'enter' || key === 'linefeed') return entered(prompt, request);
  const isEndpoint = prompt.kind === 'add' || prompt.kind === 'edit';
  const line = typeInto(prompt.line, key, char, isEndpoint ? LONGEST_ENDPOINT : LONGEST_WORDS);
  return { type: 'open', prompt: { ...prompt, line } };
};

const removeKey = (prompt: Prompt & { kind: 'remove' }, char: string | null, request: RequestId): PromptStep => {
  if (char !== 'y' && char !== 'Y') return { type: 'cancelled' };
  const { endpoint } = prompt;
  return { type: 'asked', prompt: { ...prompt, request }, request: { type: 'remove', request, endpoint } };
};

const entered = (prompt: Exclude<Prompt, { kind: 'remove' }>, request: RequestId): PromptStep => {
  const text = prompt.line.text.trim();
  switch (prompt.kind) {
    case 'mark':
      return { type: 'mark', text, at: prompt.at };
    case 'go':
      return text === '' ? { type: 'cancelled' } : { type: 'go', text };
    case 'add':
      if (text === '') return { type: 'cancelled' };
      return { type: 'asked', prompt: { ...prompt, request }, request: { type: 'add', request, text } };
    case 'edit': {
      const { endpoint } = prompt;
      return { type: 'asked', prompt: { ...prompt, request }, request: { type: 'change', request, endpoint, text } };
    }
  }
};

/** The prompt after an answer of the run, null once it is closed; undefined where it had not asked for that. */
export const promptAnswered = (prompt: Prompt | null, answer: RunAnswer): Prompt | null | undefined => {
  if (prompt === null || !('request' in prompt) || prompt.request !== answer.request) return undefined;
  return answer.done ? null : { ...prompt, request: null, refusal: answer.text };
};
