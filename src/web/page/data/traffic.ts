// What the probing machine itself carried, as it is asked for anew every few seconds for the columns in sight.

import type { Millis } from '../../../events/units.js';
import { windowFrom, windowTo } from '../../../view/time-axis.js';
import type { Window } from '../../../view/time-axis.js';
import type { TrafficAnswer } from '../../wire/answers.js';
import { ApiError, get } from './api.js';

const EVERY: Millis = 5000;

export class Traffic {
  /** Null until it is known, and while there is none. */
  answer: TrafficAnswer | null = null;
  readonly #onNews: () => void;
  #asked = '';
  #askedAt: Millis = -Infinity;

  constructor(onNews: () => void) {
    this.#onNews = onNews;
  }

  /** Asks where something else is in sight than before, or what is may have changed. */
  fill(window: Window, follows: boolean): void {
    const place = `${window.width} ${follows ? 'now' : window.firstIndex} ${window.columns}`;
    const age = performance.now() - this.#askedAt;
    if (age < (place === this.#asked ? EVERY : EVERY / 20)) return;
    this.#asked = place;
    this.#askedAt = performance.now();
    void this.#ask(window);
  }

  async #ask(window: Window): Promise<void> {
    try {
      const [from, to] = [Math.max(0, windowFrom(window)), windowTo(window)];
      this.answer = await get<TrafficAnswer>('/api/traffic', { width: window.width, from, to });
      this.#onNews();
    } catch (error) {
      // The strips say that nothing is heard.
      if (!(error instanceof ApiError)) throw error;
    }
  }
}
