// The harness itself, with iputils ping as the client: namespaces, responder and log say the same.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { pairFor, responderFor, withoutNetns } from '../support/netns-suite.js';
import { expectedState, reply } from '../support/responder-script.js';
import type { Step } from '../support/responder-script.js';

const run = promisify(execFile);

const pingInside = async (namespace: string, ...args: string[]): Promise<string> => {
  const done = await run('ip', ['netns', 'exec', namespace, 'ping', '-n', ...args]).catch((error: unknown) => error);
  return (done as { stdout: string }).stdout;
};

describe.skipIf(withoutNetns).concurrent('the scripted responder', () => {
  it('answers, drops, delays, duplicates and reports errors over IPv4 as scripted', async (test) => {
    const pair = pairFor(test, 2);
    const [first = '', second = ''] = pair.far4;
    const script: Step[] = [[reply()], [], [reply(150)], [reply(), reply(20)], [{ kind: 'error', icmp: [3, 13] }]];
    const responder = await responderFor(test, pair, { addresses: { [first]: script } });
    const out = await pingInside(pair.near, '-c', '5', '-i', '0.2', '-W', '1', first);
    expect(out).toMatch(/icmp_seq=1 ttl=64 time=\d+(\.\d+)? ms/);
    expect(out).not.toMatch(/icmp_seq=2 /);
    expect(out).toMatch(/icmp_seq=3 ttl=64 time=1[5-9]\d/);
    expect(out).toMatch(/icmp_seq=4 .*DUP/);
    expect(out).toMatch(/icmp_seq=5 Packet filtered/);
    const requests = responder.requests();
    expect(requests.map((line) => line.seq16)).toEqual([1, 2, 3, 4, 5]);
    expect(requests.map((line) => line.to)).toEqual(Array(5).fill(first));
    expect(requests.map((line) => expectedState(line.step, 1000))).toEqual([
      'answered',
      'lost',
      'answered',
      'answered',
      'unreachable',
    ]);
    // The far kernel itself answers nothing.
    expect(await pingInside(pair.near, '-c', '1', '-W', '0.3', second)).toMatch(/ 0 received/);
  });

  it('finds which of its IPv6 addresses was asked, and answers from it', async (test) => {
    const pair = pairFor(test, 3);
    const [first = '', second = '', third = ''] = pair.far6;
    const responder = await responderFor(test, pair, {
      addresses: {
        [first]: [[reply()]],
        [second]: [[{ kind: 'error', icmp: [1, 3], source: pair.router6 }]],
        [third]: [[{ kind: 'bad-checksum' }]],
      },
    });
    const [one, two, three] = await Promise.all(
      [first, second, third].map((to) => pingInside(pair.near, '-c', '3', '-i', '0.1', '-W', '0.5', to)),
    );
    expect(one).toMatch(/3 received/);
    expect(two).toMatch(new RegExp(`From ${pair.router6} icmp_seq=1 Destination unreachable: Address unreachable`));
    expect(three).toMatch(/ 0 received/);
    expect(responder.requests()).toHaveLength(9);
  });

  it('takes routes and links away and gives them back', async (test) => {
    const pair = pairFor(test, 1);
    pair.kernelAnswers(true);
    const to = [pair.far4[0] ?? '', pair.far6[0] ?? ''];
    const works = async (): Promise<boolean[]> =>
      Promise.all(
        to.map(async (address) => / 1 received/.test(await pingInside(pair.near, '-c', '1', '-W', '1', address))),
      );
    expect(await works()).toEqual([true, true]);
    pair.linkDown();
    expect(await works()).toEqual([false, false]);
    pair.linkUp();
    expect(await works()).toEqual([true, true]);
    pair.deleteRoutes();
    expect(await works()).toEqual([false, false]);
    pair.restoreRoutes();
    expect(await works()).toEqual([true, true]);
  });
});
