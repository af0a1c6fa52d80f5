// The web server as a watcher: listens, and says where or why not.

import { codeOf } from '../../events/error-code.js';
import { hostText } from '../../web/server/http/host-check.js';
import type { Listening } from '../../web/server/http/host-check.js';
import { PageFiles } from '../../web/server/page/page-files.js';
import { WebServer } from '../../web/server/web-server.js';
import type { StartWatcher } from '../watcher.js';
import type { WebMessage, WebStart } from './protocol.js';

/** The folder dist. */
const COMPILED = new URL('../../', import.meta.url);

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something listens there already: give another port',
  EACCES: 'ports below 1024 need more rights than pingem keeps: give another port',
  EADDRNOTAVAIL: 'this machine does not have that address: ip address shows those that it has',
  EAFNOSUPPORT: 'this machine has no IPv6: give an IPv4 address',
};

export const start: StartWatcher<WebStart, WebMessage> = (context, options) => {
  const { trouble, tell } = context;
  const fault = (error: unknown): void => {
    trouble(`the page has a fault, please report it: ${error instanceof Error ? error.message : String(error)}`);
  };
  let files: PageFiles | null;
  try {
    files = options.listeners.some(({ page }) => page) ? new PageFiles(COMPILED) : null;
  } catch (error) {
    tell({ type: 'refused', message: `the files of the page can't be read (${codeOf(error)}): install pingem anew` });
    return {};
  }
  const opened = (): void => tell({ type: 'opened' });
  const server = new WebServer({ ...context, version: options.version }, options, files, { fault, opened });
  server.listen().then(
    (places) => tell({ type: 'listening', places }),
    (error: unknown) => {
      server.close();
      tell({ type: 'refused', message: refusalText(error, options.listeners) });
    },
  );
  return {
    event: (event) => server.event(event),
    news: (news) => server.news(news),
    message: () => server.begin(),
    tick: () => server.tick(),
    close: () => server.close(),
  };
};

const refusalText = (error: unknown, places: readonly Listening[]): string => {
  const code = codeOf(error);
  const place = places.find(({ address, port }) => isAbout(error, address, port)) ?? places[0];
  const where = place === undefined ? 'there' : `at ${hostText(place)}`;
  return `can't listen ${where} (${code}): ${REASONS[code] ?? 'give another address'}`;
};

const isAbout = (error: unknown, address: string, port: number): boolean =>
  error instanceof Error && 'address' in error && 'port' in error && error.address === address && error.port === port;
