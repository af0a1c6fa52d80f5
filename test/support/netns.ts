// Two network namespaces joined by a veth pair: real ICMP, real kernels, and no packet leaves the machine. Needs root and
// iproute2. The far side has as many addresses as asked for; its kernel answers no echo request unless told to, so that a
// scripted responder can. Names hold our process id; what a killed run left behind is removed at the next start.

import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export type NetPair = {
  /** Names of the namespaces; the device in each is eth0. */
  near: string;
  far: string;
  near4: string;
  near6: string;
  /** Addresses of the far side, to be probed. */
  far4: readonly string[];
  far6: readonly string[];
  /** A further address of the far side that is nobody's endpoint: a router, or a wrong source. */
  router4: string;
  router6: string;
  /** Runs `ip` with these arguments in the near namespace. */
  ip: (...args: readonly string[]) => void;
  ipFar: (...args: readonly string[]) => void;
  linkDown: () => void;
  linkUp: () => void;
  /** Takes away the only route to the far addresses, of both families. */
  deleteRoutes: () => void;
  restoreRoutes: () => void;
  /** Lets the far kernel answer echo requests itself (no responder needed), or not. */
  kernelAnswers: (on: boolean) => void;
  /** Makes the far side a router. */
  forward: () => void;
  /** Starts a command in the near namespace. `ip netns exec` becomes the command, so its pid is the command's. */
  spawnNear: (command: readonly string[], options?: SpawnOptions) => ChildProcess;
  spawnFar: (command: readonly string[], options?: SpawnOptions) => ChildProcess;
  /** Removes both namespaces and with them everything that was in them. May be called twice. */
  dispose: () => void;
};

const NET4 = '10.77.0';
const NET6 = 'fd77:7:7:7';
const FIRST_HOST = 11;

