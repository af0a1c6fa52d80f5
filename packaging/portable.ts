// `npm run package:portable`: a folder that runs on any Linux with glibc 2.28 and libstdc++, with Node inside, packed. Node's
// symbols are left out: they are a seventh of it, and only a debugger reads them. `--fast`, for a check, takes the Node that
// runs this, where that fits, and hardly packs; `--into=FOLDER` is where the archive goes instead of dist/packages.

import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fetchNode, NODE_LINES, withScratch } from './native-build.js';
import { outFolder, packageManifest, projectRoot, run, say } from './project.js';
import { ensurePrebuilt, stage } from './stage.js';

const isFast = process.argv.includes('--fast');
const needsLibnode = (process.config.variables as Record<string, unknown>)['node_shared'] === true;
const ownLine =
  isFast && !needsLibnode ? NODE_LINES.find(({ abi }) => String(abi) === process.versions.modules) : undefined;
const line = ownLine ?? NODE_LINES.at(-1);
if (line === undefined) throw new Error('no line of Node');

const name = `pingem-${packageManifest.version}-linux-${process.arch}`;
const into = process.argv.find((word) => word.startsWith('--into='))?.slice('--into='.length) ?? outFolder;
const archive = `${into}/${name}.tar.xz`;
/** x86 code packs better by some 5 % with calls made absolute (xz(1), --x86). */
const filters = [...(process.arch === 'x64' ? ['--x86'] : []), '--lzma2=preset=6'];
const packing = isFast ? ['-0'] : filters;

ensurePrebuilt([line]);
mkdirSync(into, { recursive: true });
await withScratch(async (folder) => {
  const root = join(folder, name);
  await stage(root, [line]);
  if (ownLine) cpSync(process.execPath, join(root, 'bin/node'));
  else {
    const node = fetchNode(line, folder, ['bin/node', 'LICENSE']);
    run('strip', [`${node}/bin/node`, '-o', join(root, 'bin/node')]);
    cpSync(join(node, 'LICENSE'), join(root, 'LICENSE.node'));
  }
  mkdirSync(join(root, 'docs'), { recursive: true });
  cpSync(`${projectRoot}/docs/pingem.8`, join(root, 'docs/pingem.8'));
  cpSync(`${projectRoot}/docs/pingem.service`, join(root, 'docs/pingem.service'));
  symlinkSync('bin/pingem', join(root, 'pingem'));
  rmSync(archive, { force: true });
  const xz = ['xz', '-T0', ...packing].join(' ');
  run('tar', ['-cf', archive, '--owner=0', '--group=0', '--sort=name', '-I', xz, '-C', folder, name]);
});
say(archive);
