// Whose config file is read, and with whose rights: the program started as sudo would start it, in both ways of giving
// root up, and files that somebody has put there to get at something.

import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../support/responder-client.js';

const privileged = process.getuid?.() === 0;
if (!privileged) {
  if (process.env['CI'] === 'true') throw new Error('CI=true, and being somebody else needs root');
  process.stderr.write('SKIPPED: tests of whose config file is read need root\n');
}

/** A user whom /etc/passwd of the test knows, with a home of its own. */
const [UID, GID] = [54_321, 54_321];

let folder = '';
let home = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-config-'));
  chmodSync(folder, 0o755);
  home = join(folder, 'home');
  mkdirSync(home);
  writeFileSync(join(folder, 'passwd'), `root:x:0:0::/root:/bin/sh\ncaller:x:${UID}:${GID}::${home}:/bin/sh\n`);
  writeFileSync(join(folder, 'group'), `root:x:0:\ncaller:x:${GID}:\n`);
  chownSync(home, UID, GID);
});
afterEach(() => rmSync(folder, { recursive: true }));

const WAYS = { 'by Node': {}, 'by setpriv': { UV_USE_IO_URING: '1' } } as const;

type Way = keyof typeof WAYS;

/** `sudo pingem ...` of that user, in a mount namespace that knows it. The checkout is bound to where all may enter. */
const sudo = (way: Way, args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const mounts = `mount --bind ${folder}/passwd /etc/passwd && mount --bind ${folder}/group /etc/group`;
  const script = `${mounts} && mount --bind ${projectRoot} /mnt && cd ${folder} && exec /mnt/bin/pingem "$@"`;
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', script, 'sh', ...args], {
    encoding: 'utf8',
    timeout: 20_000,
    env: {
      PATH: `${join(process.execPath, '..')}:${process.env['PATH']}`,
      HOME: '/root',
      SUDO_UID: String(UID),
      SUDO_GID: String(GID),
      SUDO_USER: 'caller',
      ...WAYS[way],
      ...env,
    },
  });
  return { status, stdout, stderr, took: performance.now() - began };
};

const write = (path: string, text: string, owner: number): string => {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text, { mode: 0o600 });
  chownSync(path, owner, owner);
  return path;
};

const ownFile = (): string => join(home, '.config/pingem/config.toml');

describe.skipIf(!privileged).each(Object.keys(WAYS) as Way[])('under sudo, root given up %s', (way) => {
  it('the file is that of the user who called sudo, whatever HOME and XDG_CONFIG_HOME say', () => {
    write(ownFile(), 'interval = 0.7', UID);
    const roots = write(join(folder, 'root/pingem/config.toml'), 'interval = 0.9', 0);
    const env = { XDG_CONFIG_HOME: join(roots, '../..') };
    const { status, stdout } = sudo(way, ['config'], env);
    expect(stdout).toMatch(new RegExp(`^interval = 0.7 +# ${ownFile()}:1$`, 'm'));
    expect(status).toBe(0);
  });

  it('XDG_CONFIG_HOME counts where it is that user', () => {
    const path = write(join(home, 'xdg/pingem/config.toml'), 'interval = 0.6', UID);
    chownSync(join(home, 'xdg'), UID, UID);
    const { stdout } = sudo(way, ['config'], { XDG_CONFIG_HOME: join(home, 'xdg') });
    expect(stdout).toContain(`# file: ${path}\n`);
  });

  it('a run obeys it, and its sockets are open', () => {
    write(ownFile(), 'json = true\ncount = 2\ninterval = 0.05\n[groups]\nus = ["lo=127.0.0.1"]', UID);
    const { status, stdout, stderr } = sudo(way, ['@us']);
    expect(stderr).toBe('');
    expect(stdout.split('\n').filter((line) => line.includes('"state":"answered"'))).toHaveLength(2);
    expect(stdout).toContain('"label":"lo"');
    expect(status).toBe(0);
  });

  it.each(['config.toml', '--config'])('what that user may not read gives nothing away: %s', (how) => {
    const secret = write(join(folder, 'shadow'), 'root:$6$secret:1::::::\n', 0);
    const link = how === '--config' ? join(folder, 'link.toml') : ownFile();
    mkdirSync(join(link, '..'), { recursive: true });
    symlinkSync(secret, link);
    const { status, stdout, stderr } = sudo(way, ['config', ...(how === '--config' ? ['--config', link] : [])]);
    expect(stderr).toBe(
      `pingem: the config file ${link} can't be read (EACCES): give --config another one, or --config /dev/null for none\n`,
    );
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('a FIFO, a folder, a file without end and one of 1 GB are one line, at once', () => {
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    chmodSync(fifo, 0o666);
    const large = write(join(folder, 'large'), '', UID);
    truncateSync(large, 2 ** 30);
    for (const [path, why] of [
      [fifo, 'is no file'],
      [home, 'is no file'],
      ['/dev/zero', 'is no file'],
      [large, 'has more than 256 KiB'],
    ] as const) {
      const { status, stderr, took } = sudo(way, ['config', '--config', path]);
      expect(stderr).toMatch(new RegExp(`^pingem: the config file ${path} ${why}: give [^\\n]*\\n$`));
      expect(status).toBe(2);
      expect(took).toBeLessThan(10_000);
    }
  });

  it('the file can’t make pingem stay root, nor become somebody else', () => {
    const ran = join(folder, 'ran');
    write(ownFile(), `user = "root"\non-episode = "touch ${ran}"\ncount = 1`, UID);
    const { status, stderr } = sudo(way, ['127.0.0.1']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^pingem: .*user.*\n$/);
    expect(existsSync(ran)).toBe(false);
  });

  it('a folder that is closed to that user holds nothing for it', () => {
    const hidden = join(folder, 'hidden');
    mkdirSync(hidden, { mode: 0o700 });
    symlinkSync(hidden, join(home, '.config'));
    const { status, stdout } = sudo(way, ['config']);
    expect(stdout).toMatch(/^# no config file: /);
    expect(status).toBe(0);
  });
});
