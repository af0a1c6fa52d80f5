// What a terminal answers comes where its keys come from. This takes the answers out, so that none ever becomes a key: however
// late it is, wherever it is cut in two, whether anybody still waits for it.

import type { Millis } from '../../events/units.js';
import type { Rgb } from '../../view/theme/xterm-colours.js';
import type { Delay } from '../input/terminal-input.js';
import { parseColour } from './background.js';

const ESCAPE = '\u001b';

/** The answers to OSC 11 and to DA1, and what one of them begins with. The longest that is taken for one has 64 characters inside. */
// oxlint-disable no-control-regex -- control characters are what this is about
const COLOUR = /^\u001b\]11;([^\u0007\u001b]{0,64})(?:\u0007|\u001b\\)$/;
const COLOUR_BEGUN = /^\u001b(?:\](?:1(?:1(?:;[^\u0007\u001b]{0,64}\u001b?)?)?)?)?$/;
const IDENTITY = /^\u001b\[\?[\d;]{0,64}c$/;
const IDENTITY_BEGUN = /^\u001b(?:\[(?:\?[\d;]{0,64})?)?$/;
// oxlint-enable no-control-regex

/** While an answer is awaited, Escape alone may be its first byte: a line that has lost a packet takes so long. */
const PATIENCE: Millis = 1000;
/** Who hasn't answered by then won't. */
const LONGEST_WAIT: Millis = 10_000;

export type AnswerListener = {
  /** What was typed. */
  keys: (bytes: Uint8Array) => void;
  background: (colour: Rgb) => void;
};

export class AnswerFilter {
  readonly #listener: AnswerListener;
  readonly #delay: Delay;
  /** What may be an answer, from its Escape on. */
  #held = '';
  /** So many of the held bytes have been passed on as keys, when no more came. */
  #passed = 0;
  #cancel: (() => void) | null = null;
  #giveUp: (() => void) | null = null;
  #settled: (() => void) | null = null;
  readonly #untilSettled: Promise<void>;

  constructor(listener: AnswerListener, delay: Delay) {
    this.#listener = listener;
    this.#delay = delay;
    this.#untilSettled = new Promise((resolve) => {
      this.#settled = resolve;
    });
  }

  /** The question was asked. */
  expect(): void {
    this.#giveUp = this.#delay(() => this.#settle(), LONGEST_WAIT);
  }

  get isWaiting(): boolean {
    return this.#giveUp !== null;
  }

  /** Nothing more is expected. */
  get settled(): Promise<void> {
    return this.isWaiting ? this.#untilSettled : Promise.resolve();
  }

  push(bytes: Uint8Array): void {
    this.#cancel?.();
    this.#cancel = null;
    let typed = '';
    for (const char of Buffer.from(bytes).toString('latin1')) typed += this.#take(char);
    if (this.#held !== '') typed += this.#hold();
    this.#type(typed);
  }

  close(): void {
    this.#cancel?.();
    this.#settle();
  }

  /** Returns what is known to be typed now. */
  #take(char: string): string {
    if (this.#held === '' && char !== ESCAPE) return char;
    const all = this.#held + char;
    const colour = COLOUR.exec(all)?.[1];
    if (colour !== undefined || IDENTITY.test(all)) {
      this.#forget();
      const parsed = colour === undefined ? null : parseColour(colour);
      if (parsed !== null) this.#listener.background(parsed);
      if (colour === undefined) this.#settle();
      return '';
    }
    if (COLOUR_BEGUN.test(all) || IDENTITY_BEGUN.test(all)) {
      this.#held = all;
      return '';
    }
    const typed = this.#held.slice(this.#passed);
    this.#forget();
    // An Escape that ends something that was no answer may begin one.
    return char === ESCAPE ? typed + this.#take(char) : typed + char;
  }

  /** The bytes have come to an end within what may be an answer or a key. */
  #hold(): string {
    const isKey = this.#held === ESCAPE || this.#held === `${ESCAPE}[`;
    if (!isKey || this.#passed === this.#held.length) return '';
    if (!this.isWaiting) return this.#pass();
    this.#cancel = this.#delay(() => {
      this.#cancel = null;
      this.#type(this.#pass());
    }, PATIENCE);
    return '';
  }

  #pass(): string {
    const typed = this.#held.slice(this.#passed);
    this.#passed = this.#held.length;
    return typed;
  }

  #forget(): void {
    this.#held = '';
    this.#passed = 0;
  }

  #type(text: string): void {
    if (text !== '') this.#listener.keys(Buffer.from(text, 'latin1'));
  }

  #settle(): void {
    this.#giveUp?.();
    this.#giveUp = null;
    this.#settled?.();
    this.#settled = null;
  }
}
