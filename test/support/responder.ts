// A program that answers echo requests by a script, for namespaces whose kernel was told to ignore them:
//   node responder.js SCRIPT.json LOG.jsonl
// Prints "ready" once it listens. Ends when its stdin closes, so that it never outlives the test that started it.
// Delays are good to about a millisecond; whoever needs the truth about time captures packets or reads the log.

import { openSync, readFileSync, writeSync } from 'node:fs';
import { icmpMessage, ipv4Packet, ipv6Packet, parseRequest4, parseRequest6, seal } from './icmp-wire.js';
import type { EchoRequest, Family } from './icmp-wire.js';
import { openRawIcmp } from './raw-icmp.js';
import type { Emission, LogLine, ResponderScript, Step } from './responder-script.js';

const [scriptPath = '', logPath = ''] = process.argv.slice(2);
const script = JSON.parse(readFileSync(scriptPath, 'utf8')) as ResponderScript;
const log = openSync(logPath, 'a');
const now = (): number => performance.timeOrigin + performance.now();
const record = (line: LogLine): void => void writeSync(log, `${JSON.stringify(line)}\n`);

const own6 = Object.keys(script.addresses).filter((address) => address.includes(':'));
const own4 = Object.keys(script.addresses).filter((address) => !address.includes(':'));
const asked = new Map<string, number>();

const nextStep = (request: EchoRequest): Step => {
  const client = `${request.destination} ${request.id}`;
  const n = asked.get(client) ?? 0;
  asked.set(client, n + 1);
  const steps = script.addresses[request.destination] ?? [];
  return steps[n % steps.length] ?? [];
};

const invert = (bytes: Uint8Array): void => {
  for (const [i, byte] of bytes.entries()) bytes[i] = ~byte;
};

const payloadOf = (request: EchoRequest, emission: Emission): Buffer => {
  const payload = Buffer.from(request.payload);
  switch (emission.kind) {
    case 'truncated':
      return payload.subarray(0, emission.bytes ?? 64);
    case 'altered':
      invert(payload.subarray(...(emission.range ?? [0, 8])));
      return payload;
    case 'forged':
      return payload.fill(0x2a);
    default:
      return payload;
  }
};

/** The whole IP packet that this emission puts on the wire. */
const build = (request: EchoRequest, emission: Emission): Buffer => {
  const { family, destination, source: client, seq16 } = request;
  const from = emission.source ?? destination;
  const [type, code] = emission.icmp ?? [family === 4 ? 3 : 1, family === 4 ? 1 : 3];
  const id = emission.kind === 'wrong-id' ? request.id ^ 0x5555 : request.id;
  const message =
    emission.kind === 'error'
      ? // RFC 792: the internet header plus 64 bits; RFC 4443 quotes as much as fits.
        icmpMessage(type, code, 0, family === 4 ? request.packet.subarray(0, 28) : request.packet)
      : icmpMessage(family === 4 ? 0 : 129, 0, id * 0x1_0000 + seq16, payloadOf(request, emission));
  seal(family, message, from, client, emission.kind === 'bad-checksum');
  return family === 4 ? ipv4Packet(from, client, message) : ipv6Packet(from, client, message);
};

const answer = (request: EchoRequest): void => {
  const step = nextStep(request);
  const { destination: to, source: from, id, seq16, payload } = request;
  const whole = payload.length >= 16;
  const emit = (emission: Emission): void => {
    const line: LogLine = { type: 'emitted', at: now(), to, id, seq16, kind: emission.kind };
    try {
      sockets[request.family]?.send(build(request, emission), from);
      record(line);
    } catch (error) {
      record({ ...line, error: String(error) });
    }
  };
  const at = now();
  for (const emission of step) {
    if (emission.after) setTimeout(emit, emission.after, emission);
    else emit(emission);
  }
  record({
    type: 'request',
    at,
    to,
    from,
    id,
    seq16,
    sizeBytes: payload.length,
    endpoint: whole ? payload.readUInt16BE(8) : null,
    seq: whole ? payload.readUIntBE(10, 6) : null,
    step,
  });
};

const accept = (request: EchoRequest | null): void => {
  if (request && script.addresses[request.destination]) answer(request);
};
const sockets: Partial<Record<Family, ReturnType<typeof openRawIcmp>>> = {};
if (own4.length > 0) sockets[4] = openRawIcmp(4, (packet) => accept(parseRequest4(packet)));
if (own6.length > 0) sockets[6] = openRawIcmp(6, (message, source) => accept(parseRequest6(message, source, own6)));

process.stdin.on('end', () => process.exit(0)).resume();
process.stdout.write('ready\n');
