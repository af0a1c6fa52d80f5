// The server that a page, a script and a scraper ask. It lives in the observer thread and only reads what is there, so
// whatever is asked of it, no probe waits.

import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ProbeEvent } from '../../events/events.js';
import type { Millis } from '../../events/units.js';
import type { RunNews } from '../../view/run-news.js';
import { columnsAnswer, endpointAnswer, episodesAnswer, eventsAnswer, trafficAnswer } from './api/past-answers.js';
import { PageRequests } from './api/requests.js';
import { sessionAnswer, verdictAnswer } from './api/session-answers.js';
import { MOST_BODY_BYTES, readJson } from './http/body.js';
import { HostCheck, isLoopback, isOwnOrigin } from './http/host-check.js';
import type { Listening } from './http/host-check.js';
import { json, Refusal, refusal, send } from './http/reply.js';
import type { Reply } from './http/reply.js';
import { Secrets } from './http/secrets.js';
import { Sockets } from './http/sockets.js';
import { Metrics } from './metrics/metrics.js';
import { closedPage } from './page/closed-page.js';
import type { PageFiles } from './page/page-files.js';
import { Stream } from './stream/stream.js';
import type { RunState, WebContext } from './web-context.js';

export type WebOptions = {
  token: string;
  listeners: readonly WebListener[];
  /** What the machine is called by, in lower case. */
  hosts: readonly string[];
};

export type ServerHears = { fault: (error: unknown) => void; opened: () => void };

/** Where to listen, and what is to be had there. */
export type WebListener = Listening & { page: boolean; metrics: boolean };

const HEADERS_WITHIN: Millis = 5000;
const REQUEST_WITHIN: Millis = 10_000;
const IDLE_FOR: Millis = 5000;
const SILENT_FOR: Millis = 60_000;
const CHECK_EVERY: Millis = 1000;
const MOST_HEADER_BYTES = 8192;

/** One of the places that are listened at. */
type Door = WebListener & { check: HostCheck };

type Asked = { request: IncomingMessage; response: ServerResponse; path: string; query: URLSearchParams };

/** By path: what can be asked, and how. A null reply is one that goes on by itself. */
type Route = { method: 'GET' | 'POST'; reply: (asked: Asked) => Reply | null | Promise<Reply> };

export class WebServer {
  readonly #context: WebContext;
  readonly #options: WebOptions;
  readonly #secrets: Secrets;
  readonly #sockets = new Sockets();
  readonly #run: RunState = { notice: null, progress: null, diagnostics: null };
  readonly #stream: Stream;
  readonly #metrics: Metrics;
  readonly #requests: PageRequests;
  readonly #files: PageFiles | null;
  readonly #servers: Server[] = [];
  readonly #routes: ReadonlyMap<string, Route>;
  readonly #hears: ServerHears;
  #wasOpened = false;

  /**
   * `files`: null where there is to be no page. `hears`: of an error of our own, where the request is answered with 500,
   * and of the first page that was opened.
   */
  constructor(context: WebContext, options: WebOptions, files: PageFiles | null, hears: ServerHears) {
    this.#context = context;
    this.#options = options;
    this.#hears = hears;
    this.#secrets = new Secrets(options.token);
    this.#stream = new Stream(context, this.#run, this.#sockets);
    this.#metrics = new Metrics(context, this.#run);
    this.#requests = new PageRequests(context);
    this.#files = files;
    this.#routes = this.#table();
  }

