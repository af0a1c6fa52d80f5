// --on-episode by the real program: a host that goes down and comes back is told of, to a command that has nothing of ours
// but what happened, and nothing else is run, whatever the label says. Nobody is left when the program has ended.

import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import { pairFor, withoutNetns } from '../support/netns-suite.js';
import { startPingem } from '../support/pingem-run.js';

const TEST_MS = 60_000;
const SOON = { timeout: 20_000, interval: 50 };
const NOBODY = '65534';

/** What a command was given, by event. */
class Witness {
  readonly folder = mkdtempSync(join(tmpdir(), 'pingem-witness-'));
  readonly command = join(this.folder, 'command.sh');

  constructor(test: TestContext) {
    chmodSync(this.folder, 0o777);
    const lines = [
      '#!/bin/sh',
      `cd ${this.folder}`,
      'ls -l /proc/self/fd > fds.$PINGEM_EVENT',
      'cat /proc/self/status > status.$PINGEM_EVENT',
      'echo "said to stdout"; echo "said to stderr" >&2',
      'env > env.part; mv env.part env.$PINGEM_EVENT',
      '[ $PINGEM_EVENT = begin ] && exit 0',
      'sleep 1000 & echo $! > left; wait',
    ];
    writeFileSync(this.command, `${lines.join('\n')}\n`, { mode: 0o755 });
    test.onTestFinished(() => rmSync(this.folder, { recursive: true }));
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }
}

/** One that is dead but for a parent that doesn't ask counts as dead. */
const isAlive = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
};

describe.skipIf(withoutNetns).concurrent('--on-episode', () => {
  it(
    'tells a command, and nobody but it, of an episode and of its end',
    async (test) => {
      const pair = pairFor(test, 3);
      pair.kernelAnswers(true);
      const witness = new Witness(test);
      const [a = '', b = '', c = ''] = pair.far4;
      const { folder } = witness;
      const hostile = `$(touch ${folder}/x)"'\n\`touch ${folder}/y\`; touch ${folder}/z`;
      const command = `${witness.command} '$(touch ${folder}/v)'`;
      const quick = ['-i', '0.05', '-W', '0.3', '--text', '--user', 'nobody'];
      const run = startPingem(pair, [...quick, '--on-episode', command, a, b, `${hostile}=${c}`]);
      const recorded = (): number => (existsSync(run.recordPath) ? readFileSync(run.recordPath, 'utf8').length : 0);
      await test.expect.poll(recorded, SOON).toBeGreaterThan(10_000);

      pair.ipFar('addr', 'del', `${c}/24`, 'dev', 'eth0');
      await test.expect.poll(() => witness.has('env.begin'), SOON).toBe(true);
      pair.ipFar('addr', 'add', `${c}/24`, 'dev', 'eth0');
      await test.expect.poll(() => witness.has('env.end') && witness.has('left'), SOON).toBe(true);

      const label = `$(touch ${folder}/x)"' \`touch ${folder}/y\`; touch ${folder}/z`;
      const begin = witness.read('env.begin').split('\n');
      expect(begin).toContain('PINGEM_CODE=host');
      expect(begin).toContain(`PINGEM_ENDPOINTS=${label}`);
      expect(begin.find((line) => line.startsWith('PINGEM_TEXT='))).toContain(label);
      expect(begin.find((line) => line.startsWith('PINGEM_SINCE='))).toMatch(/^PINGEM_SINCE=\d{4}-\d\d-\d\dT/);
      expect(begin.find((line) => line.startsWith('PINGEM_LOSS='))).toMatch(/^PINGEM_LOSS=[01]\.\d{4}$/);
      expect(begin.some((line) => line.startsWith('PINGEM_P50='))).toBe(true);
      expect(witness.read('env.end')).toContain('PINGEM_EVENT=end\n');

      const status = witness.read('status.begin');
      expect(status).toMatch(new RegExp(`^Uid:\\s+${NOBODY}\\s+${NOBODY}\\s+${NOBODY}\\s+${NOBODY}$`, 'm'));
      for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapAmb']) {
        expect(status).toMatch(new RegExp(`^${set}:\\s+0+$`, 'm'));
      }
      // Its three, and the folder that ls itself reads.
      const links = [...witness.read('fds.begin').matchAll(/(\d+) -> (.*)$/gm)].map(([, fd, to]) => `${fd} ${to}`);
      expect(links.map((link) => link.replace(/\/proc\/\d+/, '/proc/self'))).toEqual([
        '0 /dev/null',
        `1 ${folder}/fds.begin`,
        '2 /dev/null',
        '3 /proc/self/fd',
      ]);

      const left = Number(witness.read('left'));
      expect(isAlive(left)).toBe(true);
      run.child.kill('SIGINT');
      const { stdout, stderr, record } = await run.ended;
      await test.expect.poll(() => isAlive(left), SOON).toBe(false);
      expect(`${stdout}${stderr}`).not.toContain('said to');
      expect(record.lines.filter(({ type }) => type === 'episode')).toMatchObject([{ code: 'host', endpoints: [2] }]);
      const made = readdirSync(folder).sort();
      expect(made).toEqual(
        ['command.sh', 'env.begin', 'env.end', 'fds.begin', 'fds.end', 'left', 'status.begin', 'status.end'].sort(),
      );
    },
    TEST_MS,
  );

  it(
    'is quiet of what is not asked for, and says what the command did wrong',
    async (test) => {
      const pair = pairFor(test, 3);
      pair.kernelAnswers(true);
      const witness = new Witness(test);
      const quick = ['-i', '0.05', '-W', '0.3', '--text'];
      const others = startPingem(pair, [
        ...quick,
        '--on-episode',
        witness.command,
        '--alert-on',
        'local,provider',
        ...pair.far4,
      ]);
      const failing = startPingem(pair, [...quick, '--on-episode', '/bin/false', ...pair.far4]);
      const recorded = (): number =>
        existsSync(failing.recordPath) ? readFileSync(failing.recordPath, 'utf8').length : 0;
      await test.expect.poll(recorded, SOON).toBeGreaterThan(10_000);
      pair.ipFar('addr', 'del', `${pair.far4[2]}/24`, 'dev', 'eth0');
      let said = '';
      failing.child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
      await test.expect.poll(() => said, SOON).toContain('pingem: --on-episode /bin/false failed (exit status 1)\n');
      for (const { child } of [others, failing]) child.kill('SIGINT');
      const { record } = await others.ended;
      await failing.ended;
      expect(record.lines.filter(({ type }) => type === 'episode')).toMatchObject([{ code: 'host' }]);
      expect(witness.has('env.begin')).toBe(false);
    },
    TEST_MS,
  );
});
