// `npm run check:packages`: makes all three packages, looks into them, and runs what two of them install, on loopback.
// Needs root, as the run does. The portable one is packed quickly, not well.

import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { withScratch } from './native-build.js';
import { outFolder, outputOf, packageManifest, projectRoot, run, say } from './project.js';

/**
 * Of the npm package, packed, without the builds for three lines of Node that it brings: twice the program before it had
 * a page and reports (docs/decisions/0073). What doesn't run, such as the tests, would be far more.
 */
const MOST_BYTES = 350_000;

const script = (name: string, ...words: readonly string[]): string =>
  outputOf(process.execPath, [`${projectRoot}/dist/packaging/${name}.js`, ...words])
    .split('\n')
    .at(-1) ?? '';

/** Of each kind one that the page is made of: a module, the library of its charts, its look. */
const PAGE_PARTS = ['/web/page/main.js', '/uplot.js', '/page.css'];

/** Asks a run for its page, as a browser does: by the URL that it prints, then with the cookie. */
const tryPage = async (program: string): Promise<void> => {
  const child = spawn(program, ['127.0.0.1', '--text', '--web=127.0.0.1:0', '-w', '20'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    let said = '';
    for await (const chunk of child.stderr.setEncoding('utf8')) {
      said += String(chunk);
      if (said.includes('\n')) break;
    }
    const url = /http:\/\/\S+/.exec(said)?.[0];
    if (url === undefined) throw new Error(`no page: ${said}`);
    const page = await fetch(url);
    const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
    for (const path of PAGE_PARTS) {
      const { status } = await fetch(new URL(path, url), { headers: { cookie } });
      if (status !== 200) throw new Error(`${path} of the page: ${status}`);
    }
  } finally {
    child.kill('SIGKILL');
  }
};

const tryProgram = async (what: string, program: string): Promise<void> => {
  const printed = outputOf(program, ['127.0.0.1', '-c', '2', '-i', '0.1', '--text']);
  if (!printed.includes('2 probes  answered 2')) throw new Error(`${what}: ${printed}`);
  if (outputOf(program, ['--version']) !== packageManifest.version) throw new Error(`${what}: another version`);
  await tryPage(program);
  say(`${what}: runs, and has its page`);
};

await withScratch(async (folder) => {
  const deb = script('deb');
  run('dpkg-deb', ['-x', deb, join(folder, 'deb')]);
  await tryProgram('.deb', join(folder, 'deb/usr/lib/pingem/bin/pingem'));
  if (outputOf('sh', ['-c', 'command -v lintian || true']) !== '')
    run('lintian', ['--allow-root', '--fail-on=error', deb]);

  const portable = script('portable', '--fast', `--into=${folder}`);
  run('tar', ['-xf', portable, '-C', folder]);
  const name = readdirSync(folder).find((entry) => /^pingem-.*\d$/.test(entry)) ?? '';
  await tryProgram('portable', join(folder, name, 'pingem'));
  const file = outputOf('npm', ['pack', '--silent', `--pack-destination=${folder}`], { cwd: projectRoot });
  const tarball = join(folder, file.split('\n').at(-1) ?? '');
  const paths = outputOf('tar', ['-tzf', tarball]).split('\n');
  const needless = paths.filter((path) =>
    /^package\/dist\/(test|bench|pack|unpack)|\.(tsbuildinfo|map|d\.ts)$/.test(path),
  );
  run('tar', ['-xzf', tarball, '-C', folder]);
  const bare = join(folder, 'bare.tgz');
  run('tar', ['-cf', bare, '-I', 'gzip -9', '--exclude=built', '-C', folder, 'package']);
  const { size } = statSync(bare);
  if (size > MOST_BYTES || needless.length > 0) {
    throw new Error(`the npm package: ${size} bytes, ${needless.join(' ')}`);
  }
  say(`npm package: ${statSync(tarball).size} bytes, ${size} without the native parts (in ${outFolder}: the .deb)`);
});
