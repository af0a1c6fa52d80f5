// The two parts that are compiled: `raw` of the npm package raw-socket, `ioctl` of the package of that name. Both use nan
// and V8, so that each build fits one Node ABI only, and lies in a folder of that name. One of another ABI isn't tried: it
// can end the process (docs/decisions/0072). Where there is none, one line says what is wrong and what to type.

import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { StartError } from './start-error.js';

export type NativePart = 'raw' | 'ioctl';

const require = createRequire(import.meta.url);

const OWN_PLATFORM = `${process.platform}-${process.arch}-`;

/** The folder of package.json, wherever this file is below it. */
const packageFolder = (): string => require.resolve('#package.json').replace(/\/package\.json$/, '');

const thisNode = (): string => `Node ${process.versions.node} (ABI ${process.versions.modules})`;

/** Node ABIs that the part is there for, on this platform. */
const builtAbis = (part: NativePart, folder: string): readonly string[] => {
  const built = `${folder}/native/built`;
  if (!existsSync(built)) return [];
  return readdirSync(built)
    .filter((name) => name.startsWith(OWN_PLATFORM) && existsSync(`${built}/${name}/${part}.node`))
    .map((name) => name.slice(OWN_PLATFORM.length));
};

/** What is wrong where a part isn't there for this Node, but for those of `abis`. */
const notBuilt = (part: NativePart, abis: readonly string[]): string => {
  const name = `pingem's native part ${part}.node`;
  return abis.length === 0
    ? `${name} isn't built for ${thisNode()}`
    : `${name} is built for Node ABI ${abis.join(', ')}, and this is ${thisNode()}`;
};

const TOOLS = 'with g++, make and python3 installed (Debian: apt install g++ make python3), type';

/** What to type in the checkout or package at `folder`, whose own build is there or not. */
const nativeHint = (folder: string): string => {
  if (existsSync(`${folder}/src`)) return `${TOOLS}: cd ${folder} && npm ci`;
  if (existsSync(`${folder}/native/build.js`)) return `${TOOLS}: sudo env "PATH=$PATH" node ${folder}/native/build.js`;
  return 'install the package that was made for this Node';
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * @returns what the part exports
 * @throws StartError with what to type
 */
export const loadNativePart = (part: NativePart): unknown => {
  const folder = packageFolder();
  const file = `${folder}/native/built/${OWN_PLATFORM}${process.versions.modules}/${part}.node`;
  if (!existsSync(file)) throw new StartError(notBuilt(part, builtAbis(part, folder)), 'ENOEXEC', nativeHint(folder));
  try {
    return require(file);
  } catch (error) {
    const why = messageOf(error).split('\n')[0] ?? '';
    throw new StartError(`pingem's native part ${part}.node doesn't load: ${why}`, 'ENOEXEC', nativeHint(folder));
  }
};
