// What a page asks of the run: that something be watched, that an instant be marked. The run answers requests about
// endpoints in its own time, as news.

import type { Millis } from '../../../events/units.js';
import type { RequestId, RunAnswer } from '../../../view/run-command.js';
import type { DoneAnswer, WatchAnswer } from '../../wire/answers.js';
import { LONGEST_MARK } from '../../wire/limits.js';
import { json, Refusal } from '../http/reply.js';
import type { Reply } from '../http/reply.js';
import type { WebContext } from '../web-context.js';
import { watchWishes } from './watch-request.js';
import type { WatchWish } from './watch-request.js';

/** The thread that probes answers within a millisecond, unless it stands. */
const PATIENCE: Millis = 5000;

export class PageRequests {
  readonly #context: WebContext;
  readonly #waiting = new Map<RequestId, (answer: RunAnswer) => void>();
  #count = 0;

  constructor(context: WebContext) {
    this.#context = context;
  }

  /** One of any watcher's. */
  answered(answer: RunAnswer): void {
    this.#waiting.get(answer.request)?.(answer);
    this.#waiting.delete(answer.request);
  }

  /** What isn't watched yet is from then on. Stops at the first that can't be. */
  async watch(fields: Readonly<Record<string, unknown>>): Promise<Reply> {
    const wishes = watchWishes(fields);
    if (wishes.length === 0) throw new Refusal(400, 'give endpoints=, or endpoint=');
    const results: WatchAnswer['results'] = [];
    for (const wish of wishes) {
      const { done, text } = await this.#ask(wish);
      results.push({ endpoint: wish.text, done, text });
      if (!done) return json({ results, error: text } satisfies WatchAnswer, 400);
    }
    return json({ results } satisfies WatchAnswer);
  }

  mark(fields: Readonly<Record<string, unknown>>): Reply {
    const { text, at } = fields;
    const { clock, history, command } = this.#context;
    if (typeof text !== 'string' || text.trim() === '' || text.length > LONGEST_MARK) {
      throw new Refusal(400, `text: give 1 to ${LONGEST_MARK} characters`);
    }
    const now = clock.now();
    const instant = typeof at === 'number' ? at - history.clockOffset : now;
    const isWithin = instant <= now && instant >= (history.firstAt ?? now);
    if ((at !== undefined && typeof at !== 'number') || !isWithin) {
      throw new Refusal(400, 'at: give an instant in milliseconds within the history, or leave it out');
    }
    command({ type: 'mark', text: text.trim(), at: instant });
    return json({ done: true } satisfies DoneAnswer);
  }

  #ask(wish: WatchWish): Promise<Pick<RunAnswer, 'done' | 'text'>> {
    const request: RequestId = `web ${this.#count++}`;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(request);
        resolve({ done: false, text: 'the thread that probes does not answer: try again' });
      }, PATIENCE);
      this.#waiting.set(request, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.#context.command({ type: 'watch', request, ...wish });
    });
  }
}
