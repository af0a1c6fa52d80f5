// One endpoint on the wall: its name, state and numbers, and below them the canvas with its strip.

import type { Figure } from './figures.js';
import { element, setAttribute, setText } from './dom.js';

const LAST = 'last ';

export type StripHead = {
  readonly name: string;
  readonly address: string;
  readonly state: string;
  readonly figures: readonly Figure[];
  readonly isSelected: boolean;
  /** There is nothing to draw: a row is enough. */
  readonly isFolded: boolean;
};

export class Strip {
  readonly root: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly #name = element('button', { class: 'name', type: 'button' });
  readonly #address = element('span', { class: 'caption wide-only' });
  readonly #state = element('span', { class: 'state' });
  readonly #figures = element('span', { class: 'numbers' });
  #shown = '';

  /** `onOpen`: the name was clicked, or Enter pressed on it. */
  constructor(onOpen: () => void) {
    this.canvas = element('canvas', { role: 'img' });
    const head = element(
      'div',
      { class: 'figures' },
      element('span', { class: 'who' }, this.#name, this.#address, this.#state),
      this.#figures,
    );
    this.root = element('article', { class: 'strip' }, head, this.canvas);
    this.#name.addEventListener('click', onOpen);
  }

  /** Takes the keyboard's focus. */
  focus(): void {
    this.#name.focus({ preventScroll: false });
  }

  showHead({ name, address, state, figures, isSelected, isFolded }: StripHead): void {
    setText(this.#name, name);
    setText(this.#address, address);
    setText(this.#state, state);
    setAttribute(this.#state, 'data-state', state === 'ok' ? 'ok' : 'other');
    this.root.classList.toggle('selected', isSelected);
    this.root.classList.toggle('folded', isFolded);
    const key = JSON.stringify(figures);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#figures.replaceChildren(...figures.map(figureElement));
  }

  /** The same in words. */
  describe(text: string): void {
    setAttribute(this.canvas, 'aria-label', text);
  }
}

/** On a narrow window `last 10 s` is `10 s`. */
const captionParts = (caption: string): (Node | string)[] =>
  caption.startsWith(LAST) ? [element('span', { class: 'wide-only' }, LAST), caption.slice(LAST.length)] : [caption];

const figureElement = ({ caption, value, kind, isMinor }: Figure): HTMLElement =>
  element(
    'span',
    { class: ['figure', kind ?? '', isMinor === true ? 'minor' : ''].filter(Boolean).join(' ') },
    element('span', { class: 'caption' }, ...captionParts(caption)),
    element('span', { class: 'value', 'data-figure': caption }, value),
  );
