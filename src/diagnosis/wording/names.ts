// What the codes are called: on a wide line, on a narrow one, and in one word.

import type { Addition, VerdictCode } from '../../events/verdict.js';

export const CODE_WORDS: Readonly<Record<VerdictCode, { long: string; short: string; word: string }>> = {
  starting: { long: 'starting', short: 'starting', word: 'starting' },
  'not-collecting': { long: 'not collecting', short: 'not collecting', word: 'away' },
  fine: { long: 'all fine', short: 'fine', word: 'fine' },
  machine: { long: 'this machine', short: 'this machine', word: 'machine' },
  local: { long: 'your router or Wi-Fi', short: 'router or Wi-Fi', word: 'router' },
  'own-traffic': { long: 'your own traffic fills the line', short: 'your own traffic', word: 'own' },
  provider: { long: 'beyond your router: the line or the provider', short: 'beyond your router', word: 'provider' },
  beyond: { long: 'beyond your provider', short: 'beyond provider', word: 'beyond' },
  host: { long: 'only', short: 'only', word: 'host' },
  unclear: { long: 'unclear whose fault', short: 'unclear', word: 'unclear' },
};

export const ADDITION_WORDS: Readonly<Record<Addition, string>> = {
  host: 'a second host would tell',
  gateway: 'watching your router would tell (@gateway)',
  provider: 'a host beyond your router would tell',
  'slower gateway': 'your router neglects ping: watch it at 1 s or slower',
};

const GAP_WORDS: Readonly<Record<string, string>> = {
  suspend: 'the machine slept',
  stopped: 'the program was stopped',
  stall: 'this machine was busy',
  'not running': 'the program was not running',
};

/** Why nobody looked, or why nothing could be sent. */
export const reasonWords = (reason: string): string => {
  if (GAP_WORDS[reason] !== undefined) return GAP_WORDS[reason];
  if (reason === 'ENETUNREACH' || reason === 'ENETDOWN' || reason === 'EHOSTUNREACH') return `no route (${reason})`;
  if (reason.startsWith('EAI_') || reason === 'ENOTFOUND') return `names can't be resolved (${reason})`;
  return `nothing can be sent (${reason})`;
};
