// Starts the web server in the observer thread, waits until it listens, and says where.

import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Observer } from '../../observer/observer.js';
import type { WebNews } from '../../observer/web/protocol.js';
import { hostText, isAllAddresses, isLoopback } from '../../web/server/http/host-check.js';
import type { Listening } from '../../web/server/http/host-check.js';
import type { WebListener } from '../../web/server/web-server.js';
import { say } from '../output/say.js';
import { newToken, tokenIn } from './token-file.js';
import { ORDINARY_PLACE } from './web-place.js';
import type { WebPlace } from './web-place.js';

/** What the command line asks for. */
export type WebWanted = {
  /** Null: none. */
  page: WebPlace | null;
  metrics: WebPlace | null;
  /** What the machine is called by, in lower case. */
  hosts: readonly string[];
  tokenFile: string | null;
};

/** It can't be had, in one line for the user. */
export class WebError extends Error {
  override readonly name = 'WebError';
  readonly exitStatus = 2;
}

export class WebStart {
  readonly #wanted: WebWanted;
  readonly #version: string;
  readonly #token: string;
  #lines: readonly string[] = [];
  #heard: (news: WebNews) => void = () => {};

  /**
   * To be made as the user that the run goes on as.
   * @throws TokenFileError
   */
  constructor(wanted: WebWanted, version: string) {
    this.#wanted = wanted;
    this.#version = version;
    const { tokenFile } = wanted;
    this.#token = tokenFile === null ? newToken() : tokenIn(tokenFile, process.geteuid?.() ?? 0);
  }

  /** From the observer. */
  hear(news: WebNews): void {
    this.#heard(news);
  }

  /**
   * Settles when it listens, or when the run is over before that.
   * @throws WebError where it can't listen
   */
  async start(observer: Observer, over: Promise<unknown>): Promise<void> {
    const { hosts } = this.#wanted;
    const listeners = listenersOf(this.#wanted);
    const news = new Promise<WebNews>((resolve) => {
      this.#heard = resolve;
    });
    observer.watch({
      type: 'watch',
      watcher: 'web',
      options: { version: this.#version, token: this.#token, listeners, hosts },
    });
    const answer = await Promise.race([news, over.then(() => null)]);
    if (answer?.type === 'refused') throw new WebError(answer.message);
    if (answer?.type !== 'listening') return;
    this.#lines = answer.places.flatMap((place, i) => this.#linesOf(place, listeners[i]));
  }

  /** Where it listens, on stderr. */
  say(): void {
    for (const line of this.#lines) say(line);
  }

  /** The same on the screen, which has to be there by now. */
  show(observer: Observer): void {
    const lines = this.#lines;
    const show = (text: string | null): void => observer.news({ type: 'page', text });
    const isOpen = lines.some((line) => line.startsWith(OPEN));
    // One row of 80 columns has room for the URL.
    show(`${isOpen ? 'open to the network, ' : ''}${lines[0] ?? ''}`);
    // The token need not stand there for ever.
    this.#heard = () => show(lines.find((line) => line.startsWith(OPEN)) ?? null);
  }

  #linesOf(place: Listening, listener: WebListener | undefined): string[] {
    const url = this.#urlAt(place);
    return [
      ...(listener?.page === true ? [`page: ${url}/?token=${this.#token}`] : []),
      ...(listener?.metrics === true ? [`metrics: ${url}/metrics`] : []),
      ...(isLoopback(place.address) ? [] : [`${OPEN} ${whence(place)}, unencrypted, to whoever has the token`]),
    ];
  }

  #urlAt(place: Listening): string {
    const { address, port } = place;
    const [name] = this.#wanted.hosts;
    const shown = isAllAddresses(address) ? ownAddress(isIPv4(address) ? 'IPv4' : 'IPv6') : address;
    const host = name === undefined ? hostText({ address: shown, port }) : `${name}:${port}`;
    return `http://${host}`;
  }
}

/** Metrics are where the page is unless told. */
const listenersOf = ({ page, metrics }: WebWanted): WebListener[] => {
  if (page === null) return metrics === null ? [] : [{ ...metrics, page: false, metrics: true }];
  const isSame = metrics === ORDINARY_PLACE || (metrics?.address === page.address && metrics.port === page.port);
  if (metrics === null || isSame) return [{ ...page, page: true, metrics: isSame }];
  return [
    { ...page, page: true, metrics: false },
    { ...metrics, page: false, metrics: true },
  ];
};

/** One that others may reach, else the one that this machine alone does. */
const ownAddress = (family: 'IPv4' | 'IPv6'): string => {
  const others = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const found = others.find((one) => one.family === family && !one.internal && !one.address.startsWith('fe80'));
  return found?.address ?? (family === 'IPv4' ? '127.0.0.1' : '::1');
};

const OPEN = 'open to';

/** From where others reach it. */
const whence = ({ address }: Listening): string =>
  isAllAddresses(address) ? 'every network that this machine is in' : `the network of ${address}`;
