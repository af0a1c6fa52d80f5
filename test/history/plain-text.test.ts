// Text from outside obeys nobody: no character is left that a terminal acts upon or that hides what a text says.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/events/plain-text.js';

describe('plain text', () => {
  it.each([
    ['gateway', 'gateway'],
    ['Büro 東京 😀', 'Büro 東京 😀'],
    ['e\u0301', 'e\u0301'],
    ['a\u001b[31mb\u0007', 'a?[31mb?'],
    ['a\u009b2Jb\u007f', 'a?2Jb?'],
    ['a\r\nb\tc\u2028d\u0085e', 'a  b c d e'],
    ['pass\u202etxt.exe\u2066x\u200b', 'passtxt.exex'],
    ['\ufeffbom', 'bom'],
    ['half\ud83d', 'half?'],
    ['', ''],
  ])('of %j is %j', (text, plain) => expect(plainText(text)).toBe(plain));

  it('has nothing left to clean, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = plainText(text);
        expect(plain).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(plainText(plain)).toBe(plain);
      }),
    );
  });
});
