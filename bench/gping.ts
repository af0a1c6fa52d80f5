// Where gping is found: a newer Debian has it and this one may not. PINGEM_BENCH_GPING gives the words to run it with, such
// as `chroot /srv/trixie gping` (made by `debootstrap trixie /srv/trixie`, and `apt-get install gping` in it).

import { spawnSync } from 'node:child_process';
import { installed } from './machine.js';

const given = (process.env['PINGEM_BENCH_GPING'] ?? '').split(' ').filter(Boolean);

/** The words to run it with, null where there is none. */
export const gpingCommand: readonly string[] | null = given.length > 0 ? given : installed('gping') ? ['gping'] : null;

/** How it was found, for the page. */
export const gpingFound = (): string => {
  if (gpingCommand === null) return 'gping is neither in PATH nor named by PINGEM_BENCH_GPING.';
  const [command = '', ...args] = gpingCommand;
  const [version = ''] = spawnSync(command, [...args, '--version'], { encoding: 'utf8' }).stdout.split('\n');
  return `${version}, ${given.length > 0 ? `by PINGEM_BENCH_GPING=${gpingCommand.join(' ')}` : 'found in PATH'}.`;
};
