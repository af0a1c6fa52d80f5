// `pingem completions SHELL`: a script for the shell, made from the option table. It stands for itself: completing
// starts no Node.

import { bashCompletion } from './bash-completion.js';
import { fishCompletion } from './fish-completion.js';
import { zshCompletion } from './zsh-completion.js';
import { SHELLS } from '../arguments/command-table.js';

export type Shell = (typeof SHELLS)[number];

export { SHELLS };

const SCRIPTS: Readonly<Record<Shell, () => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export const completionScript = (shell: Shell): string => SCRIPTS[shell]();
