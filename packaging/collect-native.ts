// The sources of the native parts and their licences, out of the packages that bring them, into native/src: so that a
// packed pingem can build them by itself, against a nan that knows today's Node.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { projectRoot } from './project.js';

const from = `${projectRoot}/node_modules`;
const to = `${projectRoot}/native/src`;

mkdirSync(to, { recursive: true });
for (const name of ['raw.cc', 'raw.h']) copyFileSync(`${from}/raw-socket/src/${name}`, `${to}/${name}`);
copyFileSync(`${from}/ioctl/src/ioctl.cpp`, `${to}/ioctl.cpp`);
copyFileSync(`${from}/ioctl/LICENSE`, `${to}/LICENSE.ioctl`);
// raw-socket has its licence at the end of its README.
const readme = readFileSync(`${from}/raw-socket/README.md`, 'utf8');
writeFileSync(`${to}/LICENSE.raw-socket`, readme.slice(readme.indexOf('# License')));
