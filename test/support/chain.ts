// Four network namespaces in a row, as between a home and the world: client, gateway, provider, internet. Kernels forward,
// IPv4 and IPv6; nothing leaves the machine. The last one has the well-known addresses. Needs root and iproute2.

import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { TestContext } from 'vitest';
import { removeStaleNamespaces } from './netns.js';
import type { NetPair } from './netns.js';

const PLACES = ['client', 'gateway', 'provider', 'internet'] as const;
export type ChainPlace = (typeof PLACES)[number];

/** Each link's two ends, nearer one first. */
const LINKS = [
  { near4: '192.168.1.2', far4: '192.168.1.1', near6: 'fd00:1::2', far6: 'fd00:1::1' },
  { near4: '100.64.0.2', far4: '100.64.0.1', near6: '2001:db8:a::2', far6: '2001:db8:a::1' },
  { near4: '198.51.100.2', far4: '198.51.100.1', near6: '2001:db8:b::2', far6: '2001:db8:b::1' },
] as const;

export const CHAIN = {
  gateway4: LINKS[0].far4,
  gateway6: LINKS[0].far6,
  provider4: LINKS[1].far4,
  provider6: LINKS[1].far6,
  detour4: '100.64.1.1',
  detour6: '2001:db8:c::1',
  internet4: ['1.1.1.1', '9.9.9.9'],
  internet6: ['2606:4700:4700::1111', '2620:fe::fe'],
} as const;

const HOST_SETTINGS = [
  'net.ipv6.conf.default.accept_dad=0',
  'net.ipv6.conf.all.accept_dad=0',
  'net.ipv4.conf.all.rp_filter=0',
  'net.ipv4.conf.default.rp_filter=0',
  'net.ipv4.icmp_ratelimit=0',
  'net.ipv6.icmp.ratelimit=0',
  'net.ipv4.icmp_msgs_per_sec=100000',
];
const ROUTER_SETTINGS = [...HOST_SETTINGS, 'net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1'];

export type Chain = {
  name: (place: ChainPlace) => string;
  /** Runs a command there and returns what it prints. */
  run: (place: ChainPlace, ...command: readonly string[]) => string;
  sysctl: (place: ChainPlace, ...settings: readonly string[]) => void;
  /** Drops so many percent of all that a hook of nftables sees, or of what is for that IPv4 address alone. */
  drop: (place: ChainPlace, hooks: readonly ('input' | 'forward')[], percent: number, to?: string) => void;
  /** From now on the gateway sends by another router, whose nearer address is CHAIN.detour4, and no more by the provider's. */
  detour: () => void;
  /** As a pair, for those who start programs in its near namespace. */
  pair: Pick<NetPair, 'spawnNear'>;
};

let made = 0;

