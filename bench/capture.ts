// tcpdump beside a run, at the near end of the veth.

import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NetPair } from '../test/support/netns.js';
import { readWirePairs } from './pcap.js';
import type { WirePair } from './pcap.js';

/** tcpdump gets packets in blocks, which the kernel hands over once a second at the latest. */
const FLUSH_MS = 1200;

export const startCapture = async (pair: NetPair): Promise<{ stop(): Promise<WirePair[]> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'pingem-capture-'));
  const path = join(folder, 'capture.pcap');
  const options = ['--time-stamp-precision=nano', '-U', '-B', '8192', '-s', '128', '-i', 'eth0', '-w', path];
  // -Z root: it would give up root before it opens the file, which lies in a folder of ours.
  const child = pair.spawnNear(['tcpdump', ...options, '-Z', 'root', 'icmp'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'exit');
  let said = '';
  await new Promise<void>((done, failed) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('listening on')) done();
    });
    child.once('exit', () => failed(new Error(`tcpdump: ${said}`)));
    child.once('error', failed);
  });
  return {
    stop: async () => {
      await sleep(FLUSH_MS);
      child.kill('SIGINT');
      await ended;
      const dropped = Number(/(\d+) packets? dropped by kernel/.exec(said)?.[1] ?? 0);
      if (dropped > 0) throw new Error(`tcpdump dropped ${dropped} packets`);
      const pairs = readWirePairs(readFileSync(path));
      rmSync(folder, { recursive: true, force: true });
      return pairs;
    },
  };
};
