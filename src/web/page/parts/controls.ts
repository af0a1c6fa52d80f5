// The buttons above the wall: what the keys do, for whoever has a finger or a mouse.

import type { Action } from '../input/page-keys.js';
import { byId, element, setAttribute, setText } from './dom.js';

export type ControlsContent = {
  readonly epoch: string;
  readonly scale: string;
  /** Looking at now, and following it. */
  readonly isLive: boolean;
  /** The page that is open, null where the wall is. */
  readonly open: Action | null;
  readonly episodes: number;
  /** The time of the column under the cursor, or how far back the window is; empty where it follows now. */
  readonly where: string;
};

export class Controls {
  readonly #epoch = element('span');
  readonly #where = element('output', { id: 'where' });
  readonly #buttons = new Map<Action, HTMLButtonElement>();

  constructor(act: (action: Action) => void) {
    const button = (action: Action, text: string, label: string): HTMLButtonElement => {
      const made = element('button', { type: 'button', 'aria-label': label, title: label }, text);
      made.addEventListener('click', () => act(action));
      this.#buttons.set(action, made);
      return made;
    };
    const group = (...content: readonly Node[]): HTMLElement => element('span', { class: 'group' }, ...content);
    byId('controls').append(
      group(button('narrower', '−', 'narrower columns'), this.#epoch, button('wider', '+', 'wider columns')),
      group(
        button('page-left', '◀', 'one screen back'),
        button('newest', 'now', 'back to now'),
        button('page-right', '▶', 'one screen on'),
        button('go', 'go to…', 'go to a time'),
      ),
      button('scale', 'scale', 'another scale'),
      button('episodes', 'episodes', 'list of episodes'),
      button('days', 'days', 'the last seven days'),
      button('mark', 'mark', 'set a mark'),
      button('add', 'add', 'watch another endpoint'),
      button('help', '?', 'help'),
      this.#where,
    );
  }

  show({ epoch, scale, isLive, open, episodes, where }: ControlsContent): void {
    setText(this.#epoch, `${epoch} a column`);
    setText(this.#where, where);
    this.#text('scale', `scale: ${scale}`);
    this.#text('episodes', episodes === 0 ? 'episodes' : `episodes (${episodes})`);
    const newest = this.#buttons.get('newest');
    if (newest !== undefined) newest.disabled = isLive;
    for (const page of ['episodes', 'days'] as const) {
      const button = this.#buttons.get(page);
      if (button !== undefined) setAttribute(button, 'aria-pressed', String(open === page));
    }
  }

  #text(action: Action, text: string): void {
    const button = this.#buttons.get(action);
    if (button !== undefined) setText(button, text);
  }
}