const run = (command: string, args: readonly string[]): string =>
  execFileSync(command, [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const spawnIn = (namespace: string, command: readonly string[], options: SpawnOptions = {}): ChildProcess =>
  spawn('ip', ['netns', 'exec', namespace, ...command], options);

const setSysctl = (namespace: string, ...settings: readonly string[]): void => {
  run('ip', ['netns', 'exec', namespace, 'sysctl', '-qw', ...settings]);
};

const ipBatch = (namespace: string, lines: readonly string[]): void => {
  execFileSync('ip', ['-n', namespace, '-batch', '-'], { input: lines.join('\n') });
};

/** Why namespaces can't be made and entered here, or null where they can. */
export const netnsObstacle = (): string | null => {
  if (process.platform !== 'linux') return 'network namespaces exist on Linux only';
  if (process.getuid?.() !== 0) return 'needs root';
  const name = `pingem-${process.pid}-try`;
  try {
    run('ip', ['netns', 'add', name]);
    // To make one takes less than to enter one, which mounts a /sys of its own.
    try {
      run('ip', ['netns', 'exec', name, 'true']);
    } finally {
      run('ip', ['netns', 'del', name]);
    }
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error);
  }
};

const living = new Set<NetPair>();
let made = 0;

const disposeAll = (): void => {
  for (const pair of living) pair.dispose();
};

/** Files that `ip netns exec` lays over those of /etc (ip-netns(8)), by namespace. */
export const NETNS_ETC = '/etc/netns';
const NETNS_RUN = '/run/netns';

const removeNamespace = (name: string): void => {
  if (existsSync(join(NETNS_RUN, name))) run('ip', ['netns', 'del', name]);
  rmSync(join(NETNS_ETC, name), { recursive: true, force: true });
};

/** Namespaces of processes that were killed before they could clean up. Needs root and iproute2. */
export const removeStaleNamespaces = (): void => {
  for (const folder of [NETNS_RUN, NETNS_ETC].filter((path) => existsSync(path))) {
    for (const name of readdirSync(folder)) {
      const pid = /^pingem-(\d+)-/.exec(name)?.[1];
      if (pid !== undefined && !existsSync(`/proc/${pid}`)) removeNamespace(name);
    }
  }
};

const firstOfProcess = (): void => {
  removeStaleNamespaces();
  process.on('exit', disposeAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // The handler takes the default action away; raising the signal again once it is gone gives it back.
    process.once(signal, () => {
      disposeAll();
      process.kill(process.pid, signal);
    });
  }
};

const setUp = (near: string, far: string, far4: readonly string[], far6: readonly string[]): void => {
  run('ip', ['netns', 'add', near]);
  run('ip', ['netns', 'add', far]);
  for (const namespace of [near, far]) {
    setSysctl(
      namespace,
      // No duplicate address detection: an address is usable at once, also after the link was down.
      'net.ipv6.conf.default.accept_dad=0',
      'net.ipv6.conf.all.accept_dad=0',
      'net.ipv6.conf.default.keep_addr_on_down=1',
      'net.ipv6.conf.all.keep_addr_on_down=1',
      'net.ipv4.conf.all.rp_filter=0',
      'net.ipv4.conf.default.rp_filter=0',
      // Every probe that deserves an error is to get one (the kernel's default is one a second).
      'net.ipv4.icmp_ratelimit=0',
      'net.ipv6.icmp.ratelimit=0',
      'net.ipv4.icmp_msgs_per_sec=100000',
    );
  }
  run('ip', ['-n', near, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', far]);
  ipBatch(near, [
    'link set lo up',
    'link set eth0 up',
    `addr add ${NET4}.1/24 dev eth0`,
    `addr add ${NET6}::1/64 dev eth0 nodad`,
  ]);
  ipBatch(far, [
    'link set lo up',
    'link set eth0 up',
    ...far4.map((address) => `addr add ${address}/24 dev eth0`),
    ...far6.map((address) => `addr add ${address}/64 dev eth0 nodad`),
  ]);
};

/** Makes a pair with `endpoints` far addresses per family (at most 200). */
export const makeNetPair = (endpoints = 8): NetPair => {
  if (made === 0) firstOfProcess();
  const tag = `pingem-${process.pid}-${made++}`;
  const near = `${tag}a`;
  const far = `${tag}b`;
  const far4 = Array.from({ length: endpoints }, (_, n) => `${NET4}.${FIRST_HOST + n}`);
  const far6 = Array.from({ length: endpoints }, (_, n) => `${NET6}::${(FIRST_HOST + n).toString(16)}`);
  const router4 = `${NET4}.254`;
  const router6 = `${NET6}::fe`;
  const pair: NetPair = {
    near,
    far,
    near4: `${NET4}.1`,
    near6: `${NET6}::1`,
    far4,
    far6,
    router4,
    router6,
    ip: (...args) => void run('ip', ['-n', near, ...args]),
    ipFar: (...args) => void run('ip', ['-n', far, ...args]),
    linkDown: () => pair.ip('link', 'set', 'eth0', 'down'),
    linkUp: () => pair.ip('link', 'set', 'eth0', 'up'),
    deleteRoutes: () => {
      pair.ip('route', 'del', `${NET4}.0/24`, 'dev', 'eth0');
      pair.ip('-6', 'route', 'del', `${NET6}::/64`, 'dev', 'eth0');
    },
    restoreRoutes: () => {
      pair.ip('route', 'replace', `${NET4}.0/24`, 'dev', 'eth0', 'scope', 'link', 'src', `${NET4}.1`);
      pair.ip('-6', 'route', 'replace', `${NET6}::/64`, 'dev', 'eth0');
    },
    kernelAnswers: (on) => {
      const value = on ? 0 : 1;
      setSysctl(far, `net.ipv4.icmp_echo_ignore_all=${value}`, `net.ipv6.icmp.echo_ignore_all=${value}`);
    },
    forward: () => setSysctl(far, 'net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1'),
    spawnNear: (command, options) => spawnIn(near, command, options),
    spawnFar: (command, options) => spawnIn(far, command, options),
    dispose: () => {
      living.delete(pair);
      for (const namespace of [near, far]) removeNamespace(namespace);
    },
  };
  living.add(pair);
  try {
    setUp(near, far, [...far4, router4], [...far6, router6]);
    pair.kernelAnswers(false);
  } catch (error) {
    pair.dispose();
    throw error;
  }
  return pair;
};
