// The page of a run between namespaces, in a real Chromium. `calm` answers always, `holed` not for three seconds; both have
// ten minutes of past in a record that the run goes on with, in which `calm` lost all for four seconds.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, ConsoleMessage, Page } from 'playwright-core';
import type { SessionInfo } from '../../src/events/session-info.js';
import type { Millis, UnixMillis } from '../../src/events/units.js';
import { startChromium } from '../support/chromium.js';
import { hostInfo } from '../support/endpoint-info.js';
import { makeNetPair } from '../support/netns.js';
import type { NetPair } from '../support/netns.js';
import { recordText, sampleProbes } from '../support/record-sample.js';
import { startResponder } from '../support/responder-client.js';
import type { Responder } from '../support/responder-client.js';
import { reply, steps } from '../support/responder-script.js';
import { startServe } from '../support/serve-run.js';
import type { ServeRun } from '../support/serve-run.js';

export const [CALM, HOLED] = [0, 1];
/** Addresses of the network besides those of the two. */
export const [ADDED, UNUSED, FIRST_BARE, SECOND_BARE] = [2, 3, 4, 5];

const [FIRST_LOST, LOST] = [30, 30];
const PAST_PROBES = 6000;
const [PAST_FIRST_LOST, PAST_LOST] = [1000, 40];
const SINCE_PAST: Millis = 60_000;

export class PageScene {
  readonly pair: NetPair;
  readonly browser: Browser;
  readonly responder: Responder;
  serve: ServeRun;
  /** When the loss of the past began. */
  readonly pastLossAt: UnixMillis;
  /** Anything that a page complained of. */
  readonly complaints: string[] = [];
  /** What pages have fetched. */
  readonly requested: { url: string; bytes: number }[] = [];
  readonly #folder: string;

  constructor(pair: NetPair, browser: Browser, responder: Responder, folder: string, pastLossAt: UnixMillis) {
    this.pair = pair;
    this.browser = browser;
    this.responder = responder;
    this.#folder = folder;
    this.pastLossAt = pastLossAt;
    this.serve = { url: '', stop: () => Promise.resolve() };
  }

  static async begin(): Promise<PageScene> {
    const folder = mkdtempSync(join(tmpdir(), 'pingem-page-'));
    const pair = makeNetPair(6);
    const always = [[reply(8)]];
    const holed = steps(5000, (n) => (n >= FIRST_LOST && n < FIRST_LOST + LOST ? [] : [reply(20)]));
    const addresses = Object.fromEntries(pair.far4.map((to, i) => [to, i === HOLED ? holed : always]));
    const responder = await startResponder(pair, { addresses });
    const browser = await startChromium({ namespace: pair.near });
    const begun = Date.now() - SINCE_PAST - PAST_PROBES * 100;
    const scene = new PageScene(pair, browser, responder, folder, begun + PAST_FIRST_LOST * 100);
    writeFileSync(scene.recordPath, pastOf(pair, begun));
    await scene.start('--record', scene.recordPath, '--resume');
    return scene;
  }

  get recordPath(): string {
    return join(this.#folder, 'record.ndjson');
  }

  /** Starts the program, on the same port and with the same token each time. */
  async start(...more: readonly string[]): Promise<void> {
    const { far4 } = this.pair;
    const endpoints = [`calm=${far4[CALM]}`, `holed=${far4[HOLED]}`];
    const token = join(this.#folder, 'token');
    this.serve = await startServe(this.pair, [...endpoints, '-i', '0.1', '-W', '1', '--token-file', token, ...more]);
  }

  async open(parameters = '', viewport = { width: 1000, height: 700 }, deviceScaleFactor = 1): Promise<Page> {
    const page = await this.browser.newPage({ viewport, deviceScaleFactor, colorScheme: 'dark' });
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.stack ?? error.message));
    page.on('requestfinished', (request) => {
      void request.sizes().then(({ responseBodySize, responseHeadersSize }) => {
        this.requested.push({ url: request.url(), bytes: responseBodySize + responseHeadersSize });
      });
    });
    // One that never finishes, as a stream, counts as well, but for its size.
    page.on('request', (request) => this.requested.push({ url: request.url(), bytes: 0 }));
    await page.goto(`${this.serve.url}${parameters}`);
    await page.locator('.strip').nth(HOLED).waitFor();
    return page;
  }

  /** Also those of a test that has failed. */
  async closePages(): Promise<void> {
    await Promise.all(this.browser.contexts().map((context) => context.close()));
  }

  /** Throws what a page has complained of since, but for what the browser itself says of a server that refuses or is gone. */
  check(): void {
    const real = this.complaints.splice(0).filter((line) => !/400 \(Bad Request\)|net::ERR_/.test(line));
    if (real.length > 0) throw new Error(real.join('\n'));
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.serve.stop();
    await this.responder.stop();
    this.pair.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const pastOf = ({ far4 }: NetPair, startedAt: UnixMillis): string => {
  const endpoints = ['calm', 'holed'].map((label, id) => hostInfo({ id, target: far4[id] ?? '', label }));
  const info: SessionInfo = { startedAt, interval: 100, timeout: 1000, sizeBytes: 56, clock: 'kernel', endpoints };
  const outcomes = (endpoint: number): (number | 'lost')[] =>
    Array.from({ length: PAST_PROBES }, (_, n) => {
      const isLost = endpoint === CALM && n >= PAST_FIRST_LOST && n < PAST_FIRST_LOST + PAST_LOST;
      return isLost ? 'lost' : 10 + endpoint + (n % 7) / 8;
    });
  return recordText(info, [
    ...sampleProbes(CALM, outcomes(CALM), startedAt),
    ...sampleProbes(HOLED, outcomes(HOLED), startedAt),
  ]);
};
