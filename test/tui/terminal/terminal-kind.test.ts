// What a terminal is taken for.

import { describe, expect, it } from 'vitest';
import { terminalKind } from '../../../src/tui/terminal/terminal-kind.js';

const utf8 = { LANG: 'en_US.UTF-8' };

describe('colours', () => {
  it.each([
    'tmux-256color',
    'screen-256color',
    'xterm-256color',
    'xterm-kitty',
    'alacritty',
    'foot',
    'wezterm',
    'xterm-ghostty',
  ])('%s has 256, and blessed is given a description that it can read', (TERM) => {
    expect(terminalKind({ ...utf8, TERM }, false)).toEqual({
      colours: 256,
      repertoire: 'full',
      description: 'xterm-256color',
    });
  });

  it('are 256 inside tmux whatever TERM says, and where COLORTERM says so', () => {
    expect(terminalKind({ ...utf8, TERM: 'screen', TMUX: '/tmp/tmux-0/default,1,0' }, false).colours).toBe(256);
    expect(terminalKind({ ...utf8, TERM: 'xterm', COLORTERM: 'truecolor' }, false).colours).toBe(256);
  });

  it('are the basic ones or none on older terminals', () => {
    expect(terminalKind({ ...utf8, TERM: 'linux' }, false)).toEqual({
      colours: 8,
      repertoire: 'halves',
      description: 'linux',
    });
    expect(terminalKind({ ...utf8, TERM: 'xterm' }, false).colours).toBe(8);
    expect(terminalKind({ ...utf8, TERM: 'vt100' }, false)).toMatchObject({ colours: 0, description: 'vt100' });
  });

  it('are none with NO_COLOR, unless it is empty', () => {
    expect(terminalKind({ ...utf8, TERM: 'xterm-256color', NO_COLOR: '1' }, false).colours).toBe(0);
    expect(terminalKind({ ...utf8, TERM: 'xterm-256color', NO_COLOR: '' }, false).colours).toBe(256);
  });
});

describe('characters', () => {
  const of = (env: Record<string, string>): string =>
    terminalKind({ TERM: 'xterm-256color', ...env }, false).repertoire;

  it('are ASCII unless the locale is UTF-8; LC_ALL before LC_CTYPE before LANG', () => {
    expect(of({ LANG: 'C' })).toBe('ascii');
    expect(of({})).toBe('ascii');
    expect(of({ LANG: 'C', LC_CTYPE: 'C.UTF-8' })).toBe('full');
    expect(of({ LANG: 'C.UTF-8', LC_ALL: 'C' })).toBe('ascii');
    expect(of({ LANG: 'de_DE.utf8', LC_ALL: '' })).toBe('full');
  });

  it('are ASCII where the user wants it', () => {
    expect(terminalKind({ TERM: 'xterm-256color', LANG: 'C.UTF-8' }, true).repertoire).toBe('ascii');
  });
});
