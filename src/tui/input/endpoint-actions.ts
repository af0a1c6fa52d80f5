// Keys about the endpoints: which one is selected, which are shown, and the prompts that add, change and remove them.

import type { EndpointId } from '../../events/units.js';
import { addPrompt, editPrompt, removePrompt } from './prompt.js';
import type { Prompt } from './prompt.js';
import type { ViewMetrics, ViewState } from './view-state.js';

/** The strip so many places further down. */
export const select = (state: ViewState, m: ViewMetrics, by: number): ViewState => {
  const place = Math.max(0, Math.min(m.shown.length - 1, m.shown.indexOf(state.selected) + by));
  return { ...state, selected: m.shown[place] ?? state.selected, selectionShown: true };
};

/** The selected endpoint is one that has a strip: the one above, where its own is hidden. */
export const settleSelection = (state: ViewState, shown: readonly EndpointId[]): ViewState => {
  if (shown.includes(state.selected)) return state;
  const selected = shown.findLast((id) => id < state.selected) ?? shown[0];
  return selected === undefined ? state : { ...state, selected };
};

/** Opens a prompt. It is drawn below the strips and below the chart, not on the pages that are lists. */
export const ask = (state: ViewState, prompt: Prompt): ViewState => ({
  ...state,
  page: state.page === 'details' ? 'details' : 'wall',
  prompt,
});

export const askAboutEndpoint = (state: ViewState, action: 'add' | 'edit' | 'remove', m: ViewMetrics): ViewState => {
  if (m.mode === 'replay') return { ...state, message: 'the endpoints of a replay are those of its record' };
  if (action === 'add') return ask(state, addPrompt(m.suggested));
  const { endpoint } = m;
  if (endpoint === null) return { ...state, message: 'there is no endpoint: a adds one' };
  if (endpoint.isRemoved) return { ...state, message: `${endpoint.label} is removed already: a adds one anew` };
  const { id, label, text } = endpoint;
  const prompt = action === 'edit' ? editPrompt(id, text) : removePrompt(id, label);
  return { ...ask(state, prompt), selectionShown: true };
};

export const toggleRemoved = (state: ViewState, m: ViewMetrics): ViewState => {
  if (!m.hasRemoved) return { ...state, message: 'no endpoint has been removed' };
  const removedShown = !state.removedShown;
  return { ...state, removedShown, message: `removed endpoints are ${removedShown ? 'shown' : 'hidden'}` };
};
