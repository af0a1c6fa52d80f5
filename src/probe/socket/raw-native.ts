// The native part of raw-socket 1.8.1, undocumented (docs/decisions/0020), without the JavaScript around it: that reads
// one packet a poll, closes the socket at the first error of a poll, and loads its part from one place only.

import { EventEmitter } from 'node:events';
import { loadNativePart } from './native-parts.js';

export type SocketWrap = {
  /** Synchronous: sendto now, or an Error whose message is strerror's text. */
  send(buffer: Buffer, offset: number, length: number, address: string, sent: (bytes: number) => void): void;
  /** Synchronous: recvfrom now; throws "Resource temporarily unavailable" where nothing waits. */
  recv(buffer: Buffer, received: (buffer: Buffer, bytes: number, source: string) => void): void;
  /** Starts polling anew, for what is not paused. */
  pause(receive: boolean, send: boolean): void;
  getOption(level: number, option: number, value: Buffer, length: number): number;
  setOption(level: number, option: number, value: number): void;
  setOption(level: number, option: number, value: Buffer, length: number): void;
  on(event: 'recvReady' | 'error', listener: () => void): void;
  close(): void;
};

export type Socket = { readonly wrap: SocketWrap };

type NativeModule = {
  SocketWrap: { new (protocol: number, addressFamily: number): SocketWrap; prototype: object };
  /** Numbers of this platform, taken from its headers; those that it doesn't have are missing. */
  readonly SocketLevel: { readonly SOL_SOCKET: number; readonly IPPROTO_IP: number; readonly IPPROTO_IPV6: number };
  readonly SocketOption: {
    readonly SO_RCVBUF: number;
    readonly SO_BINDTODEVICE?: number;
    readonly IP_TTL: number;
    readonly IP_TOS: number;
    readonly IPV6_UNICAST_HOPS: number;
  };
};

const native = loadNativePart('raw') as NativeModule;
// It calls `emit` on itself, and leaves to JavaScript what that means.
for (const [name, value] of Object.entries(EventEmitter.prototype))
  Reflect.set(native.SocketWrap.prototype, name, value);

const ADDRESS_FAMILY = { 4: 1, 6: 2 } as const;
/** IANA's protocol numbers. */
const ICMP = { 4: 1, 6: 58 } as const;

const raw = {
  /** A raw ICMP socket. Throws an Error whose message is strerror's text. */
  createSocket: (family: 4 | 6): Socket => ({ wrap: new native.SocketWrap(ICMP[family], ADDRESS_FAMILY[family]) }),
  SocketLevel: native.SocketLevel,
  SocketOption: native.SocketOption,
};
export default raw;
