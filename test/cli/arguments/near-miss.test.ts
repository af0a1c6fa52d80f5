// Slips in a command's name, and host names that are none.

import { describe, expect, it } from 'vitest';
import { nearMissOf } from '../../../src/cli/arguments/near-miss.js';

const names = ['replay', 'summary', 'export', 'completions', 'help'];

describe('a slip in the name of a command', () => {
  it.each([
    ['repaly', 'replay'],
    ['replya', 'replay'],
    ['repla', 'replay'],
    ['replays', 'replay'],
    ['Replay', 'replay'],
    ['sumary', 'summary'],
    ['summery', 'summary'],
    ['exprot', 'export'],
    ['completion', 'completions'],
    ['hlep', 'help'],
    ['HELP', 'help'],
  ])('%s is %s', (word, name) => {
    expect(nearMissOf(word, names)).toBe(name);
  });

  it.each(['helm', 'kelp', 'host', 'replay2', 'replay.lan', '::1', 'report', 'server', 'router', ''])(
    '%j is a host',
    (word) => {
      expect(nearMissOf(word, names)).toBeNull();
    },
  );
});
