// Keys go to the page, unless something is typed into or another key of the browser is meant.

import { isDialogOpen } from '../parts/dialogs.js';
import { actionFor } from './page-keys.js';
import type { Action } from './page-keys.js';

export const followKeys = (act: (action: Action) => void): void => {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isDialogOpen()) return;
    const { target, key } = event;
    if (target instanceof HTMLInputElement) return;
    // A button with the focus is pressed by Enter, as buttons are.
    if (target instanceof HTMLButtonElement && (key === 'Enter' || key === ' ')) return;
    const action = actionFor(key);
    if (action === null) return;
    event.preventDefault();
    act(action);
  });
};
