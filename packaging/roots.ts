// Fresh Debian systems to try an installation in: debootstrap's smallest, kept as archives, each unpacked for one use and
// entered with mounts and processes of its own, so that nothing outlives it.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from './project.js';

export type Suite = 'bookworm' | 'trixie' | 'forky';

const MIRROR = process.env['DEBIAN_MIRROR'] ?? 'http://deb.debian.org/debian';
const CACHE = process.env['PINGEM_ROOTS'] ?? '/var/cache/pingem-roots';
const SCRIPTS = '/usr/share/debootstrap/scripts';

/** A place of its own: ca-certificates writes its own file anew when it is installed. */
const CERTIFICATES = '/var/tmp/extra-certificates.crt';

/** What a machine behind a proxy or with a registry of its own is told by. */
const PASSED = /^(npm_config_registry|NODE_EXTRA_CA_CERTS|https?_proxy|no_proxy)$/i;

/** sudo hands on what PASSED has of it, as whoever administers such a machine sees to. */
const SUDOERS = `user ALL=(ALL:ALL) NOPASSWD: ALL
Defaults env_keep += "npm_config_registry NODE_EXTRA_CA_CERTS http_proxy https_proxy no_proxy"
`;

const bareRoot = (suite: Suite): string => {
  const archive = join(CACHE, `${suite}.tar`);
  if (existsSync(archive)) return archive;
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, `${suite}-`));
  // A debootstrap older than the suite makes it like the one before.
  const script = existsSync(`${SCRIPTS}/${suite}`) ? [] : [`${SCRIPTS}/trixie`];
  try {
    run('debootstrap', ['--variant=minbase', suite, folder, MIRROR, ...script]);
    run('tar', ['-C', folder, '-cf', `${archive}.part`, '.']);
    renameSync(`${archive}.part`, archive);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return archive;
};

/**
 * Makes the folder `$0` the root and runs the words after it. Not by chroot(2): whoever is in one may make no user
 * namespace (clone(2), EPERM). The shell stays, as the first process that takes the dead in.
 */
const ENTER = `
mount --bind "$0" "$0" && cd "$0" &&
mount -t proc proc proc && mount --rbind /dev dev && mount -t sysfs sys sys &&
pivot_root . mnt && cd / && umount -l /mnt && "$@"
exit $?`;

export type Result = { status: number; output: string; seconds: number };

export class Root {
  readonly suite: Suite;
  readonly folder: string;

  /** With a user `user` who may sudo anything without a password, where there is a sudo. */
  constructor(suite: Suite) {
    this.suite = suite;
    this.folder = mkdtempSync(join(tmpdir(), 'pingem-root-'));
    run('tar', ['-C', this.folder, '-xf', bareRoot(suite)]);
    // It is the / of everybody in it.
    chmodSync(this.folder, 0o755);
    const certificates = process.env['NODE_EXTRA_CA_CERTS'];
    if (certificates !== undefined) this.put(certificates, CERTIFICATES);
    // The Release file of testing expires within days, and a mirror may lag.
    writeFileSync(join(this.folder, 'etc/apt/apt.conf.d/99valid-until'), 'Acquire::Check-Valid-Until "false";\n');
    // Nothing here outlives a crash: no file is waited for.
    writeFileSync(join(this.folder, 'etc/dpkg/dpkg.cfg.d/unsafe-io'), 'force-unsafe-io\n');
    writeFileSync(join(this.folder, 'etc/hosts'), `127.0.0.1 localhost\n::1 localhost\n127.0.1.1 ${hostName()}\n`);
    mkdirSync(join(this.folder, 'etc/sudoers.d'), { recursive: true });
    writeFileSync(join(this.folder, 'etc/sudoers.d/user'), SUDOERS, { mode: 0o440 });
    this.asRoot('useradd --create-home --shell /bin/bash user');
  }

  put(file: string, path: string): void {
    const to = join(this.folder, path);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(file, to);
  }

  asRoot(script: string, minutes = 8): Result {
    const began = performance.now();
    const { status, stdout, stderr } = spawnSync(
      // Whatever ends this process ends that one.
      'setpriv',
      [
        '--pdeathsig',
        'KILL',
        'unshare',
        '--mount',
        '--pid',
        '--fork',
        '--kill-child',
        'sh',
        '-c',
        ENTER,
        this.folder,
        ...environment(),
        'bash',
        '-c',
        script,
      ],
      { encoding: 'utf8', timeout: minutes * 60_000, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    return { status: status ?? -1, output: `${stdout}${stderr}`, seconds: (performance.now() - began) / 1000 };
  }

  /** From the user's home, with a login's environment. */
  asUser(script: string, minutes = 8): Result {
    writeFileSync(join(this.folder, 'tmp/script'), script);
    return this.asRoot('su user -c "cd && bash /tmp/script"', minutes);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const hostName = (): string => spawnSync('hostname', { encoding: 'utf8' }).stdout.trim();

const environment = (): readonly string[] => [
  'env',
  '-i',
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'HOME=/root',
  'LANG=C.UTF-8',
  'TERM=xterm',
  'DEBIAN_FRONTEND=noninteractive',
  ...Object.entries(process.env).flatMap(([name, value]) =>
    PASSED.test(name) ? [`${name}=${name === 'NODE_EXTRA_CA_CERTS' ? CERTIFICATES : (value ?? '')}`] : [],
  ),
];
