// `npm run check:install [SUITE...] [--tests]`: README's own lines, and every way to install, in fresh Debian systems, by a
// real sudo of a real user. One line a cell; exit status 1 if one of them neither works nor says in one line why not.
// Needs root, debootstrap and a Debian mirror; makes the packages where they are missing. --tests runs the tests there too,
// which takes minutes each.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { cells, TARBALL, testCells } from './install-cells.js';
import type { Cell } from './install-cells.js';
import { outFolder, projectRoot, run, say } from './project.js';
import { Root } from './roots.js';
import type { Suite } from './roots.js';

const SUITES: readonly Suite[] = ['bookworm', 'trixie', 'forky'];

const tryCell = (suite: Suite, cell: Cell): boolean => {
  let result: { works: boolean; line: string };
  const root = new Root(suite);
  try {
    result = cell.try(root);
  } catch (error) {
    result = { works: false, line: error instanceof Error ? error.message : String(error) };
  } finally {
    root.remove();
  }
  say(`${result.works ? 'ok  ' : 'FAIL'}  ${suite}  ${cell.name}: ${result.line}`);
  return result.works;
};

const obstacle = (): string | null => {
  if (process.getuid?.() !== 0) return 'needs root, for chroot and mounts';
  if (spawnSync('debootstrap', ['--version']).error) return 'needs debootstrap: apt install debootstrap';
  return null;
};

/** Makes the packages that aren't there yet. */
const ensurePackages = (): void => {
  const made = existsSync(outFolder) ? readdirSync(outFolder) : [];
  for (const [isThere, script] of [
    [existsSync(`${projectRoot}/${TARBALL}`), 'package:npm'],
    [made.some((name) => name.endsWith('.deb')), 'package:deb'],
    [made.some((name) => name.endsWith('.xz')), 'package:portable'],
  ] as const) {
    if (!isThere) run('npm', ['run', '--silent', script], { cwd: projectRoot });
  }
};

const words = process.argv.slice(2);
const named = SUITES.filter((suite) => words.includes(suite));
const onlyCells = words.filter((word) => word.startsWith('--only=')).map((word) => word.slice('--only='.length));
const chosen = [...cells, ...(words.includes('--tests') ? testCells : [])].filter(
  ({ name }) => onlyCells.length === 0 || onlyCells.some((only) => name.includes(only)),
);
const why = obstacle();
if (why !== null) {
  process.stderr.write(`${basename(import.meta.filename)}: ${why}\n`);
  process.exit(2);
}
ensurePackages();
let allWork = true;
for (const suite of named.length > 0 ? named : SUITES) {
  for (const cell of chosen.filter(({ only }) => only === null || only === suite))
    allWork = tryCell(suite, cell) && allWork;
}
process.exit(allWork ? 0 : 1);
