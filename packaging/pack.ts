// Around `npm pack` (package.json: prepack and postpack), which packs what lies in dist: the minified program lies there
// meanwhile, and what the compiler wrote in dist/unpacked. `--restore` puts it back, also after a run that was cut off.

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { minifyFolder } from './minify.js';
import { projectRoot } from './project.js';

const dist = `${projectRoot}/dist`;
const unpacked = `${dist}/unpacked`;

const restore = (): void => {
  if (!existsSync(unpacked)) return;
  for (const floor of readdirSync(unpacked)) {
    rmSync(join(dist, floor), { recursive: true, force: true });
    renameSync(join(unpacked, floor), join(dist, floor));
  }
  rmSync(unpacked, { recursive: true });
};

const floors = (): readonly string[] =>
  readdirSync(`${projectRoot}/src`).filter((floor) => existsSync(join(dist, floor)));

restore();
if (!process.argv.includes('--restore')) {
  const fresh = `${dist}/packed`;
  rmSync(fresh, { recursive: true, force: true });
  for (const floor of floors()) await minifyFolder(join(dist, floor), join(fresh, floor));
  mkdirSync(unpacked);
  for (const floor of floors()) {
    renameSync(join(dist, floor), join(unpacked, floor));
    renameSync(join(fresh, floor), join(dist, floor));
  }
  rmSync(fresh, { recursive: true });
}
