// Warnings while a run lasts, from whatever has trouble: shown until they are over, and remembered for the summary.

import { say } from './say.js';

export class Notices {
  /** All that there have been. */
  readonly past = new Set<string>();
  readonly #show: (about: string, message: string | null) => void;
  readonly #standing = new Map<string, string>();

  /** @param show gets the warning to show now: the last one that still stands, null where none of them does any more */
  constructor(show: (about: string, message: string | null) => void) {
    this.#show = show;
  }

  /** `message` is what is wrong with `about`, null when it is well again. */
  tell(about: string, message: string | null): void {
    this.#standing.delete(about);
    if (message !== null) {
      this.past.add(message);
      this.#standing.set(about, message);
    }
    this.#show(about, [...this.#standing.values()].at(-1) ?? null);
  }
}

/** What trouble with the command of an episode is about. */
export const EPISODE_COMMAND = '--on-episode';

/** Where there is no screen to show it on. */
export const noticeOnStderr = (about: string, message: string | null): void => {
  say(message ?? (about === EPISODE_COMMAND ? `${about} works again` : `the ${about} is being written again`));
};
