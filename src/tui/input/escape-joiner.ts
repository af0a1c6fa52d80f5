// Keys arrive as bytes, and a slow line may cut an escape sequence in two. blessed decodes each piece by itself, so a
// piece that ends inside a sequence is held back until the rest is there, or until it is clear that none comes: then
// it was the Escape key.

const ESCAPE = 0x1b;

/** How long the rest of a sequence may take. */
const PATIENCE = 40;

const endsInside = (bytes: Uint8Array): boolean => {
  const at = bytes.lastIndexOf(ESCAPE);
  if (at < 0) return false;
  const tail = Buffer.from(bytes.subarray(at + 1)).toString('latin1');
  // Escape alone, ESC O, or ESC [ and parameters without the final byte.
  return tail === '' || tail === 'O' || /^\[[\d;]*$/.test(tail);
};

export type Delay = (run: () => void, afterMs: number) => () => void;

export class EscapeJoiner {
  readonly #sink: (bytes: Uint8Array) => void;
  readonly #delay: Delay;
  #held: Uint8Array = new Uint8Array();
  #cancel: (() => void) | null = null;

  /** `delay` runs a function later and returns what calls that off. */
  constructor(sink: (bytes: Uint8Array) => void, delay: Delay) {
    this.#sink = sink;
    this.#delay = delay;
  }

  push(bytes: Uint8Array): void {
    this.#cancel?.();
    this.#cancel = null;
    const all = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    this.#held = new Uint8Array();
    if (!endsInside(all)) {
      this.#sink(all);
      return;
    }
    this.#held = all;
    this.#cancel = this.#delay(() => {
      this.#cancel = null;
      const late = this.#held;
      this.#held = new Uint8Array();
      this.#sink(late);
    }, PATIENCE);
  }
}
