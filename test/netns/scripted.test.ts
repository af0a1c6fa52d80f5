// Eight endpoints at once, each with its own vice, against the real program: every slot of the record is what the
// responder's log says truly happened. PINGEM_FULL=1 runs the 30 s of the acceptance list instead of 10.

import { describe, expect, it } from 'vitest';
import { pairFor, responderFor, withoutNetns } from '../support/netns-suite.js';
import { startPingem } from '../support/pingem-run.js';
import { eightScripts } from '../support/scripted-endpoints.js';
import { duplicatesSent, impostorsSent, slotDifferences } from '../support/slot-truth.js';

const RATE = 10;
const count = (process.env['PINGEM_FULL'] ? 30 : 10) * RATE;
const TIMEOUT_MS = 1000;
const WHOLE_TEST_MS = 90_000;

describe.skipIf(withoutNetns).concurrent('eight scripted endpoints at once, slot by slot', () => {
  it.for([4, 6] as const)('over IPv%i', { timeout: WHOLE_TEST_MS }, async (family, test) => {
    const pair = pairFor(test, 8);
    const addresses = family === 4 ? pair.far4 : pair.far6;
    const router = family === 4 ? pair.router4 : pair.router6;
    const scripts = eightScripts({ router, neighbour: addresses[0] ?? '', family, count, rate: RATE });
    const responder = await responderFor(test, pair, {
      addresses: Object.fromEntries(addresses.map((address, n) => [address, scripts[n] ?? []])),
    });
    // 100 payload bytes, so that a reply cut to 64 is a different packet.
    const args = ['-i', '0.1', '-W', '1', '-s', '100', '-c', String(count), ...addresses];
    const { code, record, stderr } = await startPingem(pair, args).ended;
    const log = responder.log();

    expect(
      addresses.flatMap((address, id) => slotDifferences(record.slots[id] ?? [], log, { id, address }, TIMEOUT_MS)),
    ).toEqual([]);
    expect(record.slots.map((slots) => slots.length)).toEqual(addresses.map(() => count));
    expect(log.filter((line) => line.type === 'emitted' && line.error !== undefined)).toEqual([]);
    expect(record.duplicates).toBe(duplicatesSent(log));
    // A wrong ICMPv6 checksum is the kernel's to drop (RFC 4443, 2.3); it never comes to a raw socket.
    const unseen =
      family === 4 ? 0 : log.filter((line) => line.type === 'emitted' && line.kind === 'bad-checksum').length;
    expect(record.rejected).toBe(impostorsSent(log) - unseen);
    expect(record.outages.map((outage) => outage.endpoint)).toEqual([1]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});
