// The observer without its thread: holds the history of the session, keeps the watchers of it, and takes the messages
// of the main thread in their order.

import { decode } from '../events/event-batch.js';
import type { PackedEvents } from '../events/event-batch.js';
import type { Millis, UnixMillis } from '../events/units.js';
import { SessionHistory } from '../history/session-history.js';
import { VerdictLog } from '../view/verdict/verdict-log.js';
import type { FromObserver, ToObserver, WatcherMessage, WatchRequest } from './protocol.js';
import type { WatchClock, WatchContext, Watcher } from './watcher.js';
import type { WatcherModules, WatcherName } from './watchers.js';

/** Without news from the main thread for this long the clock stands: what it would show is a guess. */
const LONGEST_GUESS: Millis = 2500;

type Session = Omit<WatchContext, 'trouble' | 'tell'> & { clock: FollowedClock };

/** The session timeline, as the main thread last told it, carried on by this thread's own clock. */
class FollowedClock implements WatchClock {
  readonly elapsed: () => Millis;
  #at: UnixMillis;
  #heard: Millis;

  constructor(at: UnixMillis, elapsed: () => Millis) {
    this.#at = at;
    this.elapsed = elapsed;
    this.#heard = elapsed();
  }

  hear(at: UnixMillis): void {
    this.#at = at;
    this.#heard = this.elapsed();
  }

  now(): UnixMillis {
    return this.#at + Math.min(LONGEST_GUESS, this.elapsed() - this.#heard);
  }
}

export class ObserverHost {
  readonly #modules: WatcherModules;
  readonly #elapsed: () => Millis;
  readonly #say: (message: FromObserver) => void;
  readonly #watchers = new Map<WatcherName, Watcher<unknown>>();
  /** Messages that wait for a watcher's module to be loaded; null while none is. */
  #waiting: ToObserver[] | null = null;
  #session: Session | null = null;

  constructor(modules: WatcherModules, elapsed: () => Millis, say: (message: FromObserver) => void) {
    this.#modules = modules;
    this.#elapsed = elapsed;
    this.#say = say;
  }

  receive(message: ToObserver): void {
    if (this.#waiting === null) this.#take(message);
    else this.#waiting.push(message);
  }

  #take(message: ToObserver): void {
    if (message.type === 'start') {
      const { info, now } = message;
      const clock = new FollowedClock(now, this.#elapsed);
      const command: WatchContext['command'] = (command) => this.#say({ type: 'command', command });
      this.#session = { info, history: new SessionHistory(info), verdicts: new VerdictLog(), clock, command };
    } else if (this.#session !== null) this.#inSession(this.#session, message);
  }

  #inSession(session: Session, message: Exclude<ToObserver, { type: 'start' }>): void {
    switch (message.type) {
      case 'watch':
        this.#waiting = [];
        void this.#watch(session, message);
        return;
      case 'tick':
        session.clock.hear(message.now);
        if (message.batch !== null) this.#apply(session, message.batch);
        for (const watcher of this.#watchers.values()) watcher.tick?.();
        return;
      case 'events':
        this.#apply(session, message.batch);
        return;
      case 'news':
        if (message.news.type === 'episodes') session.verdicts.note(message.news.episodes);
        else if (message.news.type === 'states') session.verdicts.hear(message.news.states);
        else if (message.news.type === 'usual') session.verdicts.learn(message.news.p50);
        else if (message.news.type === 'call quality') session.verdicts.hearQuality(message.news);
        for (const watcher of this.#watchers.values()) watcher.news?.(message.news);
        return;
      case 'message':
        this.#hand(message);
        return;
      case 'close':
        void this.#close();
    }
  }

  async #watch(session: Session, request: WatchRequest): Promise<void> {
    const name = request.watcher;
    // Which options belong to which name is what WatchRequest says; that it holds here is beyond the compiler.
    const { start } = (await this.#modules[name]()) as {
      start: (context: WatchContext, options: unknown) => Watcher<unknown>;
    };
    const trouble: WatchContext['trouble'] = (text) => this.#say({ type: 'trouble', watcher: name, message: text });
    const tell: WatchContext['tell'] = (news) => this.#say({ type: 'web', news });
    this.#watchers.set(name, start({ ...session, trouble, tell }, request.options));
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const message of waiting) this.receive(message);
  }

  #apply({ history, verdicts }: Session, batch: PackedEvents): void {
    const listeners = [...this.#watchers.values()].filter(({ event }) => event !== undefined);
    decode(batch, (event) => {
      if (event.type === 'verdict') verdicts.say(event);
      else history.apply(event);
      for (const listener of listeners) listener.event?.(event);
    });
  }

  #hand({ watcher, message }: WatcherMessage): void {
    this.#watchers.get(watcher)?.message?.(message);
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#watchers.values()].map(async (watcher) => watcher.close?.()));
    this.#say({ type: 'closed' });
  }
}
