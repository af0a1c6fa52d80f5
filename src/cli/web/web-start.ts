// Starts the web server in the observer thread, waits until it listens, and says where.

import { isIPv4 } from 'node:net';
import type { Observer } from '../../observer/observer.js';
import type { WebNews } from '../../observer/web/protocol.js';
import { hostText, isAllAddresses } from '../../web/server/http/host-check.js';
import type { Listening } from '../../web/server/http/host-check.js';
import { say } from '../output/say.js';
import { newToken, tokenIn } from './token-file.js';
import type { WebPlace } from './web-place.js';

/** What the command line asks for. */
export type WebWanted = {
  page: WebPlace;
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
   * Settles when it listens, or when the run is over before that. Says where, on the screen or on stderr.
   * @throws WebError where it can't listen
   */
  async start(observer: Observer, screen: boolean, over: Promise<unknown>): Promise<void> {
    const { page, hosts } = this.#wanted;
    const news = new Promise<WebNews>((resolve) => {
      this.#heard = resolve;
    });
    observer.watch({
      type: 'watch',
      watcher: 'web',
      options: { version: this.#version, token: this.#token, listeners: [page], hosts },
    });
    const answer = await Promise.race([news, over.then(() => null)]);
    if (answer?.type === 'refused') throw new WebError(answer.message);
    const place = answer?.type === 'listening' ? answer.places[0] : undefined;
    if (place === undefined) return;
    const url = this.#urlAt(place);
    const isOpen = !isLoopback(place.address);
    const open = `the page is open to ${whence(place)}, unencrypted: whoever has its URL has the page`;
    if (screen) {
      const tell = (text: string | null): void => observer.news({ type: 'page', text });
      tell(isOpen ? `page, open to the network: ${url}` : `page: ${url}`);
      // It need not stand there for ever, with its token.
      this.#heard = () => tell(isOpen ? open : null);
    } else {
      say(`page: ${url}`);
      if (isOpen) say(open);
    }
  }

  #urlAt(place: Listening): string {
    const { address, port } = place;
    const [name] = this.#wanted.hosts;
    const isEverywhere = isAllAddresses(address);
    const local = isIPv4(address) ? '127.0.0.1' : '::1';
    const host = name === undefined ? hostText({ address: isEverywhere ? local : address, port }) : `${name}:${port}`;
    return `http://${host}/?token=${this.#token}`;
  }
}

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** From where others reach it. */
const whence = ({ address }: Listening): string =>
  isAllAddresses(address) ? 'every network that this machine is in' : `the network of ${address}`;
