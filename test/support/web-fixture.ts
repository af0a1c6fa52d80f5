// The web server without a run around it: a history of made-up probes, a clock that stands, and a client.

import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { TestContext } from 'vitest';
import type { ProbeEvent } from '../../src/events/events.js';
import type { SessionInfo } from '../../src/events/session-info.js';
import type { Millis } from '../../src/events/units.js';
import { SessionHistory } from '../../src/history/session-history.js';
import type { RunCommand } from '../../src/view/run-command.js';
import { VerdictLog } from '../../src/view/verdict/verdict-log.js';
import type { Listening } from '../../src/web/server/http/host-check.js';
import { PageFiles } from '../../src/web/server/page/page-files.js';
import { WebServer } from '../../src/web/server/web-server.js';
import type { WebListener } from '../../src/web/server/web-server.js';
import { NOON, sampleInfo } from './record-sample.js';

const FILES = new PageFiles(new URL('../../dist/', import.meta.url));

export const TOKEN = 'the-token-of-the-test';

export type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

export type Asking = { method?: string; headers?: OutgoingHttpHeaders; body?: string | Buffer; trusted?: boolean };

export class ServedRun {
  readonly info: SessionInfo;
  readonly history: SessionHistory;
  readonly verdicts = new VerdictLog();
  readonly commands: RunCommand[] = [];
  readonly faults: unknown[] = [];
  readonly server: WebServer;
  /** The session timeline, and time that passes. */
  now = NOON + 10_000;
  elapsed: Millis = 0;
  place: Listening = { address: '127.0.0.1', port: 0 };
  opened = 0;

  constructor(
    labels: readonly string[],
    options: { token?: string; hosts?: readonly string[]; listeners?: WebListener[]; begun?: boolean } = {},
  ) {
    this.info = sampleInfo(labels);
    this.history = new SessionHistory(this.info);
    const { token = TOKEN, hosts = [] } = options;
    const listeners = options.listeners ?? [{ address: '127.0.0.1', port: 0, page: true, metrics: true }];
    this.server = new WebServer(
      {
        version: 'test',
        info: this.info,
        history: this.history,
        verdicts: this.verdicts,
        clock: { now: () => this.now, elapsed: () => this.elapsed },
        command: (command) => this.commands.push(command),
      },
      { token, hosts, listeners },
      FILES,
      { fault: (error) => this.faults.push(error), opened: () => this.opened++ },
    );
    if (options.begun !== false) this.server.begin();
  }

  feed(events: readonly ProbeEvent[]): void {
    for (const event of events) {
      if (event.type === 'verdict') this.verdicts.say(event);
      else this.history.apply(event);
      this.server.event(event);
    }
  }

  async ask(path: string, { method = 'GET', headers = {}, body, trusted = true }: Asking = {}): Promise<Answer> {
    const asked = request({
      host: this.place.address,
      port: this.place.port,
      path,
      method,
      headers: { ...(trusted && { Authorization: `Bearer ${TOKEN}` }), ...headers },
      agent: false,
    });
    asked.end(body);
    const [response] = (await once(asked, 'response')) as [
      AsyncIterable<Buffer> & { statusCode: number; headers: IncomingHttpHeaders },
    ];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() };
  }

  async post(path: string, fields: object, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    const body = JSON.stringify(fields);
    return this.ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body });
  }
}

/** Listening, and closed when the test has finished. */
export const servedRun = async (
  test: TestContext,
  labels: readonly string[],
  options?: ConstructorParameters<typeof ServedRun>[1],
): Promise<ServedRun> => {
  const run = new ServedRun(labels, options);
  test.onTestFinished(() => run.server.close());
  const [place] = await run.server.listen();
  if (place !== undefined) run.place = place;
  return run;
};