const run = (command: string, args: readonly string[]): string =>
  execFileSync(command, [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A chain that is gone when the test has finished. */
export const chainFor = (test: TestContext): Chain => {
  if (made === 0) removeStaleNamespaces();
  const tag = `pingem-${process.pid}-chain${made++}`;
  const name = (place: ChainPlace): string => `${tag}${place}`;
  test.onTestFinished(() => {
    for (const place of PLACES) if (existsSync(`/run/netns/${name(place)}`)) run('ip', ['netns', 'del', name(place)]);
  });
  const within = (place: ChainPlace, ...command: readonly string[]): string =>
    run('ip', ['netns', 'exec', name(place), ...command]);
  const ip = (place: ChainPlace, ...lines: readonly string[]): void => {
    execFileSync('ip', ['-n', name(place), '-batch', '-'], { input: lines.join('\n') });
  };
  const sysctl = (place: ChainPlace, ...settings: readonly string[]): void => {
    within(place, 'sysctl', '-qw', ...settings);
  };
  for (const place of PLACES) {
    run('ip', ['netns', 'add', name(place)]);
    sysctl(place, ...(place === 'client' ? HOST_SETTINGS : ROUTER_SETTINGS));
    ip(place, 'link set lo up');
  }
  for (const [i, { near4, far4, near6, far6 }] of LINKS.entries()) {
    const [near, far] = [PLACES[i] as ChainPlace, PLACES[i + 1] as ChainPlace];
    run('ip', ['-n', name(near), 'link', 'add', 'out', 'type', 'veth', 'peer', 'name', 'in', 'netns', name(far)]);
    ip(near, `addr add ${near4}/24 dev out`, `addr add ${near6}/64 dev out nodad`, 'link set out up');
    ip(far, `addr add ${far4}/24 dev in`, `addr add ${far6}/64 dev in nodad`, 'link set in up');
    ip(near, `route add default via ${far4}`, `route add ::/0 via ${far6}`);
    // Back to the client, from wherever.
    if (i > 0) ip(far, `route add 192.168.1.0/24 via ${near4}`, `route add fd00:1::/64 via ${near6}`);
  }
  ip('internet', 'route add 100.64.0.0/24 via 198.51.100.2', 'route add 2001:db8:a::/64 via 2001:db8:b::2');
  ip(
    'internet',
    ...CHAIN.internet4.map((address) => `addr add ${address}/32 dev lo`),
    ...CHAIN.internet6.map((address) => `addr add ${address}/128 dev lo nodad`),
  );
  return {
    name,
    run: within,
    sysctl,
    drop: (place, hooks, percent, to) => {
      const match = to === undefined ? '' : `ip daddr ${to} `;
      const chains = hooks.map(
        (hook) =>
          `chain ${hook} { type filter hook ${hook} priority 0\n${match}numgen random mod 100 < ${percent} counter drop\n}`,
      );
      execFileSync('ip', ['netns', 'exec', name(place), 'nft', '-f', '-'], {
        input: `table inet loss {\n${chains.join('\n')}\n}\n`,
        // A package of ours brings a program of that name.
        env: { ...process.env, PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      });
    },
    detour: () => {
      const other = `${tag}other`;
      test.onTestFinished(() => void run('ip', ['netns', 'del', other]));
      run('ip', ['netns', 'add', other]);
      run('ip', ['netns', 'exec', other, 'sysctl', '-qw', ...ROUTER_SETTINGS]);
      const at = (namespace: string, ...lines: readonly string[]): void => {
        execFileSync('ip', ['-n', namespace, '-batch', '-'], { input: lines.join('\n') });
      };
      const [gateway, internet] = [name('gateway'), name('internet')];
      run('ip', ['-n', gateway, 'link', 'add', 'by', 'type', 'veth', 'peer', 'name', 'in', 'netns', other]);
      run('ip', ['-n', other, 'link', 'add', 'out', 'type', 'veth', 'peer', 'name', 'by', 'netns', internet]);
      at(gateway, 'addr add 100.64.1.2/24 dev by', 'addr add 2001:db8:c::2/64 dev by nodad', 'link set by up');
      at(
        other,
        `addr add ${CHAIN.detour4}/24 dev in`,
        `addr add ${CHAIN.detour6}/64 dev in nodad`,
        'link set in up',
        'addr add 198.51.101.2/24 dev out',
        'addr add 2001:db8:d::2/64 dev out nodad',
        'link set out up',
      );
      at(internet, 'addr add 198.51.101.1/24 dev by', 'addr add 2001:db8:d::1/64 dev by nodad', 'link set by up');
      at(other, 'route add default via 198.51.101.1', 'route add ::/0 via 2001:db8:d::1');
      at(other, 'route add 192.168.1.0/24 via 100.64.1.2', 'route add fd00:1::/64 via 2001:db8:c::2');
      at(gateway, 'route replace default via 100.64.1.1', 'route replace ::/0 via 2001:db8:c::1');
    },
    pair: {
      spawnNear: (command, options = {}): ChildProcess =>
        spawn('ip', ['netns', 'exec', name('client'), ...command], options),
    },
  };
};
