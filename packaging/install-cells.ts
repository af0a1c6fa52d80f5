// The ways to install and run pingem, each tried in a fresh Debian system: README's own lines where README has them.

import { readdirSync } from 'node:fs';
import { observeRun } from './observed-run.js';
import { outFolder, packageManifest, projectRoot, run } from './project.js';
import { readmeBlock } from './readme-lines.js';
import type { Root, Suite } from './roots.js';

export const TARBALL = `pingem-${packageManifest.version}.tgz`;

export type Cell = {
  name: string;
  /** Where there is such a thing; null: in every suite. */
  only: Suite | null;
  try: (root: Root) => { works: boolean; line: string };
};

const apt = (root: Root, packages: string): void => {
  const { status, output } = root.asRoot(
    `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${packages}`,
  );
  if (status !== 0) throw new Error(`apt-get install ${packages}: ${output.slice(-300)}`);
};

/** README's way to a Node that is new enough, with or without the compiler. */
const newerNode = (compiler: boolean): string => {
  const line = readmeBlock('debian12');
  return compiler ? line : line.replace(' g++ make', '');
};

/** Node and npm as the suite has them, or by README's way; no compiler. */
const withNode = (root: Root, more: string): void => {
  apt(root, `sudo ${more} ${root.suite === 'bookworm' ? '' : 'nodejs npm'}`);
  if (root.suite !== 'bookworm') return;
  const { status, output } = root.asUser(newerNode(false));
  if (status !== 0) throw new Error(`${newerNode(false)}: ${output.slice(-300)}`);
};

/** By README's line, in the home of `who`; what `URL` stands for there is a repository in that home. */
const clone = (root: Root, who: 'root' | 'user' = 'user'): void => {
  const home = who === 'root' ? 'root' : 'home/user';
  run('git', ['clone', '-q', '--bare', projectRoot, `${root.folder}/${home}/pingem.git`]);
  root.asRoot(`chown -R ${who}: /${home}/pingem.git`);
  const line = `URL=/${home}/pingem.git; ${readmeBlock('clone')}`;
  const { status, output } = who === 'root' ? root.asRoot(`cd /root && ${line}`) : root.asUser(line);
  if (status !== 0) throw new Error(`${line}: ${output}`);
};

/** A line of README, ended after 3 s, for the block's last command is pingem. */
const readmeLine = (name: string): string => `${readmeBlock(name)} -w 3`;

const failed = (what: string, output: string): { works: false; line: string } => ({
  works: false,
  line: `${what}: ${output.trim().slice(-400)}`,
});

/** One line of pingem's own, and exit status 2. */
const oneLine = (root: Root, command: string): { works: boolean; line: string } => {
  const { status, output } = root.asUser(command, 2);
  const lines = output.trim().split('\n');
  return {
    works: status === 2 && lines.length === 1 && lines[0]?.startsWith('pingem: ') === true,
    line: output.trim(),
  };
};

const versions = (root: Root): string =>
  root.asUser('echo "Node $(node -v), npm $(npm -v 2>/dev/null || echo none)"').output.trim().split('\n').at(-1) ?? '';

