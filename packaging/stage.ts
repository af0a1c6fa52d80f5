// The program as a package installs it: what runs and nothing else. @vercel/nft follows the imports from every place at
// which a thread or a process of pingem begins; modules keep their folders, so that what works in a checkout works there.

import { nodeFileTrace } from '@vercel/nft';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { minified } from './minify.js';
import { platformTag } from './native-build.js';
import type { NodeLine } from './native-build.js';
import { packageManifest, projectRoot, run } from './project.js';

/** Entries besides bin/: the observer thread, the lookups' process and the page, found by their URL. */
const isEntry = (file: string): boolean => /\/(observer-thread|lookup-child|web\/page\/main)\.js$/.test(file);

/** What the page has besides modules. */
const pageFiles = (): readonly string[] => [
  ...readdirSync(`${projectRoot}/page`).map((name) => `page/${name}`),
  'node_modules/uplot/package.json',
  'node_modules/uplot/dist/uPlot.iife.min.js',
  'node_modules/uplot/dist/uPlot.min.css',
];

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Paths below the project, of files that a run can come to need. */
const tracedFiles = async (): Promise<readonly string[]> => {
  const entries = [
    `${projectRoot}/bin/pingem.js`,
    `${projectRoot}/bin/setpriv-arguments.js`,
    ...filesBelow(`${projectRoot}/dist`).filter(isEntry),
  ];
  const { fileList } = await nodeFileTrace(entries, {
    base: projectRoot,
    ignore: ['**/*.node', 'node_modules/nan/**'],
  });
  const traced = [...fileList].filter((file) => lstatSync(join(projectRoot, file)).isFile());
  return [...new Set([...traced, ...pageFiles()])];
};

/** Licences of the packages whose code is among these files. */
const licencesFor = (files: readonly string[]): readonly string[] => {
  const packages = new Set(files.map((file) => /^node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean));
  return [...packages].flatMap((folder) =>
    readdirSync(join(projectRoot, folder ?? ''))
      .filter((name) => /^licen[cs]e/i.test(name))
      .map((name) => `${folder}/${name}`),
  );
};

/** Folders may be entered and files read by everybody; only what is run is executable. */
const setModes = (folder: string): void => {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink())
      chmodSync(path, entry.isDirectory() || /\/bin\/(pingem|pingem\.js|node)$/.test(path) ? 0o755 : 0o644);
  }
  chmodSync(folder, 0o755);
};

/** Puts the program into `folder`, with native parts for these lines of Node. */
export const stage = async (folder: string, lines: readonly NodeLine[]): Promise<void> => {
  rmSync(folder, { recursive: true, force: true });
  const files = await tracedFiles();
  for (const file of [
    ...files,
    ...licencesFor(files),
    'bin/pingem',
    'LICENSE',
    'native/src/LICENSE.raw-socket',
    'native/src/LICENSE.ioctl',
  ]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    if (/^dist\/.*\.js$/.test(file)) writeFileSync(join(folder, file), await minified(join(projectRoot, file)));
    else cpSync(join(projectRoot, file), join(folder, file));
  }
  for (const { abi } of lines) {
    const parts = `native/built/${platformTag(abi)}`;
    cpSync(join(projectRoot, parts), join(folder, parts), { recursive: true });
  }
  const { name, version, type, imports } = packageManifest;
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name, version, type, imports })}\n`);
  setModes(folder);
};

/** Makes the native parts that aren't there yet for these lines. */
export const ensurePrebuilt = (lines: readonly NodeLine[]): void => {
  const missing = lines.filter(({ abi }) =>
    ['raw', 'ioctl'].some((part) => !existsSync(`${projectRoot}/native/built/${platformTag(abi)}/${part}.node`)),
  );
  if (missing.length === 0) return;
  run(process.execPath, [`${projectRoot}/dist/packaging/prebuilt.js`, ...missing.map(({ major }) => String(major))]);
};
