// What the page knows of the run: endpoints, verdict, episodes, what else happened, and the columns. All instants are of the
// server's wall clock; while nothing is heard of it, time stands still here.

import type { Episode } from '../../../diagnosis/episodes/ledger.js';
import type { EndpointId, Millis, UnixMillis } from '../../../events/units.js';
import type { EpisodesAnswer, EventsAnswer, SessionAnswer, StreamChange, StreamHello } from '../../wire/answers.js';
import type { ColumnsAnswer, VerdictAnswer, WireEndpoint } from '../../wire/answers.js';
import type { Window } from '../../../view/time-axis.js';
import { MOST_STREAMED } from '../../wire/limits.js';
import { get, ApiError } from './api.js';
import { ColumnCache } from './column-cache.js';
import { LiveStream } from './live-stream.js';

/** What the days and the lists reach back to. */
const PAST: Millis = 8 * 86_400_000;

const NO_EVENTS: EventsAnswer = { events: [], outages: [], gaps: [] };
/** After an answer that failed. */
const ASK_AGAIN_AFTER: Millis = 2000;

/** Between two messages the page's own clock goes on for this long. */
const LONGEST_GUESS: Millis = 5000;

export type SessionHandlers = {
  /** Something is to be drawn. */
  readonly onNews: () => void;
  /** For the user, null where all is well again. */
  readonly onTrouble: (text: string | null) => void;
  /** The program that answers is another one than before, or the first. */
  readonly onStart: () => void;
};

export class Session {
  readonly columns = new ColumnCache();
  said: VerdictAnswer = { verdict: null, name: '', symptom: '', proof: [], callQuality: null };
  events: EventsAnswer = NO_EVENTS;
  /** Null while nothing has been heard. */
  about: SessionAnswer | null = null;
  /** When the connection broke, of this machine's clock; null while it stands. */
  brokenAt: UnixMillis | null = null;
  readonly #handlers: SessionHandlers;
  readonly #stream: LiveStream;
  #episodes = new Map<number, Episode>();
  readonly #asking = new Set<EndpointId>();
  #width: Millis = 0;
  #columns = 1;
  #now: UnixMillis = 0;
  #heardAt: Millis = 0;
  #helloAt: UnixMillis = 0;

