// By what an endpoint is known again in a record, whatever it is called: kind, target, size and a number, as they were when it
// came.

import type { EndpointInfo } from '../../events/endpoint-info.js';

/** What the keys of all endpoints of the same kind, target and size begin with. */
export const keyStart = ({ kind, hop, target, sizeBytes }: EndpointInfo): string =>
  `${hop === null ? kind : `${kind} ${hop}`} ${target} ${sizeBytes} `;

export class EndpointKeys {
  readonly #taken: Set<string>;

  /** @param taken keys that others have on record already */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** One that nobody has, such as `host 192.0.2.1 56 0`; the number tells the same host twice apart. */
  make(info: EndpointInfo): string {
    const what = keyStart(info);
    let number = 0;
    while (this.#taken.has(`${what}${number}`)) number++;
    const key = `${what}${number}`;
    this.#taken.add(key);
    return key;
  }
}
