// Compares what a record says of each slot with what the responder logged of it. Every difference is one line of text; no
// difference is an empty list.

import type { Slot } from './pingem-run.js';
import { expectedState, isGenuine } from './responder-script.js';
import type { EmittedLine, LogLine, RequestLine } from './responder-script.js';

/** An RTT may exceed the responder's own delay by the way there and back on two busy cores, and can't fall below it. */
const RTT_SLACK_MS = 100;
const CLOCK_SLACK_MS = 0.5;

const key = (line: { to: string; id: number; seq16: number }): string => `${line.to} ${line.id} ${line.seq16}`;

/** When the first genuine reply to each request left. */
const firstGenuine = (log: readonly LogLine[]): Map<string, EmittedLine> => {
  const first = new Map<string, EmittedLine>();
  for (const line of log) {
    if (line.type !== 'emitted' || !isGenuine(line) || line.error !== undefined) continue;
    if (!first.has(key(line))) first.set(key(line), line);
  }
  return first;
};

const differenceOf = (
  slot: Slot,
  request: RequestLine,
  left: EmittedLine | undefined,
  timeoutMs: number,
): string | null => {
  const expected = expectedState(request.step, timeoutMs);
  if (slot.state !== expected) return `should be ${expected}, is ${slot.state}`;
  if (slot.rtt === null) return null;
  const delay = (left?.at ?? 0) - request.at;
  const extra = slot.rtt - delay;
  if (extra < -CLOCK_SLACK_MS || extra > RTT_SLACK_MS) return `RTT ${slot.rtt} ms, but the responder took ${delay} ms`;
  return null;
};

/**
 * Slot by slot, one endpoint. Requests that never came to the responder are fine only where the record says unsent;
 * sequences are compared as the 48 bits of the payload.
 */
export const slotDifferences = (
  slots: readonly Slot[],
  log: readonly LogLine[],
  endpoint: { id: number; address: string },
  timeoutMs: number,
): string[] => {
  const left = firstGenuine(log);
  const requests = new Map<number | null, RequestLine>();
  const differences: string[] = [];
  const say = (seq: number | null, text: string): void =>
    void differences.push(`${endpoint.address} slot ${seq}: ${text}`);
  for (const line of log) {
    if (line.type !== 'request' || line.to !== endpoint.address) continue;
    if (line.endpoint !== endpoint.id) say(line.seq, `carries endpoint ${line.endpoint}`);
    if (requests.has(line.seq)) say(line.seq, 'was sent twice');
    requests.set(line.seq, line);
  }
  for (const slot of slots) {
    const request = requests.get(slot.seq);
    requests.delete(slot.seq);
    if (!request) {
      if (slot.state !== 'unsent') say(slot.seq, `is ${slot.state}, but the responder never saw it`);
      continue;
    }
    const difference = differenceOf(slot, request, left.get(key(request)), timeoutMs);
    if (difference) say(slot.seq, difference);
  }
  for (const seq of requests.keys()) say(seq, 'came to the responder but is not in the record');
  return differences;
};

/** How many genuine replies the responder sent beyond the first to each request. */
export const duplicatesSent = (log: readonly LogLine[]): number => {
  const genuine = log.filter((line) => line.type === 'emitted' && isGenuine(line) && line.error === undefined).length;
  return genuine - firstGenuine(log).size;
};

/** How many packets it sent that bear the client's identifier and are no genuine reply and no error. */
export const impostorsSent = (log: readonly LogLine[]): number => {
  const impostors = new Set(['bad-checksum', 'altered', 'forged', 'wrong-source']);
  return log.filter((line) => line.type === 'emitted' && impostors.has(line.kind) && line.error === undefined).length;
};
