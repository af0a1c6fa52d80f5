// The install script of the package: compiles the native parts where none that fits this Node is there yet. What fails is
// said by pingem itself, in one line, when it is started: npm would bury it in a page of its own.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const folder = dirname(fileURLToPath(import.meta.url));
const tag = `${process.platform}-${process.arch}-${process.versions.modules}`;

const loads = (path) => {
  try {
    require(path);
    return true;
  } catch {
    return false;
  }
};

/** Mirrors src/probe/native-parts.ts, which isn't built yet when a checkout is installed. */
const isThere = (part, npmPackage) =>
  [`${npmPackage}/build/Release/${part}.node`, `./build/Release/${part}.node`, `./prebuilt/${tag}/${part}.node`].some(
    loads,
  );

/** npm puts node-gyp into the path of an install script; by hand it is found beside npm. */
const nodeGyp = () => {
  const ofNpm = ['lib/node_modules/npm/node_modules/node-gyp', 'share/nodejs/node-gyp'].map((path) =>
    join(dirname(dirname(process.execPath)), path, 'bin/node-gyp.js'),
  );
  const found = [process.env['npm_config_node_gyp'], ...ofNpm].find((path) => path !== undefined && existsSync(path));
  return found === undefined ? ['node-gyp'] : [process.execPath, found];
};

if (!isThere('raw', 'raw-socket') || !isThere('ioctl', 'ioctl')) {
  const [command, ...args] = nodeGyp();
  const env = { ...process.env, PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) };
  spawnSync(command, [...args, 'rebuild', `--directory=${folder}`], { stdio: 'inherit', env });
}
