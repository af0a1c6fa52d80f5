// Text from outside, made fit for cells.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterWidth, printable, textWidth, truncated } from '../../src/view/text.js';

describe('printable', () => {
  it('lets no control character through, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, unicode) => {
        expect(printable(text, unicode)).not.toMatch(/[\p{Cc}\p{Cf}\p{Mn}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('takes the teeth out of escape sequences', () => {
    expect(printable('a\u001b[31mred\u0007\u009b2J', true)).toBe('a?[31mred??2J');
  });

  it('composes accents instead of leaving them to move columns', () => {
    expect(printable('Cafe\u0301', true)).toBe('Café');
    expect(printable('x\u0332y', true)).toBe('xy');
  });

  it('drops marks that turn the direction of writing, and replaces emoji', () => {
    expect(printable('a\u202eb\u200dc', true)).toBe('abc');
    expect(printable('home 🏠', true)).toBe('home ?');
  });

  it('gives ASCII where the terminal has no more', () => {
    expect(printable('Zürich 東京', false)).toBe('Z?rich ??');
    expect(printable('line\nbreak\tand tab', false)).toBe('line break and tab');
  });
});

describe('widths', () => {
  it('counts East Asian characters twice', () => {
    expect(textWidth('日本.example')).toBe(12);
    expect(characterWidth('é')).toBe(1);
    expect(characterWidth('█')).toBe(1);
  });

  it('truncates to no more than the width, and says so', () => {
    expect(truncated('gateway', 7, '…')).toBe('gateway');
    expect(truncated('gateway', 6, '…')).toBe('gatew…');
    expect(truncated('日本語', 4, '…')).toBe('日…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 20 }), (text, width) => {
        expect(textWidth(truncated(printable(text, true), width, '…'))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