  /**
   * Listens at all places that were asked for.
   * @returns where, with the ports that were got
   * Rejects with the system's error at the first that can't be had.
   */
  async listen(): Promise<Listening[]> {
    const places: Listening[] = [];
    for (const place of this.#options.listeners) places.push(await this.#listenAt(place));
    return places;
  }

  /** From now on what happens is of this run, not read from a record. */
  begin(): void {
    this.#metrics.begin();
  }

  event(event: ProbeEvent): void {
    this.#metrics.event(event);
    this.#stream.event(event);
  }

  news(news: RunNews): void {
    switch (news.type) {
      case 'answer':
        this.#requests.answered(news);
        return;
      case 'notice':
        this.#run.notice = news.text;
        this.#stream.note('notice');
        return;
      case 'progress':
        this.#run.progress = news.progress;
        this.#stream.note('progress');
        if (news.progress === null) this.#stream.note('reload');
        return;
      case 'diagnostics':
        this.#run.diagnostics = news.diagnostics;
        this.#stream.note('diagnostics');
        return;
      case 'episodes':
        this.#metrics.news(news);
        this.#stream.noteEpisodes(news.episodes.map(({ id }) => id));
        return;
      case 'call quality':
        this.#metrics.news(news);
        return;
      case 'bell':
      case 'page':
      case 'usual':
      case 'states':
    }
  }

  tick(): void {
    this.#stream.tick();
  }

  close(): void {
    this.#stream.close();
    for (const server of this.#servers) server.close();
    this.#sockets.closeAll();
  }

  #listenAt(listener: WebListener): Promise<Listening> {
    const { address, port } = listener;
    const server = createServer({
      headersTimeout: HEADERS_WITHIN,
      requestTimeout: REQUEST_WITHIN,
      keepAliveTimeout: IDLE_FOR,
      connectionsCheckingInterval: CHECK_EVERY,
      maxHeaderSize: MOST_HEADER_BYTES,
    });
    // Whoever takes nothing of an answer any more; a stream has a word each two seconds.
    server.timeout = SILENT_FOR;
    this.#servers.push(server);
    this.#sockets.attach(server);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: address, port, exclusive: true }, () => {
        server.off('error', reject);
        const bound = server.address();
        const place = { address, port: typeof bound === 'object' && bound !== null ? bound.port : port };
        const door: Door = { ...listener, ...place, check: new HostCheck(place, this.#options.hosts) };
        const take = (request: IncomingMessage, response: ServerResponse): void => {
          void this.#take(request, response, door);
        };
        server.on('request', take);
        server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
          if (Number(request.headers['content-length'] ?? 0) <= MOST_BODY_BYTES) response.writeContinue();
          take(request, response);
        });
        // Nobody is at the other end of a tunnel here.
        server.on('connect', (_: IncomingMessage, socket: Socket) =>
          socket.end('HTTP/1.1 405 Method Not Allowed\r\n\r\n'),
        );
        resolve(place);
      });
    });
  }

  async #take(request: IncomingMessage, response: ServerResponse, door: Door): Promise<void> {
    if (!this.#sockets.isAlone(request.socket, response)) {
      request.socket.destroy();
      return;
    }
    let reply: Reply | null;
    try {
      reply = await this.#replyTo(request, response, door);
    } catch (error) {
      if (!(error instanceof Refusal)) this.#hears.fault(error);
      reply = refusal(error instanceof Refusal ? error : new Refusal(500, 'a fault of pingem'));
    }
    if (reply === null || response.destroyed) return;
    // What is left of a body that nobody reads.
    if (!request.complete) response.setHeader('Connection', 'close');
    this.#sockets.makeRoom(reply.body.length);
    send(response, reply);
  }

  #replyTo(request: IncomingMessage, response: ServerResponse, door: Door): Reply | null | Promise<Reply> {
    const { headers, url = '' } = request;
    const { host, origin } = headers;
    if (!door.check.isOurs(host)) {
      throw new Refusal(
        403,
        'this is not called that: ask by the address that pingem printed, or start it with --web-host NAME',
      );
    }
    if (!isOwnOrigin(origin, host)) throw new Refusal(403, 'another page may not ask here');
    const { path, query } = partsOf(url);
    if (path === '/metrics' && door.metrics) return this.#metricsFor(request);
    if (!door.page) throw new Refusal(404, 'there is nothing here but /metrics');
    const { port } = door;
    const token = query.get('token');
    const opens = path === '/' && token !== null && this.#secrets.isToken(token);
    if (!opens && !this.#secrets.isBearer(headers.authorization) && !this.#secrets.isCookie(headers.cookie, port)) {
      if (path === '/') return closedPage;
      throw new Refusal(401, 'that takes the token of the URL that pingem printed');
    }
    this.#sockets.trust(request.socket);
    if (opens) this.#open(response, port);
    return this.#routed({ request, response, path, query });
  }

  /** This machine's own programs need no token for it. */
  #metricsFor({ method, headers, socket }: IncomingMessage): Reply {
    if (!isLoopback(socket.remoteAddress ?? '') && !this.#secrets.isBearer(headers.authorization)) {
      throw new Refusal(401, 'that takes the token, as Authorization: Bearer', { 'WWW-Authenticate': 'Bearer' });
    }
    this.#sockets.trust(socket);
    if (method !== 'GET' && method !== 'HEAD') throw notThatMethod('GET, HEAD');
    return this.#metrics.reply(headers.accept);
  }

  #open(response: ServerResponse, port: number): void {
    response.setHeader('Set-Cookie', this.#secrets.newCookie(port));
    if (!this.#wasOpened) this.#hears.opened();
    this.#wasOpened = true;
  }

  #routed(asked: Asked): Reply | null | Promise<Reply> {
    const { request, path } = asked;
    const isGet = request.method === 'GET' || request.method === 'HEAD';
    const route = this.#routes.get(path);
    if (route === undefined) {
      const file = this.#files?.reply(path, request.headers['accept-encoding']) ?? null;
      if (file === null) throw new Refusal(404, 'there is nothing here');
      if (isGet) return file;
    } else if (route.method === request.method) return route.reply(asked);
    throw notThatMethod(route?.method ?? 'GET, HEAD');
  }

  #table(): ReadonlyMap<string, Route> {
    const context = this.#context;
    const get = (reply: (query: URLSearchParams) => object): Route => ({
      method: 'GET',
      reply: ({ query }) => json(reply(query)),
    });
    return new Map<string, Route>([
      ['/api/session', get(() => sessionAnswer(context, this.#run))],
      ['/api/columns', get((query) => columnsAnswer(context, query))],
      ['/api/verdict', get(() => verdictAnswer(context))],
      ['/api/episodes', get((query) => episodesAnswer(context, query))],
      ['/api/events', get((query) => eventsAnswer(context, query))],
      ['/api/traffic', get((query) => trafficAnswer(context, query))],
      ['/api/endpoint', get((query) => endpointAnswer(context, query))],
      [
        '/api/stream',
        {
          method: 'GET',
          reply: ({ request, response, query }) => {
            this.#stream.open(request, response, query);
            return null;
          },
        },
      ],
      ['/api/watch', { method: 'POST', reply: async ({ request }) => this.#requests.watch(await readJson(request)) }],
      ['/api/mark', { method: 'POST', reply: async ({ request }) => this.#requests.mark(await readJson(request)) }],
    ]);
  }
}

const notThatMethod = (allowed: string): Refusal => new Refusal(405, `that takes ${allowed}`, { Allow: allowed });

/** @throws Refusal for what is no path of ours */
const partsOf = (url: string): { path: string; query: URLSearchParams } => {
  if (!url.startsWith('/')) throw new Refusal(400, 'that is no path');
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  return { path, query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)) };
};
