// The install script of a checkout and of a package: compiles the native parts, unless some that load into this Node are
// there. They go into a folder that names the Node ABI (native/built/linux-x64-115), once a process of their own has loaded
// them: a part that was made for another Node can end the process that loads it, so pingem looks by that name and tries
// none (docs/decisions/0072). What fails is said by pingem itself, in one line, when it is started: npm would bury it in
// a page of its own.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { collectSources } from './sources.js';

const PARTS = ['raw', 'ioctl'];
const folder = dirname(fileURLToPath(import.meta.url));
/** Mirrors src/probe/native-parts.ts, which isn't built yet when a checkout is installed. */
const builtFolder = join(folder, 'built', `${process.platform}-${process.arch}-${process.versions.modules}`);
const nodeFolder = dirname(dirname(process.execPath));

const loads = (path) =>
  existsSync(path) &&
  spawnSync(process.execPath, ['-e', 'require(process.argv[1])', path], { stdio: 'ignore' }).status === 0;

/** npm puts node-gyp into the path of an install script; by hand it is found beside npm. */
const nodeGyp = () => {
  const ofNpm = ['lib/node_modules/npm/node_modules/node-gyp', 'share/nodejs/node-gyp'].map((path) =>
    join(nodeFolder, path, 'bin/node-gyp.js'),
  );
  const found = [process.env['npm_config_node_gyp'], ...ofNpm].find((path) => path !== undefined && existsSync(path));
  return found === undefined ? ['node-gyp'] : [process.execPath, found];
};

/** Whether include/node of that folder is of this Node's ABI. */
const hasOurHeaders = (place) => {
  const header = join(place, 'include/node/node_version.h');
  return (
    existsSync(header) && readFileSync(header, 'utf8').includes(`NODE_MODULE_VERSION ${process.versions.modules}\n`)
  );
};

/**
 * Where this Node's own headers are: beside it, or where the npm package `node` has them. Left to itself, node-gyp takes
 * what it downloads, and Debian's takes those of Debian's Node, whatever Node runs it.
 */
const ownHeaders = () =>
  [nodeFolder, join(nodeFolder, `node_modules/node-${process.platform}-${process.arch}`)].find(hasOurHeaders);

const compile = () => {
  const [command, ...args] = nodeGyp();
  const env = { ...process.env, PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) };
  const headers = ownHeaders();
  if (headers !== undefined) env.npm_config_nodedir = headers;
  spawnSync(command, [...args, 'rebuild', `--directory=${folder}`], { stdio: 'inherit', env });
};

const keepWhatLoads = () => {
  for (const part of PARTS) {
    const compiled = join(folder, `build/Release/${part}.node`);
    const kept = join(builtFolder, `${part}.node`);
    if (loads(compiled)) {
      mkdirSync(builtFolder, { recursive: true });
      renameSync(compiled, kept);
      continue;
    }
    if (!loads(kept)) rmSync(kept, { force: true });
    if (existsSync(compiled)) {
      process.stderr.write(
        `pingem: ${part}.node was compiled but doesn't load into Node ${process.versions.node}: node-gyp took the headers of ` +
          'another one; type: npm install -g node@22, which brings its own\n',
      );
    }
  }
  rmSync(join(folder, 'build'), { recursive: true, force: true });
};

const areNew = collectSources();
if (areNew || !PARTS.every((part) => loads(join(builtFolder, `${part}.node`)))) {
  compile();
  keepWhatLoads();
}
