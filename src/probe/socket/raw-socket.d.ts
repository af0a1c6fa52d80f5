// The part of raw-socket 1.8.1 that is used here, its undocumented wrap included (docs/decisions/0020).

declare module 'raw-socket' {
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
    removeAllListeners(event: 'recvReady' | 'sendReady' | 'error'): void;
    close(): void;
  };

  export type Socket = { readonly wrap: SocketWrap; on(event: 'error', listener: (error: Error) => void): void };

  const raw: {
    createSocket(options: { protocol: number; addressFamily: number; bufferSize: number }): Socket;
    readonly AddressFamily: { readonly IPv4: number; readonly IPv6: number };
    readonly Protocol: { readonly ICMP: number; readonly ICMPv6: number };
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
  export default raw;
}
