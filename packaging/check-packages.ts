// `npm run check:packages`: makes all three packages, looks into them, and runs what two of them install, on loopback.
// Needs root, as the run does. The portable one is packed quickly, not well.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { withScratch } from './native-build.js';
import { outFolder, outputOf, packageManifest, projectRoot, run, say } from './project.js';

/** Of the npm package, packed, without the builds for three lines of Node that it brings. */
const MOST_BYTES = 200_000;

const script = (name: string, ...words: readonly string[]): string =>
  outputOf(process.execPath, [`${projectRoot}/dist/packaging/${name}.js`, ...words])
    .split('\n')
    .at(-1) ?? '';

const tryProgram = (what: string, program: string): void => {
  const printed = outputOf(program, ['127.0.0.1', '-c', '2', '-i', '0.1', '--text']);
  if (!printed.includes('2 probes  answered 2')) throw new Error(`${what}: ${printed}`);
  if (outputOf(program, ['--version']) !== packageManifest.version) throw new Error(`${what}: another version`);
  say(`${what}: runs`);
};

await withScratch((folder) => {
  const deb = script('deb');
  run('dpkg-deb', ['-x', deb, join(folder, 'deb')]);
  tryProgram('.deb', join(folder, 'deb/usr/lib/pingem/bin/pingem'));
  if (outputOf('sh', ['-c', 'command -v lintian || true']) !== '')
    run('lintian', ['--allow-root', '--fail-on=error', deb]);

  const portable = script('portable', '--fast', `--into=${folder}`);
  run('tar', ['-xf', portable, '-C', folder]);
  const name = readdirSync(folder).find((entry) => /^pingem-.*\d$/.test(entry)) ?? '';
  tryProgram('portable', join(folder, name, 'pingem'));
  const packed = outputOf('npm', ['pack', '--json', '--ignore-scripts', `--pack-destination=${folder}`], {
    cwd: projectRoot,
  });
  const [entry] = JSON.parse(packed) as { filename: string; size: number; files: { path: string }[] }[];
  if (entry === undefined) throw new Error(`npm pack printed ${packed}`);
  const needless = entry.files.filter(({ path }) => /^dist\/(test|bench|pack)|\.tsbuildinfo$|\.map$/.test(path));
  const bare = join(folder, 'bare.tgz');
  run('tar', ['-xzf', join(folder, entry.filename), '-C', folder]);
  run('tar', ['-czf', bare, '--exclude=built', '-C', folder, 'package']);
  const { size } = statSync(bare);
  if (size > MOST_BYTES || needless.length > 0) {
    throw new Error(`the npm package: ${size} bytes, ${needless.map(({ path }) => path).join(' ')}`);
  }
  say(`npm package: ${entry.size} bytes, ${size} without the native parts (in ${outFolder}: the .deb)`);
});
