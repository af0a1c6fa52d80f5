// Dark or light.

import { describe, expect, it } from 'vitest';
import { parseColour, takesQuestion, themeOfEnvironment, themeOn } from '../../../src/tui/terminal/background.js';
import { terminalKind } from '../../../src/tui/terminal/terminal-kind.js';

describe('the environment', () => {
  it.each([
    ['15;0', 'dark'],
    ['0;15', 'light'],
    ['0;7', 'light'],
    ['15;default;8', 'dark'],
    ['0;default;15', 'light'],
    ['0;default', 'dark'],
    ['', 'dark'],
    [undefined, 'dark'],
    ['0;nonsense', 'dark'],
  ])('with COLORFGBG=%s is %s', (COLORFGBG, theme) => {
    expect(themeOfEnvironment({ COLORFGBG })).toBe(theme);
  });
});

describe('a colour', () => {
  it.each([
    ['rgb:1e1e/1e1e/2e2e', [30, 30, 46]],
    ['rgb:ff/80/00', [255, 128, 0]],
    ['rgb:f/f/f', [255, 255, 255]],
    ['rgba:ffff/ffff/ffff/8000', [255, 255, 255]],
    ['#FDF6E3', [253, 246, 227]],
    ['?', null],
    ['rgb:gg/00/00', null],
    ['rgb:00000/0/0', null],
    ['', null],
  ])('%s is read', (text, colour) => {
    expect(parseColour(text)).toEqual(colour);
  });
});

describe('a background', () => {
  it.each([
    ['#000000', 'dark'],
    ['#002b36', 'dark'],
    ['#6c6c6c', 'dark'],
    ['#808080', 'light'],
    ['#fdf6e3', 'light'],
    ['#ffffff', 'light'],
  ])('%s is %s', (text, theme) => {
    expect(themeOn(parseColour(text) ?? [0, 0, 0])).toBe(theme);
  });
});

describe('the question', () => {
  it.each([
    ['xterm-256color', true],
    ['tmux-256color', true],
    ['screen-256color', true],
    ['xterm-kitty', true],
    ['linux', false],
    ['vt100', false],
  ])('is put to %s: %s', (TERM, isAsked) => {
    expect(takesQuestion(terminalKind({ TERM, LANG: 'C.UTF-8' }, false))).toBe(isAsked);
  });

  it('is not put where no colour is wanted', () => {
    expect(takesQuestion(terminalKind({ TERM: 'xterm-256color', NO_COLOR: '1' }, false))).toBe(false);
  });
});
