// Whose fault it is, in a home, its provider and the world with losses made by nftables: a chain for each case, all at once.

import { once } from 'node:events';
import { describe, it } from 'vitest';
import type { ExpectStatic, TestContext } from 'vitest';
import type { VerdictLine } from '../../src/record/lines/line-format.js';
import { chainFor } from '../support/chain.js';
import type { Chain } from '../support/chain.js';
import { withoutNetns } from '../support/netns-suite.js';
import { pingemProgram, rootEnvironment } from '../support/pingem-run.js';

const TEST_MS = 80_000;
/** The provider's router is asked once a second: what it doesn't lose is told by some twenty answers. */
const WITHIN_MS = 40_000;

type Watched = {
  verdicts: VerdictLine[];
  /** Resolves with the first verdict of which that is true, null after so long without one. */
  first: (isWanted: (verdict: VerdictLine) => boolean) => Promise<VerdictLine | null>;
  end: () => Promise<void>;
};

const watch = (chain: Chain, args: readonly string[]): Watched => {
  const child = chain.pair.spawnNear([process.execPath, pingemProgram, '--json', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: rootEnvironment(),
  });
  const verdicts: VerdictLine[] = [];
  let rest = '';
  let tell: () => void = () => {};
  child.stdout?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('{"type":"verdict"')) continue;
      verdicts.push(JSON.parse(line) as VerdictLine);
      tell();
    }
  });
  const closed = once(child, 'close');
  return {
    verdicts,
    first: (isWanted) =>
      new Promise((resolve) => {
        const found = () => verdicts.find(isWanted) ?? null;
        const timer = setTimeout(() => resolve(found()), WITHIN_MS);
        tell = () => {
          if (found() === null) return;
          clearTimeout(timer);
          resolve(found());
        };
        tell();
      }),
    end: async () => {
      child.kill('SIGINT');
      await closed;
    },
  };
};

const labels = ({ evidence }: VerdictLine, part: string): string[] =>
  evidence.endpoints.filter((one) => one.part === part).map(({ label }) => label);

const blamed = async (
  test: TestContext & { expect: ExpectStatic },
  args: readonly string[],
  fault: (chain: Chain) => void,
  prepare: (chain: Chain) => void = () => {},
): Promise<VerdictLine> => {
  const { expect } = test;
  const chain = chainFor(test);
  prepare(chain);
  const run = watch(chain, args);
  await run.first(({ code }) => code !== 'starting');
  fault(chain);
  const verdict = await run.first(({ code }) => code !== 'starting' && code !== 'fine');
  await run.end();
  expect(run.verdicts.slice(0, 2).map(({ code }) => code)).toEqual(['starting', 'fine']);
  expect(verdict, 'somebody is blamed within 40 s').not.toBeNull();
  return verdict as VerdictLine;
};

describe.skipIf(withoutNetns).concurrent('a fifth of all packets lost', () => {
  it('at the gateway, to it and through it: local', { timeout: TEST_MS }, async (test) => {
    const { expect } = test;
    const verdict = await blamed(test, [], (chain) => chain.drop('gateway', ['input', 'forward'], 20));
    expect(verdict.code).toBe('local');
    expect(labels(verdict, 'blamed')).toContain('@gateway');
  });

  it('behind the gateway: provider', { timeout: TEST_MS }, async (test) => {
    const { expect } = test;
    const verdict = await blamed(test, [], (chain) => chain.drop('gateway', ['forward'], 20));
    expect(verdict.code).toBe('provider');
    expect(labels(verdict, 'cleared')).toContain('@gateway');
  });

  it('behind the provider: beyond', { timeout: TEST_MS }, async (test) => {
    const { expect } = test;
    const verdict = await blamed(test, [], (chain) => chain.drop('provider', ['forward'], 20));
    expect(verdict.code).toBe('beyond');
    expect(labels(verdict, 'cleared')).toContain('@gateway');
  });

  it('at one far host: host', { timeout: TEST_MS }, async (test) => {
    const { expect } = test;
    const verdict = await blamed(test, [], (chain) => chain.drop('internet', ['input'], 20, '9.9.9.9'));
    expect(verdict.code).toBe('host');
    expect(labels(verdict, 'blamed')).toEqual(['@internet2 (Quad9)']);
  });

  it('a router that is asked faster than it answers is acquitted', { timeout: TEST_MS }, async (test) => {
    const { expect } = test;
    const verdict = await blamed(
      test,
      ['@gateway', '@provider,interval=0.1', '@internet', '@internet2'],
      (chain) => chain.drop('internet', ['input'], 20, '9.9.9.9'),
      // The kernel's own: see icmp(7).
      (chain) => chain.sysctl('provider', 'net.ipv4.icmp_ratelimit=1000'),
    );
    expect(verdict.code).toBe('host');
    expect(labels(verdict, 'acquitted')).toEqual(['@provider']);
    const provider = verdict.evidence.endpoints.find(({ label }) => label === '@provider');
    expect(provider?.share).toBeGreaterThan(0.5);
  });

  it('the same of a hop, in words', { timeout: TEST_MS }, async (test) => {
    const { expect } = test;
    const verdict = await blamed(
      test,
      ['@internet', '@internet2', '--path', '@internet,interval=0.1'],
      (chain) => chain.drop('internet', ['input'], 20, '9.9.9.9'),
      (chain) => chain.sysctl('provider', 'net.ipv4.icmp_ratelimit=1000'),
    );
    expect(verdict.code).toBe('host');
    expect(labels(verdict, 'acquitted')).toEqual(['hop 2']);
  });
});
