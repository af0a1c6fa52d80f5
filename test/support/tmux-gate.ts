// The gate of the tests in a real terminal: without root or tmux they are skipped, and stderr says so; where CI=true the
// import itself fails.

import { execFileSync } from 'node:child_process';

const obstacle = (): string | null => {
  if (process.getuid?.() !== 0) return 'needs root';
  try {
    execFileSync('tmux', ['-V']);
    return null;
  } catch {
    return 'needs tmux';
  }
};

const gate = (): boolean => {
  const missing = obstacle();
  if (missing === null) return false;
  if (process.env['CI'] === 'true') throw new Error(`CI=true, and the terminal tests can't run: ${missing}`);
  process.stderr.write(`SKIPPED: tests in a real terminal: ${missing}\n`);
  return true;
};

/** For `describe.skipIf`. */
export const withoutTmux = gate();
