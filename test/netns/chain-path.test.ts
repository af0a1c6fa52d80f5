// The path to a host through real routers: as mtr sees it, and as it changes. The tests take turns with nobody: each has
// a chain of its own.

import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from 'vitest';
import { CHAIN, chainFor } from '../support/chain.js';
import { withoutNetns } from '../support/netns-suite.js';
import { startPingem } from '../support/pingem-run.js';
import type { PingemRecord } from '../support/pingem-run.js';

const TEST_MS = 60_000;

const hasMtr = (): boolean => {
  try {
    execFileSync('mtr', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    if (process.env['CI'] === 'true') throw new Error('CI=true, and mtr is missing: apt install mtr-tiny');
    process.stderr.write('SKIPPED: the path as mtr sees it needs mtr (apt install mtr-tiny)\n');
    return false;
  }
};

/** Who answers at each distance, by mtr. */
const mtrHops = async (namespace: string, family: 4 | 6, target: string): Promise<string[]> => {
  const args = ['netns', 'exec', namespace, 'mtr', '-n', '-r', '-c', '2', '-i', '1', `-${family}`, target];
  const { stdout } = await promisify(execFile)('ip', args);
  return stdout.split('\n').flatMap((line) => /^\s*\d+\.\|--\s+(\S+)/.exec(line)?.[1] ?? []);
};

type Address = { hop: number; address: string; before: string | null };

/** In order of the record: who answered for which hop; the host as hop 0. */
const addresses = ({ lines, session }: PingemRecord): Address[] => {
  const hops = new Map(session.endpoints.map(({ id }) => [id, 0]));
  return lines.flatMap((line): Address[] => {
    if (line.type === 'endpoint') hops.set(line.id, line.hop ?? 0);
    if (line.type !== 'address') return [];
    return [{ hop: hops.get(line.endpoint) ?? 0, address: line.address, before: line.before ?? null }];
  });
};

describe.skipIf(withoutNetns).concurrent('the path', () => {
  describe.skipIf(!withoutNetns && !hasMtr()).concurrent('hop by hop', () => {
    it.for([4, 6] as const)('IPv%i: is what mtr -n says', { timeout: TEST_MS }, async (family, test) => {
      const { expect } = test;
      const chain = chainFor(test);
      const [target] = CHAIN[`internet${family}`];
      const [{ code, record, stderr }, seen] = await Promise.all([
        startPingem(chain.pair, ['path', target, '-w', '5', '-n']).ended,
        mtrHops(chain.name('client'), family, target),
      ]);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      const hops = addresses(record).toSorted((a, b) => a.hop - b.hop);
      expect(hops.map(({ hop }) => hop)).toEqual([1, 2]);
      expect([...hops.map(({ address }) => address), target]).toEqual(seen);
      expect(seen).toEqual([CHAIN[`gateway${family}`], CHAIN[`provider${family}`], target]);
      const watched = record.lines.filter((line) => line.type === 'endpoint');
      expect(watched.map(({ kind, interval }) => [kind, interval])).toEqual([
        ['hop', 1],
        ['hop', 1],
      ]);
      for (const slots of record.slots) {
        const states = slots.map(({ state }) => state).filter((state) => state !== 'in-flight');
        expect(states.length).toBeGreaterThanOrEqual(3);
        expect(new Set(states)).toEqual(new Set(['answered']));
      }
      expect(record.rejected).toBe(0);
    });
  });

  it.for([4, 6] as const)('IPv%i: another route is an event, and said', { timeout: TEST_MS }, async (family, test) => {
    const { expect } = test;
    const chain = chainFor(test);
    const [target] = CHAIN[`internet${family}`];
    const run = startPingem(chain.pair, ['path', target, '-w', '11', '-i', '0.5', '-n']);
    await sleep(4_000);
    chain.detour();
    const { record, stdout } = await run.ended;
    const [provider, detour] = [CHAIN[`provider${family}`], CHAIN[`detour${family}`]];
    expect(addresses(record).filter(({ hop }) => hop === 2)).toEqual([
      { hop: 2, address: provider, before: null },
      { hop: 2, address: detour, before: provider },
    ]);
    expect(addresses(record).filter(({ hop }) => hop === 1)).toHaveLength(1);
    expect(stdout).toMatch(new RegExp(` route +hop 2 +${provider} to ${detour}\\n`));
    expect(record.rejected).toBe(0);
  });

  it('beside other endpoints, by their label', { timeout: TEST_MS }, async (test) => {
    const { expect } = test;
    const chain = chainFor(test);
    const run = startPingem(chain.pair, ['9.9.9.9', 'game=1.1.1.1', '--path', 'game', '-w', '4', '-n']);
    const { record } = await run.ended;
    const watched = record.lines.filter((line) => line.type === 'endpoint');
    expect(watched.map(({ label, target, hop }) => [label, target, hop])).toEqual([
      ['hop 1', '1.1.1.1', 1],
      ['hop 2', '1.1.1.1', 2],
    ]);
    expect(record.session.endpoints.map(({ interval }) => interval)).toEqual([0.2, 0.2]);
  });

  it('where the default route has no next hop, that is said', { timeout: TEST_MS }, async (test) => {
    const { expect } = test;
    const chain = chainFor(test);
    // As over PPP: whoever is at the other end takes everything.
    chain.sysctl('gateway', 'net.ipv4.conf.in.proxy_arp=1');
    chain.run('client', 'ip', 'route', 'replace', 'default', 'dev', 'out');
    const { record, stdout } = await startPingem(chain.pair, ['-4', '-w', '8']).ended;
    expect(new Set(record.slots[0]?.map(({ state, error }) => `${state} ${error}`))).toEqual(
      new Set(['unsent EDESTADDRREQ']),
    );
    expect(stdout).toContain('no next hop, as through a VPN (EDESTADDRREQ)');
    expect(stdout).toMatch(/verdict: all fine, since .* \(@gateway: the default route has no next hop/);
    for (const id of [1, 2, 3]) expect(record.slots[id]?.some(({ state }) => state === 'answered')).toBe(true);
  });
});
