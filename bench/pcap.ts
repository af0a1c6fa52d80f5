// Reads what tcpdump wrote (pcap with nanoseconds, Ethernet) and pairs echo requests with their first replies. These are
// the kernel's times at the device: the truth that reported RTTs are compared with.

export type WirePair = {
  id: number;
  seq16: number;
  to: string;
  /** Milliseconds since the epoch, with the capture's nanoseconds as far as a double carries them (0.2 us). */
  requestAt: number;
  /** Milliseconds from request to first reply, exact to the nanosecond; null where none was captured. */
  rtt: number | null;
};

const MAGIC_NANOSECONDS = 0xa1b23c4d;
const FILE_HEADER = 24;
const PACKET_HEADER = 16;
const ETHERNET_HEADER = 14;

type Echo = { reply: boolean; id: number; seq16: number; source: string; destination: string };

const parseEcho = (frame: Buffer): Echo | null => {
  if (frame.readUInt16BE(12) !== 0x0800) return null;
  const ip = frame.subarray(ETHERNET_HEADER);
  const icmp = ip.subarray(((ip[0] ?? 0) & 0x0f) * 4);
  if (ip[9] !== 1 || icmp.length < 8 || (icmp[0] !== 0 && icmp[0] !== 8)) return null;
  return {
    reply: icmp[0] === 0,
    id: icmp.readUInt16BE(4),
    seq16: icmp.readUInt16BE(6),
    source: ip.subarray(12, 16).join('.'),
    destination: ip.subarray(16, 20).join('.'),
  };
};

/** In order of the requests. A sequence that comes round again (65,536 requests later) starts a new pair. */
export const readWirePairs = (file: Buffer): WirePair[] => {
  if (file.readUInt32LE(0) !== MAGIC_NANOSECONDS) throw new Error('not a little-endian pcap file with nanoseconds');
  const pairs: WirePair[] = [];
  const open = new Map<string, { pair: WirePair; seconds: number; nanos: number }>();
  for (let at = FILE_HEADER; at + PACKET_HEADER <= file.length;) {
    const seconds = file.readUInt32LE(at);
    const nanos = file.readUInt32LE(at + 4);
    const length = file.readUInt32LE(at + 8);
    const frame = file.subarray(at + PACKET_HEADER, at + PACKET_HEADER + length);
    at += PACKET_HEADER + length;
    const echo = frame.length > ETHERNET_HEADER ? parseEcho(frame) : null;
    if (!echo) continue;
    const key = `${echo.reply ? echo.source : echo.destination} ${echo.id} ${echo.seq16}`;
    if (!echo.reply) {
      const { id, seq16, destination: to } = echo;
      const pair: WirePair = { id, seq16, to, requestAt: seconds * 1000 + nanos / 1e6, rtt: null };
      pairs.push(pair);
      open.set(key, { pair, seconds, nanos });
      continue;
    }
    const request = open.get(key);
    if (request && request.pair.rtt === null) {
      request.pair.rtt = (seconds - request.seconds) * 1000 + (nanos - request.nanos) / 1e6;
    }
  }
  return pairs;
};
