// The two parts that are compiled: `raw` of the npm package raw-socket, `ioctl` of the package of that name. Both use nan
// and V8, so that each build fits one Node ABI only. A part is looked for where a checkout, an installed package and a
// packed one have it (docs/decisions/0070), and where none of them loads, one line says what is wrong and what to type.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { StartError } from './start-error.js';

export type NativePart = 'raw' | 'ioctl';

const require = createRequire(import.meta.url);

/** Specifiers, the first that loads wins: made on this machine for this Node before what was brought along. */
const placesOf: Readonly<Record<NativePart, readonly string[]>> = {
  raw: ['raw-socket/build/Release/raw.node'],
  ioctl: ['ioctl/build/Release/ioctl.node'],
};

/** Such as linux-x64-115. */
export const platformTag = (): string => `${process.platform}-${process.arch}-${process.versions.modules}`;

const candidates = (part: NativePart): readonly string[] => [
  ...placesOf[part],
  `#native/build/Release/${part}.node`,
  `#native/prebuilt/${platformTag()}/${part}.node`,
];

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);

/** What became of each place that has such a file: only these say more than "not built". */
const isMissing = (error: unknown): boolean => codeOf(error) === 'MODULE_NOT_FOUND';

const thisNode = (): string => `Node ${process.versions.node} (ABI ${process.versions.modules})`;

/** What is wrong, for one part that did not load. `failures` are those of the places where there is such a file. */
export const nativeFailure = (part: NativePart, failures: readonly string[]): string => {
  const name = `pingem's native part ${part}.node`;
  if (failures.length === 0) return `${name} isn't built for ${thisNode()}`;
  const otherAbi = failures.map((text) => /NODE_MODULE_VERSION (\d+)\. This/.exec(text)?.[1]).find(Boolean);
  if (otherAbi !== undefined) return `${name} is built for Node ABI ${otherAbi}, and this is ${thisNode()}`;
  return `${name} doesn't load: ${(failures[0] ?? '').split('\n')[0] ?? ''}`;
};

const TOOLS = 'with g++, make and python3 installed (Debian: apt install g++ make python3), type';

/** What to type in the checkout or package at `folder`, whose own build is there or not. */
export const nativeHint = (folder: string): string => {
  if (existsSync(`${folder}/src`)) return `${TOOLS}: cd ${folder} && npm ci`;
  if (existsSync(`${folder}/native/build.js`)) return `${TOOLS}: sudo env "PATH=$PATH" node ${folder}/native/build.js`;
  return 'install the package that was made for this Node';
};

/** The folder of package.json, wherever this file is below it. */
const packageFolder = (): string => require.resolve('#package.json').replace(/\/package\.json$/, '');

/**
 * @returns what the part exports
 * @throws StartError with what to type
 */
export const loadNativePart = (part: NativePart): unknown => {
  const failures: string[] = [];
  for (const place of candidates(part)) {
    try {
      return require(place);
    } catch (error) {
      if (!isMissing(error)) failures.push(messageOf(error));
    }
  }
  throw new StartError(nativeFailure(part, failures), 'ENOEXEC', nativeHint(packageFolder()));
};
