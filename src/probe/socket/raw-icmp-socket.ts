// The real IcmpSocket: raw-socket's, one per address family, with the kernel's filter, buffer and stamps set up. Needs
// CAP_NET_RAW only while it is opened. Reads until nothing waits, so that a flood of other programs' replies can't keep
// ours in the queue, and so that it is known since when the socket was empty.

import { existsSync } from 'node:fs';
import { endianness } from 'node:os';
import type { ReceiveClock } from '../../events/session-info.js';
import type { Millis } from '../../events/units.js';
import { refuseChildren } from '../process/children.js';
import { errnoName } from './errno-names.js';
import { SYSTEM_HOP_LIMIT, setHopLimit, setSocketOptions } from './icmp-socket-options.js';
import type { IcmpSocketOptions } from './icmp-socket-options.js';
import { bindToInterface, OutgoingInterface } from './outgoing-interface.js';
import type { Family, IcmpSocket, PacketFilter, PacketHandler, SendError } from '../ports.js';
import raw from './raw-native.js';
import type { Socket, SocketWrap } from './raw-native.js';
import { RealtimeOffset } from '../clock/realtime-offset.js';
import { droppedPackets, withDescriptor } from './socket-descriptor.js';
import type { SocketDescriptor } from './socket-descriptor.js';
import { closeOnExec, knowsInterfaces, SocketIoctl } from './socket-ioctl.js';
import { StartError } from './start-error.js';
import { monotonicClock, wallClock } from '../system-ports.js';

/** Any packet fits. */
const BUFFER_BYTES = 0x10000;
const OPTION_BYTES = 4;
/** Packets read in a row before timers get their turn: at most some 4 ms. What waits is announced again at once. */
const MAX_READS = 500;
/** The two clocks slide against each other only by what steps of under a millisecond add up to. */
const REFRESH_OFFSET: Millis = 10_000;
/** A stamp may precede the moment at which the socket was seen empty: it is taken before the packet is queued. */
const STAMP_SLACK: Millis = 2;
/** So soon after a send, in the same bundle, the way into the kernel is still in the CPU's caches. */
const STAYS_WARM: Millis = 0.5;
/** After an error of the poll, which libuv stops polling for. */
const RESUME_POLL: Millis = 10;

const INTERFACES = '/sys/class/net';

const noop = (): void => {};

/**
 * Whether the zone of an address such as fe80::1%eth0 is an interface at present. Without one of that name libuv leaves
 * the zone out, and the kernel sends by whichever interface it likes.
 */
export const isZoneThere = (address: string): boolean => {
  const percent = address.indexOf('%');
  if (percent < 0 || !existsSync(INTERFACES)) return true;
  return existsSync(`${INTERFACES}/${address.slice(percent + 1)}`);
};

class RawIcmpSocket implements IcmpSocket {
  readonly family: Family;
  readonly #wrap: SocketWrap;
  readonly #descriptor: SocketDescriptor | null;
  readonly #ioctl: SocketIoctl | null;
  readonly #interface: OutgoingInterface | null;
  readonly #realtime = new RealtimeOffset(monotonicClock, wallClock);
  readonly #buffer = Buffer.alloc(BUFFER_BYTES);
  readonly #option = Buffer.alloc(OPTION_BYTES);
  #offsetFoundAt: Millis = monotonicClock.now();
  /** Nothing waited in the socket then. */
  #emptyAt: Millis = monotonicClock.now();
  #bytes = 0;
  #source = '';
  #handler: PacketHandler = noop;
  #concernsUs: PacketFilter = () => false;
  #closed = false;
  /** The time to live that packets are sent with at present; null: the run's own. */
  #hops: number | null = null;
  readonly #ownHops: number;
  #sentAt: Millis = 0;
  #returnedAt: Millis = 0;

