// `npm pack` in a checkout: the package brings at least the native parts that were compiled here, for this Node.

import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { platformTag } from './native-build.js';
import { projectRoot } from './project.js';

const to = `${projectRoot}/native/prebuilt/${platformTag(Number(process.versions.modules))}`;
for (const [part, npmPackage] of [
  ['raw', 'raw-socket'],
  ['ioctl', 'ioctl'],
] as const) {
  const built = `${projectRoot}/node_modules/${npmPackage}/build/Release/${part}.node`;
  if (existsSync(`${to}/${part}.node`) || !existsSync(built)) continue;
  mkdirSync(to, { recursive: true });
  copyFileSync(built, `${to}/${part}.node`);
}
