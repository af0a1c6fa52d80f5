// One listener of the stream: which columns it was last told, as far as it has seen them, and what has changed since.
// Nothing is kept for it but that: where it doesn't read, changes gather as column numbers, and the next message that
// it takes has all of them.

import type { ServerResponse } from 'node:http';
import { epochIndexAt } from '../../../history/epoch-grid.js';
import type { EndpointId, Millis, UnixMillis } from '../../../events/units.js';
import { columnToWire } from '../../wire/columns.js';
import type { StreamChange } from '../../wire/answers.js';
import type { WebContext } from '../web-context.js';

/** What one message may bring; what is over comes with the next. */
const MOST_IN_A_MESSAGE = 2000;

/** A listener that takes nothing for so long is let go; its browser connects again by itself. */
const LONGEST_SILENCE: Millis = 30_000;

export type StreamTopic =
  'endpoints' | 'verdict' | 'episodes' | 'events' | 'notice' | 'progress' | 'diagnostics' | 'reload';

export class StreamClient {
  readonly #response: ServerResponse;
  readonly #context: WebContext;
  readonly #width: Millis;
  readonly #columns: number;
  readonly #dirty = new Map<EndpointId, Set<number>>();
  readonly #topics = new Set<StreamTopic>();
  /** Episodes that have changed since, by id. */
  readonly #episodes = new Set<number>();
  #blockedSince: Millis | null = null;

  /** `columns`: how many, back from now, are told of. */
  constructor(response: ServerResponse, context: WebContext, width: Millis, columns: number) {
    this.#response = response;
    this.#context = context;
    this.#width = width;
    this.#columns = columns;
  }

  /** On the session timeline. */
  changed(endpoint: EndpointId, from: UnixMillis, to: UnixMillis): void {
    const { clockOffset } = this.#context.history;
    const first = Math.max(epochIndexAt(from, this.#width, clockOffset), this.#oldest());
    const last = Math.min(epochIndexAt(to, this.#width, clockOffset), first + this.#columns);
    if (last < first) return;
    let dirty = this.#dirty.get(endpoint);
    if (dirty === undefined) this.#dirty.set(endpoint, (dirty = new Set()));
    for (let index = first; index <= last; index++) dirty.add(index);
  }

  note(topic: StreamTopic): void {
    this.#topics.add(topic);
  }

  noteEpisodes(ids: readonly number[]): void {
    this.#topics.add('episodes');
    for (const id of ids) this.#episodes.add(id);
  }

  /** Whether it takes a message now; ends it where it has taken none for too long. */
  isReady(): boolean {
    const response = this.#response;
    if (response.destroyed || response.writableEnded) return false;
    const now = this.#context.clock.elapsed();
    if (response.writableLength === 0) {
      this.#blockedSince = null;
      return true;
    }
    this.#blockedSince ??= now;
    if (now - this.#blockedSince > LONGEST_SILENCE) response.destroy();
    return false;
  }

  /** What has changed since the last call, without what is the same for all listeners. */
  take(): { topics: ReadonlySet<StreamTopic>; episodes: ReadonlySet<number>; columns: StreamChange['columns'] } {
    const topics = new Set(this.#topics);
    const episodes = new Set(this.#episodes);
    this.#topics.clear();
    this.#episodes.clear();
    return { topics, episodes, columns: this.#takeColumns() };
  }

  write(event: 'hello' | 'change', data: string): void {
    this.#response.write(`event: ${event}\ndata: ${data}\n\n`);
  }

  end(): void {
    this.#response.end();
  }

  #oldest(): number {
    const { history, clock } = this.#context;
    return epochIndexAt(clock.now(), this.#width, history.clockOffset) - this.#columns + 1;
  }

  #takeColumns(): StreamChange['columns'] {
    const { history } = this.#context;
    const offset = history.clockOffset;
    const width = this.#width;
    const oldest = this.#oldest();
    const told: NonNullable<StreamChange['columns']> = [];
    let left = MOST_IN_A_MESSAGE;
    for (const [id, dirty] of this.#dirty) {
      const endpoint = history.endpoints[id];
      const columns = [];
      for (const index of dirty) {
        if (left === 0) break;
        dirty.delete(index);
        if (endpoint === undefined || index < oldest) continue;
        left--;
        columns.push(columnToWire(index, endpoint.span(index * width - offset, (index + 1) * width - offset), offset));
      }
      if (dirty.size === 0) this.#dirty.delete(id);
      if (columns.length > 0) told.push({ endpoint: id, columns });
    }
    return told.length === 0 ? undefined : told;
  }
}