  constructor(
    { family, ttl }: IcmpSocketOptions,
    socket: Socket,
    descriptor: SocketDescriptor | null,
    outgoing: OutgoingInterface | null,
  ) {
    this.family = family;
    this.#ownHops = ttl ?? SYSTEM_HOP_LIMIT;
    this.#interface = outgoing;
    this.#wrap = socket.wrap;
    this.#descriptor = descriptor;
    this.#ioctl = SocketIoctl.enable(descriptor?.fd ?? null);
    this.#wrap.on('recvReady', () => {
      // Read first and ask afterwards: a packet of no length is announced for ever until it is read.
      if (!this.#closed && this.#read()) this.#take();
      this.drain();
    });
    this.#wrap.on('error', () => this.#resume());
  }

  get clock(): ReceiveClock {
    return this.#ioctl === null ? 'javascript' : 'kernel';
  }

  get receiveBufferBytes(): number | null {
    try {
      this.#wrap.getOption(raw.SocketLevel.SOL_SOCKET, raw.SocketOption.SO_RCVBUF, this.#option, OPTION_BYTES);
      return endianness() === 'LE' ? this.#option.readInt32LE() : this.#option.readInt32BE();
    } catch {
      return null;
    }
  }

  get sentAt(): Millis {
    return this.#sentAt;
  }

  get returnedAt(): Millis {
    return this.#returnedAt;
  }

  send(packet: Buffer, address: string, hops: number | null): SendError | null {
    if (this.#closed) return 'EBADF';
    if (!isZoneThere(address)) return 'ENODEV';
    if (hops !== this.#hops && !this.#setHops(hops)) return 'EINVAL';
    const error = this.#sendNow(packet, address);
    return error !== null && this.#interface?.follow() === true ? this.#sendNow(packet, address) : error;
  }

  /** Holds for every packet until it is set anew. */
  #setHops(hops: number | null): boolean {
    try {
      setHopLimit(this.#wrap, this.family, hops ?? this.#ownHops);
      this.#hops = hops;
      return true;
    } catch {
      return false;
    }
  }

  #sendNow(packet: Buffer, address: string): SendError | null {
    const wrap = this.#wrap;
    const { length } = packet;
    try {
      // After tens of idle milliseconds the way into the kernel is out of the CPU's caches. A call that changes nothing
      // fetches it before the clock is read: 5 us less in the RTT's median, 10 to 20 in its p99 (docs/decisions/0042).
      if (monotonicClock.now() - this.#sentAt > STAYS_WARM) {
        wrap.getOption(raw.SocketLevel.SOL_SOCKET, raw.SocketOption.SO_RCVBUF, this.#option, OPTION_BYTES);
      }
      this.#sentAt = monotonicClock.now();
      wrap.send(packet, 0, length, address, noop);
      this.#returnedAt = monotonicClock.now();
      return null;
    } catch (error) {
      return errnoName(error);
    }
  }

  onPacket(handler: PacketHandler, concernsUs: PacketFilter): void {
    this.#handler = handler;
    this.#concernsUs = concernsUs;
  }

  drain(): void {
    for (let i = 0; i < MAX_READS && !this.#closed; i++) {
      const readAt = monotonicClock.now();
      if (this.#ioctl?.isPacketWaiting() === false || !this.#read()) {
        this.#emptyAt = readAt;
        return;
      }
      this.#take();
    }
  }

  overruns(): number | null {
    return this.#descriptor === null ? null : droppedPackets(this.#descriptor.inode, this.family);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#wrap.close();
  }

  readonly #received = (_buffer: Buffer, bytes: number, source: string): void => {
    this.#bytes = bytes;
    this.#source = source;
  };

  /** One packet into the buffer; false if there was none. An error of the socket counts as none: reading clears it. */
  #read(): boolean {
    try {
      this.#wrap.recv(this.#buffer, this.#received);
      return true;
    } catch {
      return false;
    }
  }

  /** The packet in the buffer goes to the handler, if it concerns us. */
  #take(): void {
    const packet = this.#buffer.subarray(0, this.#bytes);
    if (!this.#concernsUs(packet)) return;
    const now = monotonicClock.now();
    const stamp = this.#ioctl === null ? null : this.#stampOf(this.#ioctl, now);
    this.#handler(packet, this.#source, stamp ?? now, stamp !== null);
  }

  /** Null if the stamp can't be true: taken in the future, or before the socket was last empty. */
  #stampOf(ioctl: SocketIoctl, now: Millis): Millis | null {
    if (now - this.#offsetFoundAt > REFRESH_OFFSET) {
      this.#realtime.refresh();
      this.#offsetFoundAt = now;
    } else {
      this.#realtime.check();
    }
    // Stamped before a step of the wall clock and read after it: the offset before the step is the right one.
    for (const offset of [this.#realtime.value, this.#realtime.previous]) {
      const at = ioctl.stamp(offset);
      if (at !== null && at <= now + STAMP_SLACK && at >= this.#emptyAt - STAMP_SLACK) return Math.min(at, now);
    }
    return null;
  }

  #resume(): void {
    if (!this.#closed && this.#read()) this.#take();
    this.drain();
    setTimeout(() => {
      if (!this.#closed) this.#wrap.pause(false, true);
    }, RESUME_POLL).unref();
  }
}

const openError = (error: unknown, family: Family): StartError => {
  const code = errnoName(error);
  if (code === 'EPERM' || code === 'EACCES') {
    // What to type depends on the command line: that is its affair.
    return new StartError('no permission to open a raw ICMP socket', code, null);
  }
  const text = error instanceof Error ? error.message : String(error);
  return new StartError(`cannot open an ICMP socket for IPv${family}: ${text}`, code, null);
};

/** Opens the socket of one family. Throws StartError. */
export const openIcmpSocket = (options: IcmpSocketOptions): IcmpSocket => {
  const { family } = options;
  let socket: Socket;
  let descriptor: SocketDescriptor | null;
  try {
    [socket, descriptor] = withDescriptor(() => raw.createSocket(family));
  } catch (error) {
    throw openError(error, family);
  }
  if (descriptor === null || !closeOnExec(descriptor.fd)) {
    refuseChildren('no program can be started here: it would inherit the raw sockets');
  }
  try {
    setSocketOptions(socket.wrap, options);
    const outgoing = options.interface === undefined ? null : sendBy(options.interface, family, socket, descriptor);
    return new RawIcmpSocket(options, socket, descriptor, outgoing);
  } catch (error) {
    socket.wrap.close();
    throw error;
  }
};

const sendBy = (
  name: string,
  family: Family,
  { wrap }: Socket,
  descriptor: SocketDescriptor | null,
): OutgoingInterface | null => {
  if (descriptor !== null && knowsInterfaces()) return new OutgoingInterface(wrap, family, descriptor.fd, name);
  bindToInterface(wrap, name);
  return null;
};
