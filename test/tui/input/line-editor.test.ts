// Typing with a caret.

import { describe, expect, it } from 'vitest';
import { EMPTY_LINE, lineOf, typeInto } from '../../../src/tui/input/line-editor.js';
import type { Line } from '../../../src/tui/input/line-editor.js';

/** Keys by their names; a single character types itself. The caret is shown as `|`. */
const typed = (from: Line, keys: readonly string[], longest = 20): string => {
  const { text, caret } = keys.reduce(
    (line, key) => typeInto(line, key, Array.from(key).length === 1 ? key : null, longest),
    from,
  );
  const chars = Array.from(text);
  return `${chars.slice(0, caret).join('')}|${chars.slice(caret).join('')}`;
};

describe('a line', () => {
  it.each([
    [['a', 'b'], 'ab|'],
    [['a', 'b', 'left', 'x'], 'ax|b'],
    [['a', 'b', 'home', 'x', 'end', 'y'], 'xaby|'],
    [['a', 'b', 'left', 'backspace'], '|b'],
    [['a', 'left', 'left', 'backspace', 'delete', 'delete'], '|'],
    [['ü', '語', '𝄞', 'left', 'backspace'], 'ü|𝄞'],
    [['a', 'b', 'c', 'left', 'C-u'], '|c'],
    [['a', 'b', 'c', 'left', 'C-k'], 'ab|'],
    [['a', 'b', 'C-a', 'C-f', 'x', 'C-b', 'C-d', 'C-e'], 'ab|'],
    [['a', 'f5', 'up'], 'a|'],
  ])('after %j', (keys, expected) => {
    expect(typed(EMPTY_LINE, keys)).toBe(expected);
  });

  it('begins behind what is there', () => {
    expect(typed(lineOf('gw=𝄞'), ['backspace', 'x'])).toBe('gw=x|');
  });

  it('takes no more than its length', () => {
    expect(typed(EMPTY_LINE, ['a', 'b', 'c', 'left', 'd'], 3)).toBe('ab|c');
  });
});
