// `npm run package:portable`: a folder that runs on any Linux with glibc 2.28 and libstdc++, with Node inside, packed. Node's
// symbols are left out: they are a seventh of it, and only a debugger reads them. `--fast` packs less well, `--into=FOLDER` elsewhere.

import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fetchNode, NODE_LINES, withScratch } from './native-build.js';
import { outFolder, packageManifest, projectRoot, run, say } from './project.js';
import { ensurePrebuilt, stage } from './stage.js';

/** The newest of the lines. */
const line = NODE_LINES.at(-1);
if (line === undefined) throw new Error('no line of Node');

const name = `pingem-${packageManifest.version}-linux-${process.arch}`;
const into = process.argv.find((word) => word.startsWith('--into='))?.slice('--into='.length) ?? outFolder;
const archive = `${into}/${name}.tar.xz`;
/** x86 code packs better by some 5 % with calls made absolute (xz(1), --x86). */
const filters = [...(process.arch === 'x64' ? ['--x86'] : []), '--lzma2=preset=6'];
const packing = process.argv.includes('--fast') ? ['-0'] : filters;

ensurePrebuilt();
mkdirSync(into, { recursive: true });
await withScratch(async (folder) => {
  const root = join(folder, name);
  await stage(root, [line]);
  const node = fetchNode(line, folder, ['bin/node', 'LICENSE']);
  run('strip', [`${node}/bin/node`, '-o', join(root, 'bin/node')]);
  cpSync(join(node, 'LICENSE'), join(root, 'LICENSE.node'));
  mkdirSync(join(root, 'docs'), { recursive: true });
  cpSync(`${projectRoot}/docs/pingem.8`, join(root, 'docs/pingem.8'));
  symlinkSync('bin/pingem', join(root, 'pingem'));
  rmSync(archive, { force: true });
  const xz = ['xz', '-T0', ...packing].join(' ');
  run('tar', ['-cf', archive, '--owner=0', '--group=0', '--sort=name', '-I', xz, '-C', folder, name]);
});
say(archive);
