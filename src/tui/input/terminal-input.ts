// What comes from the terminal, in pieces as a slow line may cut it: keys, the mouse (SGR mouse mode, xterm's ctlseqs), and
// what is pasted (bracketed paste). blessed decodes each piece of keys by itself, so a piece that ends inside a sequence is
// held back until the rest is there, or until it is clear that none comes: then it was the Escape key. The mouse and what
// is pasted never become keys, however late the rest of them is.

import type { Millis } from '../../events/units.js';

const ESCAPE = '\u001b';
const PASTE_END = `${ESCAPE}[201~`;

// oxlint-disable no-control-regex -- control characters are what this is about
const MOUSE = /^\u001b\[<(\d{1,5});(\d{1,5});(\d{1,5})([Mm])$/;
const MOUSE_BEGUN = /^\u001b\[<[\d;]{0,20}$/;
const PASTE_BEGIN = /^\u001b\[200~$/;
/** Escape alone, ESC O, or ESC [ and parameters without the final byte. */
const KEY_BEGUN = /^\u001b(?:O|\[[\d;]{0,20})?$/;
// oxlint-enable no-control-regex

/** How long the rest of a key's sequence may take. */
const KEY_PATIENCE: Millis = 40;
/** How long what has been taken for a key may still turn out to be the begin of something else. */
const SECOND_THOUGHTS: Millis = 1000;
/** How long a paste may pause: its end may have been lost. */
const PASTE_PATIENCE: Millis = 2000;

/** Of what is pasted, so many bytes are kept. */
const LONGEST_PASTE = 4096;

export type MouseEvent = {
  type: 'click' | 'wheel up' | 'wheel down';
  /** Column and row, from 0. */
  x: number;
  y: number;
};

export type InputListener = {
  keys: (bytes: Uint8Array) => void;
  mouse: (event: MouseEvent) => void;
  paste: (text: string) => void;
  /** All that has come so far has been handed on. */
  done: () => void;
};

/** Runs a function later, and returns what calls that off. */
export type Delay = (run: () => void, afterMs: number) => () => void;

export class TerminalInput {
  readonly #listener: InputListener;
  readonly #delay: Delay;
  /** What is known to be typed, and not handed on yet. */
  #typed = '';
  /** From an Escape on: what may be a sequence. */
  #held = '';
  /** So much of it has been handed on as keys, when no more came. */
  #passed = 0;
  /** What has been pasted so far, null outside of a paste; and its last bytes, which may be its end. */
  #pasted: string | null = null;
  #pastedLast = '';
  #cancel: (() => void) | null = null;

  constructor(listener: InputListener, delay: Delay) {
    this.#listener = listener;
    this.#delay = delay;
  }

  push(bytes: Uint8Array): void {
    this.#cancel?.();
    this.#cancel = null;
    // One character a byte: text is put together again by whoever gets it.
    for (const char of Buffer.from(bytes).toString('latin1')) this.#take(char);
    this.#handOn();
    this.#wait();
    this.#listener.done();
  }

  #take(char: string): void {
    if (this.#pasted !== null) this.#takePasted(char);
    else if (this.#held !== '' && char !== ESCAPE) this.#takeHeld(char);
    else if (char === ESCAPE) {
      this.#giveUpHeld();
      this.#held = ESCAPE;
    } else this.#typed += char;
  }

  #takeHeld(char: string): void {
    const all = this.#held + char;
    const mouse = MOUSE.exec(all);
    if (mouse !== null) {
      this.#forget();
      this.#handOn();
      const event = mouseEvent(mouse);
      if (event !== null) this.#listener.mouse(event);
    } else if (PASTE_BEGIN.test(all)) {
      this.#forget();
      this.#handOn();
      this.#pasted = '';
    } else if (MOUSE_BEGUN.test(all) || KEY_BEGUN.test(all)) this.#held = all;
    else {
      this.#giveUpHeld();
      this.#typed += char;
    }
  }

  /** What is held is no sequence that ends as it should: keys, unless it was the mouse's. */
  #giveUpHeld(): void {
    if (!MOUSE_BEGUN.test(this.#held)) this.#typed += this.#held.slice(this.#passed);
    this.#forget();
  }

  #takePasted(char: string): void {
    this.#pastedLast = (this.#pastedLast + char).slice(-PASTE_END.length);
    // What comes after that is only searched for the end.
    if ((this.#pasted ?? '').length < LONGEST_PASTE) this.#pasted += char;
    if (this.#pastedLast === PASTE_END) this.#endPaste();
  }

  #endPaste(): void {
    const text = (this.#pasted ?? '').replace(PASTE_END, '');
    const bytes = Buffer.from(text, 'latin1');
    this.#pasted = null;
    this.#pastedLast = '';
    this.#listener.paste(bytes.toString('utf8'));
  }

  #forget(): void {
    this.#held = '';
    this.#passed = 0;
  }

  #handOn(): void {
    const typed = this.#typed;
    this.#typed = '';
    if (typed !== '') this.#listener.keys(Buffer.from(typed, 'latin1'));
  }

  #wait(): void {
    if (this.#pasted !== null) {
      this.#later(PASTE_PATIENCE, () => this.#endPaste());
    } else if (this.#held !== '' && !MOUSE_BEGUN.test(this.#held)) {
      if (this.#passed === this.#held.length) this.#later(SECOND_THOUGHTS, () => this.#forget());
      else {
        this.#later(KEY_PATIENCE, () => {
          this.#typed += this.#held.slice(this.#passed);
          this.#passed = this.#held.length;
          this.#handOn();
          this.#wait();
        });
      }
    }
  }

  #later(afterMs: Millis, run: () => void): void {
    this.#cancel = this.#delay(() => {
      this.#cancel = null;
      run();
      this.#listener.done();
    }, afterMs);
  }
}

const LEFT_BUTTON = 0;
const WHEEL_UP = 64;
const WHEEL_DOWN = 65;
/** Shift, Meta, Control: held while the mouse does what it does. */
const MODIFIERS = 4 | 8 | 16;

/** Null for what means nothing here: a button that is let go, another one than the left. */
const mouseEvent = ([, code, column, row, end]: RegExpExecArray): MouseEvent | null => {
  const button = Number(code) & ~MODIFIERS;
  const place = { x: Number(column) - 1, y: Number(row) - 1 };
  if (end === 'm' || place.x < 0 || place.y < 0) return null;
  if (button === WHEEL_UP) return { type: 'wheel up', ...place };
  if (button === WHEEL_DOWN) return { type: 'wheel down', ...place };
  return button === LEFT_BUTTON ? { type: 'click', ...place } : null;
};
