// The table of keys.

import { describe, expect, it } from 'vitest';
import { actionFor, keyBindings, keyHints } from '../../../src/tui/input/keys.js';

describe('the table', () => {
  it('gives every key one meaning', () => {
    const keys = keyBindings.flatMap(({ keys: names }) => names);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keyBindings.every((binding) => binding.keys.every((key) => actionFor(key) === binding.action))).toBe(true);
  });

  it('gives every action one line', () => {
    const actions = keyBindings.map(({ action }) => action);
    expect(new Set(actions).size).toBe(actions.length);
  });

  it('knows nothing of other keys', () => {
    expect(actionFor('x')).toBeNull();
  });
});

describe('hints', () => {
  const text = (width: number): string =>
    keyHints(width, '← →')
      .map(({ keys, text: what }) => `${keys} ${what}`)
      .join('  ');

  it('are all there where there is room', () => {
    expect(text(126)).toBe(
      '+ - zoom  ← → cursor  Enter endpoint  p path  s scale  d days  o episodes  a add  ? help  q quit',
    );
  });

  it('fit into any width, help and quit last to go', () => {
    for (let width = 0; width < 100; width++) expect(text(width).length).toBeLessThanOrEqual(width);
    expect(text(16)).toBe('? help  q quit');
    expect(text(38)).toContain('q quit');
  });
});
