// `npm run package:deb`: a Debian package with native parts for every supported line of Node, the man page and
// the shells' completions. It needs nothing but Node, and what Node itself needs.

import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { NODE_LINES, withScratch } from './native-build.js';
import { outFolder, outputOf, packageManifest, projectRoot, run, say } from './project.js';
import { ensurePrebuilt, stage } from './stage.js';

const { version } = packageManifest;
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };
const architecture = ARCHITECTURES[process.arch] ?? process.arch;
/** Debian wants an address; .invalid is the domain that nobody has (RFC 2606). */
const MAINTAINER = 'The pingem authors <authors@pingem.invalid>';

/** Where each shell looks for what completes a command. */
const COMPLETIONS = {
  bash: 'usr/share/bash-completion/completions/pingem',
  zsh: 'usr/share/zsh/vendor-completions/_pingem',
  fish: 'usr/share/fish/vendor_completions.d/pingem.fish',
} as const;

const put = (root: string, path: string, text: string | Buffer): void => {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text, { mode: 0o644 });
};

/** Without the time of day in it: the same input, the same bytes. */
const zipped = (text: string): Buffer => gzipSync(text, { level: 9 });

/** When the sources were last changed (reproducible-builds.org), in seconds. */
const sourceDate = (): string => {
  const given = process.env['SOURCE_DATE_EPOCH'];
  return given ?? outputOf('git', ['-C', projectRoot, 'log', '-1', '--format=%ct']);
};

const changelog = (date: Date): string =>
  `pingem (${version}) unstable; urgency=medium\n\n  * Release ${version}.\n\n -- ${MAINTAINER}  ${date.toUTCString().replace('GMT', '+0000')}\n`;

const copyright = (app: string): string => {
  const ownLicence = readFileSync(`${projectRoot}/LICENSE`, 'utf8');
  const others = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\/licen[cs]e[^/]*$/i.test(file),
  );
  return `${ownLicence}\nParts by others, each with its licence:\n${others.map((file) => `/usr/lib/pingem/${file}\n`).join('')}`;
};

const control = (installedKiB: number): string => `Package: pingem
Version: ${version}
Architecture: ${architecture}
Maintainer: ${MAINTAINER}
Installed-Size: ${installedKiB}
Depends: nodejs (>= 20.19), nodejs (<< 25), libc6, libstdc++6
Section: net
Priority: optional
Description: terminal monitor for the reachability of hosts over time
 Sends ICMP echo requests to each endpoint and shows one strip of history per
 endpoint, all on one time axis: round-trip times, losses, outages, late
 replies. It can write all of it down, replay it and go on with it.
`;

const writeSums = (root: string): number => {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const sums = files.map((file) => [createHash('md5').update(readFileSync(file)).digest('hex'), relative(root, file)]);
  const bytes = files.reduce((sum, file) => sum + readFileSync(file).length, 0);
  put(root, 'DEBIAN/md5sums', sums.map((pair) => `${pair.join('  ')}\n`).join(''));
  return bytes;
};

/** @returns the package's path */
const buildDeb = (root: string, app: string): string => {
  const date = sourceDate();
  mkdirSync(join(root, 'usr/bin'), { recursive: true });
  symlinkSync('../lib/pingem/bin/pingem', join(root, 'usr/bin/pingem'));
  put(root, 'usr/share/man/man8/pingem.8.gz', zipped(readFileSync(`${projectRoot}/docs/pingem.8`, 'utf8')));
  put(root, 'usr/lib/systemd/system/pingem.service', readFileSync(`${projectRoot}/docs/pingem.service`));
  put(root, 'usr/share/doc/pingem/changelog.gz', zipped(changelog(new Date(Number(date) * 1000))));
  put(root, 'usr/share/doc/pingem/copyright', copyright(app));
  for (const [shell, path] of Object.entries(COMPLETIONS)) {
    const script = outputOf(process.execPath, [`${app}/bin/pingem.js`, 'completions', shell]);
    put(root, path, `${script}\n`);
  }
  const bytes = writeSums(root);
  put(root, 'DEBIAN/control', control(Math.ceil(bytes / 1024)));
  run('find', [root, '-type', 'd', '-exec', 'chmod', '0755', '{}', '+']);
  const deb = `${outFolder}/pingem_${version}_${architecture}.deb`;
  mkdirSync(outFolder, { recursive: true });
  rmSync(deb, { force: true });
  const env = { ...process.env, SOURCE_DATE_EPOCH: date };
  run('dpkg-deb', ['--build', '--root-owner-group', '-Zxz', root, deb], { env });
  return deb;
};

ensurePrebuilt(NODE_LINES);
await withScratch(async (folder) => {
  const root = join(folder, 'root');
  const app = join(root, 'usr/lib/pingem');
  await stage(app, NODE_LINES);
  say(buildDeb(root, app));
});
