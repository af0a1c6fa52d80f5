// Whether a request was meant for us. A page of anybody's can have a browser send requests here, by a name of its own that
// it has led to our address (DNS rebinding) or by our address from its own page; its browser then says in Host or Origin
// what was asked for, and by whom. Both are compared as a whole, never by how they begin or end.

import { isIPv4, isIPv6 } from 'node:net';

export type Listening = {
  address: string;
  port: number;
};

/** The port that a browser leaves out of Host. */
const HTTP_PORT = 80;

const ALL_ADDRESSES = new Set(['0.0.0.0', '::']);

export const isAllAddresses = (address: string): boolean => ALL_ADDRESSES.has(address);

/** Of this machine alone (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3), also as an IPv6 socket shows it. */
export const isLoopback = (address: string): boolean => /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);

/** As it stands in a URL. */
export const hostText = ({ address, port }: Listening): string =>
  `${isIPv6(address) ? `[${address}]` : address}:${port}`;

export class HostCheck {
  readonly #known: ReadonlySet<string>;
  readonly #takesLiterals: boolean;
  readonly #port: number;

  /** `names`: what we are called besides, in lower case. */
  constructor(listening: Listening, names: readonly string[]) {
    const { address, port } = listening;
    const hosts = [hostText(listening), ...names.map((name) => `${name}:${port}`)];
    const bare = port === HTTP_PORT ? hosts.map((host) => host.slice(0, host.lastIndexOf(':'))) : [];
    this.#known = new Set([...hosts, ...bare]);
    this.#takesLiterals = isAllAddresses(address);
    this.#port = port;
  }

  /** `host`: the header. */
  isOurs(host: string | undefined): host is string {
    if (host === undefined) return false;
    return this.#known.has(host.toLowerCase()) || (this.#takesLiterals && this.#isLiteral(host));
  }

  /** Any address that this machine has may be the one that was typed; a name could be anybody's. */
  #isLiteral(host: string): boolean {
    const colon = host.lastIndexOf(':');
    const bracketed = host.startsWith('[');
    const hasPort = colon > host.lastIndexOf(']');
    const port = hasPort ? host.slice(colon + 1) : String(HTTP_PORT);
    const literal = hasPort ? host.slice(0, colon) : host;
    if (port !== String(this.#port)) return false;
    return bracketed ? literal.endsWith(']') && isIPv6(literal.slice(1, -1)) : isIPv4(literal);
  }
}

/** Whether the header Origin, where there is one, says that the request comes from our own page at `host`. */
export const isOwnOrigin = (origin: string | undefined, host: string): boolean =>
  origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