export const cells: readonly Cell[] = [
  {
    name: 'clone, README line',
    only: null,
    try: (root) => {
      apt(root, 'sudo git');
      clone(root);
      const line = root.suite === 'bookworm' ? `${newerNode(true)} && ${readmeLine('node')}` : readmeLine('debian');
      const { status, output, seconds } = root.asUser(`cd pingem && ${line}`);
      if (status !== 0 || !output.includes(' answered')) return failed(line, output);
      const { works, line: observed } = observeRun(root, 'sudo pingem/bin/pingem');
      return { works, line: `${seconds.toFixed(0)} s; ${versions(root)}; ${observed}` };
    },
  },
  {
    name: 'clone, not built, then without compiler',
    only: null,
    try: (root) => {
      withNode(root, 'git');
      clone(root);
      const unbuilt = oneLine(root, 'pingem/bin/pingem 127.0.0.1');
      // A page of npm's own, and its exit status 1.
      const { output } = root.asUser('cd pingem && npm ci 2>&1 | tail -n 5');
      const started = oneLine(root, 'cd pingem && sudo bin/pingem 127.0.0.1 -w 3');
      if (!unbuilt.works || !started.works) return failed(`${unbuilt.line}; ${started.line}`, output);
      return { works: true, line: `${unbuilt.line}; after npm ci: ${started.line}` };
    },
  },
  {
    name: 'clone, Node 18',
    only: 'bookworm',
    try: (root) => {
      apt(root, 'sudo git nodejs');
      clone(root);
      return oneLine(root, 'sudo pingem/bin/pingem 127.0.0.1');
    },
  },
  {
    name: 'npm pack, install -g, no compiler',
    only: null,
    try: (root) => {
      withNode(root, '');
      root.put(`${projectRoot}/${TARBALL}`, `home/user/${TARBALL}`);
      const line = readmeLine('npm');
      const { status, output, seconds } = root.asUser(line);
      if (status !== 0 || !output.includes(' answered')) return failed(line, output);
      const { works, line: observed } = observeRun(root, 'sudo "$(command -v pingem)"');
      return { works, line: `${seconds.toFixed(0)} s; ${versions(root)}; ${observed}` };
    },
  },
  {
    name: '.deb',
    only: null,
    try: (root) => {
      apt(root, 'sudo');
      const deb = readdirSync(outFolder).find((name) => name.endsWith('.deb')) ?? '';
      root.put(`${outFolder}/${deb}`, `home/user/${deb}`);
      const { status, output, seconds } = root.asUser(readmeLine('deb'));
      if (root.suite === 'bookworm') {
        const why = /^.*Depends: nodejs.*$/m.exec(output)?.[0]?.trim() ?? '';
        return { works: why !== '', line: `not for Node 18; apt says: ${why}` };
      }
      if (status !== 0 || !output.includes(' answered')) return failed(readmeBlock('deb'), output);
      const { works, line } = observeRun(root, 'sudo pingem');
      const purged = root.asRoot(
        `apt-get install -y -qq --reinstall /home/user/${deb} && pingem --version && apt-get purge -y -qq pingem && ! find /usr /etc -name '*pingem*' -not -path '*/dpkg/*' 2>/dev/null | grep .`,
      );
      if (purged.status !== 0) return failed('upgrade and purge', purged.output);
      return {
        works,
        line: `${seconds.toFixed(0)} s; ${versions(root)}; ${line}; reinstalled and purged, nothing left`,
      };
    },
  },
  {
    name: 'portable tarball',
    only: null,
    try: (root) => {
      apt(root, 'sudo xz-utils');
      const archive = readdirSync(outFolder).find((name) => name.endsWith('.tar.xz')) ?? '';
      root.put(`${outFolder}/${archive}`, `home/user/${archive}`);
      const { status, output, seconds } = root.asUser(readmeLine('portable'));
      if (status !== 0 || !output.includes(' answered')) return failed(readmeBlock('portable'), output);
      const { works, line } = observeRun(root, `sudo ./${archive.replace('.tar.xz', '')}/pingem`);
      return { works, line: `${seconds.toFixed(0)} s; ${line}` };
    },
  },
  {
    name: 'without root, without sudo finding node',
    only: null,
    try: (root) => {
      // A Node of the user's own, as nvm has it: that of the portable tarball.
      apt(root, 'sudo xz-utils iproute2 libcap2-bin');
      const archive = readdirSync(outFolder).find((name) => name.endsWith('.tar.xz')) ?? '';
      root.put(`${outFolder}/${archive}`, `home/user/${archive}`);
      const folder = archive.replace('.tar.xz', '');
      const setUp = `tar xf ${archive} && mv ${folder} pingem && mkdir own && mv pingem/bin/node own && PATH=$HOME/own:$PATH && cd pingem`;
      const ways = {
        unshare: readmeBlock('unshare').replace(/'$/, " -w 2'"),
        setcap: `${readmeBlock('setcap')} -w 2`,
        sudo: 'sudo bin/pingem 127.0.0.1 -w 2',
        'sudo env': `${readmeBlock('nvm')} -w 2`,
      };
      const lines = Object.entries(ways).map(([way, line]) => {
        const { status, output } = root.asUser(
          `[ -d pingem ] || { ${setUp}; cd; }; PATH=$HOME/own:$PATH; cd pingem && ${line}`,
        );
        const said = output.split('\n').find((each) => each.startsWith('pingem:')) ?? '';
        const works = way === 'sudo' ? status === 2 && said !== '' : status === 0 && output.includes(' answered');
        return { works, line: `${way}: ${said !== '' ? said : works ? 'runs' : output.trim().slice(-300)}` };
      });
      return { works: lines.every(({ works }) => works), line: lines.map(({ line }) => line).join('; ') };
    },
  },
];

/** README's test line, in a home that nobody else may enter, as root's is and as Debian makes them. */
export const testCells: readonly Cell[] = (['root', 'user'] as const).map((who) => ({
  name: `npm cit as ${who}`,
  only: null,
  try: (root) => {
    withNode(root, 'git');
    clone(root, who);
    root.asRoot('chmod 0700 /root /home/user');
    const line = `cd pingem && ${readmeBlock('tests')}`;
    const { output, seconds, status } =
      who === 'root' ? root.asRoot(`cd /root && ${line.replaceAll('sudo ', '')}`, 25) : root.asUser(line, 25);
    // The runner's colours.
    const plain = output.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
    const tests = /^ +Tests .*$/m.exec(plain)?.[0]?.trim() ?? plain.slice(-300);
    const names = [...plain.matchAll(/^ FAIL .*$/gm)].map(([fail]) => fail.trim());
    return {
      works: status === 0,
      line: `${seconds.toFixed(0)} s; ${versions(root)}; ${[tests, ...new Set(names)].join('; ')}`,
    };
  },
}));
