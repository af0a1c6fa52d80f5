// The stream of changes (server-sent events, HTML standard 9.2): tells each listener what is another now, at most four
// times a second, and every two seconds that it is still there.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProbeEvent } from '../../../events/events.js';
import type { EndpointId, Millis, UnixMillis } from '../../../events/units.js';
import type { StreamChange, StreamHello } from '../../wire/answers.js';
import { LEAST_WIDTH, MOST_STREAMED, MOST_WIDTH } from '../../wire/limits.js';
import { wireEpisode } from '../api/past-answers.js';
import { wholeNumberOf } from '../api/query.js';
import { sessionAnswer, verdictAnswer, wireEndpoint } from '../api/session-answers.js';
import { Refusal, setHeaders } from '../http/reply.js';
import type { Sockets } from '../http/sockets.js';
import type { RunState, WebContext } from '../web-context.js';
import { StreamClient } from './stream-client.js';
import type { StreamTopic } from './stream-client.js';

const MOST_LISTENERS = 16;

/** An empty message so often, where nothing has changed. */
const PULSE: Millis = 2000;

/** Figures of the last 10 s so often. */
const FIGURES: Millis = 1000;

const ORDINARY_WIDTH: Millis = 5000;
const ORDINARY_COLUMNS = 300;

/** Events that the ledger lists. */
const LISTED = new Set<ProbeEvent['type']>(['mark', 'gap', 'resolved', 'endpoint', 'removed']);

export class Stream {
  readonly #context: WebContext;
  readonly #run: RunState;
  readonly #sockets: Sockets;
  readonly #clients = new Set<StreamClient>();
  #toldAt: Millis = -Infinity;
  #figuresAt: Millis = -Infinity;
  #verdictRevision = -1;
  #historyRevision = -1;

  constructor(context: WebContext, run: RunState, sockets: Sockets) {
    this.#context = context;
    this.#run = run;
    this.#sockets = sockets;
    context.history.tellChanges((endpoint, from, to) => this.#changed(endpoint, from, to));
  }

  /** @throws Refusal for parameters that are none, or where there are too many listeners */
  open(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void {
    const width = wholeNumberOf(query, 'width', { from: LEAST_WIDTH, to: MOST_WIDTH, otherwise: ORDINARY_WIDTH });
    const columns = wholeNumberOf(query, 'columns', { from: 1, to: MOST_STREAMED, otherwise: ORDINARY_COLUMNS });
    if (this.#clients.size >= MOST_LISTENERS)
      throw new Refusal(429, `${MOST_LISTENERS} pages are open, which is the most`);
    setHeaders(response);
    response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
    response.writeHead(200);
    request.socket.setNoDelay(true);
    const client = new StreamClient(response, this.#context, width, columns);
    this.#clients.add(client);
    response.on('close', () => this.#clients.delete(client));
    const hello: StreamHello = { ...sessionAnswer(this.#context, this.#run), ...verdictAnswer(this.#context) };
    const text = JSON.stringify(hello);
    this.#sockets.makeRoom(text.length);
    client.write('hello', text);
  }

  event(event: ProbeEvent): void {
    if (this.#clients.size === 0) return;
    if (LISTED.has(event.type)) this.note('events');
    if (event.type === 'endpoint' || event.type === 'removed' || event.type === 'resolved') this.note('endpoints');
    if (event.type === 'clock') this.note('reload');
    if (event.type !== 'gap' || event.endpoint !== undefined) return;
    for (const { info } of this.#context.history.endpoints) this.#changed(info.id, event.from, event.to);
  }

  note(topic: StreamTopic): void {
    for (const client of this.#clients) client.note(topic);
  }

  noteEpisodes(ids: readonly number[]): void {
    for (const client of this.#clients) client.noteEpisodes(ids);
  }

  tick(): void {
    if (this.#clients.size === 0) return;
    const now = this.#context.clock.elapsed();
    this.#noteFigures(now);
    const pulse = now - this.#toldAt >= PULSE;
    if (pulse) this.#toldAt = now;
    for (const client of this.#clients) if (client.isReady()) this.#tell(client, pulse);
  }

  close(): void {
    for (const client of this.#clients) client.end();
  }

  #noteFigures(now: Millis): void {
    const { history, verdicts } = this.#context;
    if (verdicts.revision !== this.#verdictRevision) {
      this.#verdictRevision = verdicts.revision;
      this.note('verdict');
    }
    if (now - this.#figuresAt < FIGURES || history.revision === this.#historyRevision) return;
    this.#figuresAt = now;
    this.#historyRevision = history.revision;
    this.note('endpoints');
    this.note('verdict');
  }

  #tell(client: StreamClient, pulse: boolean): void {
    const { topics, episodes, columns } = client.take();
    if (!pulse && topics.size === 0 && columns === undefined) return;
    const change = this.#changeOf(topics, episodes);
    if (columns !== undefined) change.columns = columns;
    const text = JSON.stringify(change);
    this.#sockets.makeRoom(text.length);
    client.write('change', text);
  }

  #changeOf(topics: ReadonlySet<StreamTopic>, episodes: ReadonlySet<number>): StreamChange {
    const { history, verdicts, clock } = this.#context;
    const now = clock.now();
    const offset = history.clockOffset;
    const { notice, progress, diagnostics } = this.#run;
    const has = (topic: StreamTopic): boolean => topics.has(topic);
    return {
      now: now + offset,
      ...(has('endpoints') && {
        endpoints: history.endpoints
          .filter(({ removedAt }) => removedAt === null || has('events'))
          .map((endpoint) => wireEndpoint(endpoint, this.#context, now)),
      }),
      ...(has('verdict') && { verdict: verdictAnswer(this.#context) }),
      ...(has('episodes') && {
        episodes: verdicts.episodes.filter(({ id }) => episodes.has(id)).map((episode) => wireEpisode(episode, offset)),
      }),
      ...(has('events') && { events: true as const }),
      ...(has('notice') && { notice }),
      ...(has('progress') && { progress }),
      ...(has('diagnostics') && diagnostics !== null && { diagnostics }),
      ...(has('reload') && { reload: true as const }),
    };
  }

  #changed(endpoint: EndpointId, from: UnixMillis, to: UnixMillis): void {
    for (const client of this.#clients) client.changed(endpoint, from, to);
  }
}
