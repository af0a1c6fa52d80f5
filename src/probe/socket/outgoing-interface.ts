// -I: probes leave by the interface of that name. Set as IP_UNICAST_IF and IPV6_UNICAST_IF (ip(7), ipv6(7)), which route
// like SO_BINDTODEVICE but may be changed without privileges. That matters because either holds the interface's number,
// and an interface that is deleted and made again (a VPN, a ppp line) comes back with another one.

import raw from './raw-native.js';
import type { SocketWrap } from './raw-native.js';
import { errnoName } from './errno-names.js';
import type { Family } from '../ports.js';
import { interfaceIndex } from './socket-ioctl.js';
import { StartError } from './start-error.js';

/** Of Linux's in.h and in6.h; both take the number in network byte order. */
const IP_UNICAST_IF = 50;
const IPV6_UNICAST_IF = 76;

export class OutgoingInterface {
  readonly #wrap: SocketWrap;
  readonly #family: Family;
  readonly #fd: number;
  readonly #name: string;
  #index: number;

  /** @throws StartError if there is no such interface at present */
  constructor(wrap: SocketWrap, family: Family, fd: number, name: string) {
    const index = interfaceIndex(fd, name);
    if (index === null) throw noSuchInterface(name);
    this.#wrap = wrap;
    this.#family = family;
    this.#fd = fd;
    this.#name = name;
    this.#index = index;
    try {
      this.#set(index);
    } catch (error) {
      throw unusable(name, errnoName(error));
    }
  }

  /** To be called when a send has failed. Whether the name stands for another interface now, so that it may go better. */
  follow(): boolean {
    const index = interfaceIndex(this.#fd, this.#name);
    if (index === null || index === this.#index) return false;
    try {
      this.#set(index);
    } catch {
      // Gone again since it was found.
      return false;
    }
    this.#index = index;
    return true;
  }

  #set(index: number): void {
    const { IPPROTO_IP, IPPROTO_IPV6 } = raw.SocketLevel;
    const value = Buffer.alloc(4);
    value.writeUInt32BE(index);
    if (this.#family === 4) this.#wrap.setOption(IPPROTO_IP, IP_UNICAST_IF, value, value.length);
    else this.#wrap.setOption(IPPROTO_IPV6, IPV6_UNICAST_IF, value, value.length);
  }
}

/**
 * What is left where the number of an interface can't be asked for: bound to the interface that has the name now.
 * @throws StartError
 */
export const bindToInterface = (wrap: SocketWrap, name: string): void => {
  const option = raw.SocketOption.SO_BINDTODEVICE;
  if (option === undefined) throw new StartError('choosing an interface needs Linux', 'ENOTSUP', null);
  const value = Buffer.from(`${name}\0`);
  try {
    wrap.setOption(raw.SocketLevel.SOL_SOCKET, option, value, value.length);
  } catch (error) {
    const code = errnoName(error);
    throw code === 'ENODEV' ? noSuchInterface(name) : unusable(name, code);
  }
};

const noSuchInterface = (name: string): StartError =>
  new StartError(`no such network interface: ${name}`, 'ENODEV', 'ip link shows them');

const unusable = (name: string, code: string): StartError =>
  new StartError(`cannot use network interface ${name}: ${code}`, code, null);
