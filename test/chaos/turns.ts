// One at a time: who comes while somebody else is at it waits for his turn.

export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves with what `use` returns. A failure of one is no other's. */
  take<T>(use: () => T | Promise<T>): Promise<T> {
    const turn = this.#last.then(use);
    this.#last = turn.catch(() => {});
    return turn;
  }
}
