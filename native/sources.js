// The sources of the native parts and their licences, out of the packages that bring them, into native/src: so that a
// checkout and a packed pingem build them alike, against a nan that knows today's Node.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const packages = join(dirname(folder), 'node_modules');

/** raw-socket has its licence at the end of its README. */
const licenceIn = (readme) => readme.slice(readme.indexOf('# License'));

const FILES = {
  'raw.cc': ['raw-socket/src/raw.cc'],
  'raw.h': ['raw-socket/src/raw.h'],
  'ioctl.cpp': ['ioctl/src/ioctl.cpp'],
  'LICENSE.ioctl': ['ioctl/LICENSE'],
  'LICENSE.raw-socket': ['raw-socket/README.md', licenceIn],
};

/** Whether anything is other than before. Where those packages aren't (an installed pingem), nothing is. */
export const collectSources = () => {
  if (!existsSync(join(packages, 'raw-socket'))) return false;
  mkdirSync(join(folder, 'src'), { recursive: true });
  let isNew = false;
  for (const [name, [from, part = (text) => text]] of Object.entries(FILES)) {
    const to = join(folder, 'src', name);
    const text = part(readFileSync(join(packages, from), 'utf8'));
    if (existsSync(to) && readFileSync(to, 'utf8') === text) continue;
    writeFileSync(to, text);
    isNew = true;
  }
  return isNew;
};
