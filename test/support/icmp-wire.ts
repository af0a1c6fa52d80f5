// The responder's own view of ICMP on the wire (RFC 791, 792, 4443, 8200): reads echo requests, builds replies, errors
// and the IP packets around them. It shares no code with src/probe on purpose: a codec that tests itself proves nothing.

export type Family = 4 | 6;

export type EchoRequest = {
  family: Family;
  source: string;
  destination: string;
  id: number;
  /** icmp_seq, the low 16 bits of the prober's sequence. */
  seq16: number;
  payload: Buffer;
  /** The IP packet as it arrived, for ICMP errors to quote. */
  packet: Buffer;
};

const IPV4_HEADER = 20;
const IPV6_HEADER = 40;
const ICMP_HEADER = 8;
const ICMPV6 = 58;

/** The sixteen-bit one's complement sum of RFC 1071 over the parts in a row; every part but the last is of even length. */
export const internetChecksum = (...parts: readonly Uint8Array[]): number => {
  let sum = 0;
  for (const part of parts) {
    for (let i = 0; i < part.length; i += 2) sum += ((part[i] ?? 0) << 8) | (part[i + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
};

const groups = (text: string | undefined): number[] =>
  text ? text.split(':').map((group) => Number.parseInt(group, 16)) : [];

/** The 4 or 16 bytes of an address in text. A zone (`%eth0`) is ignored; embedded IPv4 is not supported. */
export const addressBytes = (address: string): Buffer => {
  const plain = address.split('%')[0] ?? '';
  if (!plain.includes(':')) return Buffer.from(plain.split('.').map(Number));
  const [head = '', tail] = plain.split('::');
  const left = groups(head);
  const right = groups(tail);
  const all = tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill(0), ...right];
  const bytes = Buffer.alloc(16);
  for (const [index, group] of all.entries()) bytes.writeUInt16BE(group, index * 2);
  return bytes;
};

const dotted = (bytes: Uint8Array): string => [...bytes].join('.');

/** A raw ICMPv4 socket's message, which starts with the IP header. Null for anything but a whole echo request. */
export const parseRequest4 = (packet: Buffer): EchoRequest | null => {
  const headerLength = ((packet[0] ?? 0) & 0x0f) * 4;
  if (packet.length < headerLength + ICMP_HEADER || packet[headerLength] !== 8) return null;
  return {
    family: 4,
    source: dotted(packet.subarray(12, 16)),
    destination: dotted(packet.subarray(16, 20)),
    id: packet.readUInt16BE(headerLength + 4),
    seq16: packet.readUInt16BE(headerLength + 6),
    payload: Buffer.from(packet.subarray(headerLength + ICMP_HEADER)),
    packet: Buffer.from(packet),
  };
};

const pseudoHeader = (source: string, destination: string, length: number): Buffer => {
  const header = Buffer.alloc(IPV6_HEADER);
  addressBytes(source).copy(header, 0);
  addressBytes(destination).copy(header, 16);
  header.writeUInt32BE(length, 32);
  header[39] = ICMPV6;
  return header;
};

/**
 * A raw ICMPv6 socket's message, which has no IP header: the destination is found by trying which of our own addresses
 * makes the checksum right, since the pseudo header holds it (raw-socket offers no IPV6_RECVPKTINFO).
 */
export const parseRequest6 = (message: Buffer, source: string, ownAddresses: readonly string[]): EchoRequest | null => {
  if (message.length < ICMP_HEADER || message[0] !== 128) return null;
  const destination = ownAddresses.find(
    (own) => internetChecksum(pseudoHeader(source, own, message.length), message) === 0,
  );
  if (destination === undefined) return null;
  return {
    family: 6,
    source,
    destination,
    id: message.readUInt16BE(4),
    seq16: message.readUInt16BE(6),
    payload: Buffer.from(message.subarray(ICMP_HEADER)),
    packet: ipv6Packet(source, destination, Buffer.from(message)),
  };
};

/** An ICMP message: type, code, checksum still zero, four bytes of `rest`, body. */
export const icmpMessage = (type: number, code: number, rest: number, body: Uint8Array): Buffer => {
  const message = Buffer.alloc(ICMP_HEADER + body.length);
  message[0] = type;
  message[1] = code;
  message.writeUInt32BE(rest >>> 0, 4);
  message.set(body, ICMP_HEADER);
  return message;
};

/** Fills in the checksum; `bad` makes it wrong by one bit. */
export const seal = (family: Family, message: Buffer, source: string, destination: string, bad: boolean): Buffer => {
  message.writeUInt16BE(0, 2);
  const sum =
    family === 4
      ? internetChecksum(message)
      : internetChecksum(pseudoHeader(source, destination, message.length), message);
  message.writeUInt16BE(bad ? sum ^ 0x0100 : sum, 2);
  return message;
};

/** For a socket with IP_HDRINCL; the kernel fills in the header checksum and the identification (raw(7)). */
export const ipv4Packet = (source: string, destination: string, message: Buffer): Buffer => {
  const header = Buffer.alloc(IPV4_HEADER);
  header[0] = 0x45;
  header.writeUInt16BE(IPV4_HEADER + message.length, 2);
  header[8] = 64;
  header[9] = 1;
  addressBytes(source).copy(header, 12);
  addressBytes(destination).copy(header, 16);
  return Buffer.concat([header, message]);
};

/** For a socket with IPV6_HDRINCL; nothing is filled in by the kernel. */
export const ipv6Packet = (source: string, destination: string, message: Buffer): Buffer => {
  const header = Buffer.alloc(IPV6_HEADER);
  header[0] = 0x60;
  header.writeUInt16BE(message.length, 4);
  header[6] = ICMPV6;
  header[7] = 64;
  addressBytes(source).copy(header, 8);
  addressBytes(destination).copy(header, 24);
  return Buffer.concat([header, message]);
};
