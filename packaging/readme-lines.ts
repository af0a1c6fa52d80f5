// README's own commands: the indented block after each `<!-- try: NAME -->`, so that what is tried is what is printed.

import { readFileSync } from 'node:fs';
import { projectRoot } from './project.js';

/** The block of that name, its lines without their indent. Throws where README has none. */
export const readmeBlock = (name: string): string => {
  const readme = readFileSync(`${projectRoot}/README.md`, 'utf8');
  const block = readme.split(`<!-- try: ${name} -->\n`)[1]?.match(/^\n*((?: {4}.*\n)+)/)?.[1];
  if (block === undefined) throw new Error(`README.md has no block "${name}"`);
  return block.replaceAll(/^ {4}/gm, '').trimEnd();
};
