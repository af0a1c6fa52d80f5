// The name service of a namespace: `ip netns exec` lays the files of /etc/netns/NAME over those of /etc (ip-netns(8)).
// They are written in place, so that programs that run already see the change, and go with the namespace.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NETNS_ETC } from '../support/netns.js';
import { NAME } from './endpoints.js';

export class Names {
  readonly #folder: string;

  constructor(namespace: string) {
    this.#folder = join(NETNS_ETC, namespace);
    mkdirSync(this.#folder, { recursive: true });
  }

  /** The name is known, and nobody asks a server for it. */
  point(address: string): void {
    this.#write(`127.0.0.1 localhost\n${address} ${NAME}\n`, address);
  }

  /** The name is unknown here, and `server` doesn't know it either: it refuses, or isn't there at all. */
  lose(server: string): void {
    this.#write('127.0.0.1 localhost\n', server);
  }

  #write(hosts: string, server: string): void {
    writeFileSync(join(this.#folder, 'hosts'), hosts);
    writeFileSync(join(this.#folder, 'resolv.conf'), `nameserver ${server}\n`);
  }
}