  constructor(handlers: SessionHandlers) {
    this.#handlers = handlers;
    this.#stream = new LiveStream({
      onHello: (hello) => this.#hello(hello),
      onChange: (change) => this.#change(change),
      onBroken: () => {
        this.brokenAt = Date.now();
        this.#handlers.onNews();
      },
      onRetry: () => void this.#tryAgain(),
    });
  }

  /** The server's clock as far as it is known. */
  get now(): UnixMillis {
    if (this.brokenAt !== null) return this.#now;
    return this.#now + Math.min(LONGEST_GUESS, performance.now() - this.#heardAt);
  }

  /** In the order in which they were found; the last of them may last. */
  get episodes(): readonly Episode[] {
    return [...this.#episodes.values()].sort((a, b) => a.id - b.id);
  }

  get endpoints(): readonly WireEndpoint[] {
    return this.about?.endpoints ?? [];
  }

  /** When the first probe was sent, null before. */
  get firstAt(): UnixMillis | null {
    const first = this.endpoints.reduce((at, endpoint) => Math.min(at, endpoint.firstAt ?? Infinity), Infinity);
    return first === Infinity ? null : first;
  }

  /** Columns of that width from now on, so many of which are on the screen. */
  follow(width: Millis, columns: number): void {
    this.#width = width;
    this.#columns = Math.min(MOST_STREAMED, columns);
    this.columns.begin(width);
    this.#stream.open(`/api/stream?width=${width}&columns=${this.#columns}`);
  }

  /** Asks for what is missing of a window. */
  fill(window: Window): void {
    if (this.about === null || this.brokenAt !== null || window.width !== this.#width) return;
    // What is newer comes with the stream.
    const newest = Math.floor(this.#helloAt / window.width);
    const count = Math.min(window.columns, newest - window.firstIndex + 1);
    for (const { id } of this.endpoints) {
      const span = this.columns.missing(id, { first: window.firstIndex, count });
      if (span !== null && !this.#asking.has(id)) void this.#ask(id, span, window.width);
    }
  }

  async #ask(endpoint: EndpointId, span: { first: number; count: number }, width: Millis): Promise<void> {
    this.#asking.add(endpoint);
    const asked = this.columns.ask();
    try {
      const [from, to] = [span.first * width, (span.first + span.count) * width];
      const { columns } = await get<ColumnsAnswer>('/api/columns', { endpoint, width, from, to });
      if (width === this.#width) this.columns.answered(endpoint, span, columns, asked);
      this.#handlers.onNews();
    } catch (error) {
      this.#trouble(error);
      // The next frame would ask again.
      await new Promise((done) => window.setTimeout(done, ASK_AGAIN_AFTER));
    } finally {
      this.#asking.delete(endpoint);
    }
  }

  #hello(hello: StreamHello): void {
    const isAnother = this.about?.startedAt !== hello.startedAt;
    this.brokenAt = null;
    this.about = hello;
    this.said = hello;
    this.#hear(hello.now);
    this.#helloAt = hello.now;
    this.columns.begin(this.#width);
    if (isAnother) {
      this.#episodes = new Map();
      this.events = NO_EVENTS;
    }
    this.#handlers.onTrouble(null);
    if (isAnother) this.#handlers.onStart();
    void this.#askPast();
    this.#handlers.onNews();
  }

  #change(change: StreamChange): void {
    if (this.about === null) return;
    this.#hear(change.now);
    if (change.reload === true) {
      this.follow(this.#width, this.#columns);
      return;
    }
    for (const { endpoint, columns } of change.columns ?? []) this.columns.changed(endpoint, columns);
    if (change.endpoints !== undefined) {
      this.about = { ...this.about, endpoints: merged(this.about.endpoints, change.endpoints) };
    }
    if (change.notice !== undefined) this.about = { ...this.about, notice: change.notice };
    if (change.progress !== undefined) this.about = { ...this.about, progress: change.progress };
    if (change.diagnostics !== undefined) this.about = { ...this.about, diagnostics: change.diagnostics };
    if (change.verdict !== undefined) this.said = change.verdict;
    for (const episode of change.episodes ?? []) this.#episodes.set(episode.id, episode);
    if (change.events === true) void this.#askPast();
    this.#handlers.onNews();
  }

  #hear(now: UnixMillis): void {
    this.#now = now;
    this.#heardAt = performance.now();
  }

  async #askPast(): Promise<void> {
    const known = this.#episodes;
    try {
      const [{ episodes }, events] = await Promise.all([
        get<EpisodesAnswer>('/api/episodes'),
        get<EventsAnswer>('/api/events', { from: Math.max(0, Math.floor(this.#now - PAST)) }),
      ]);
      // Of another run by now.
      if (known !== this.#episodes) return;
      for (const episode of episodes) known.set(episode.id, episode);
      this.events = events;
      this.#handlers.onNews();
    } catch (error) {
      this.#trouble(error);
    }
  }

  /** A stream doesn't tell why it was refused. */
  async #tryAgain(): Promise<void> {
    try {
      await get<SessionAnswer>('/api/session');
    } catch (error) {
      if (error instanceof ApiError && error.isForbidden) this.#trouble(error);
    }
  }

  #trouble(error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    this.#handlers.onTrouble(
      error.isForbidden
        ? 'pingem has been started anew and doesn’t know this page any more: open the address that it printed'
        : error.message,
    );
  }
}

const merged = (before: readonly WireEndpoint[], changed: readonly WireEndpoint[]): WireEndpoint[] => {
  const all = [...before];
  for (const one of changed) {
    const index = all.findIndex(({ id }) => id === one.id);
    if (index >= 0) all[index] = one;
    else all.push(one);
  }
  return all;
};
