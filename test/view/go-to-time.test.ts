// Times that users type.

import { describe, expect, it } from 'vitest';
import { parseGoTo } from '../../src/view/go-to-time.js';

// A Sunday.
const now = Date.UTC(2025, 10, 23, 14, 32, 7);

const shown = (text: string): string | null => {
  const local = parseGoTo(text, now);
  return local === null ? null : new Date(local).toISOString().slice(0, 19);
};

describe('parseGoTo', () => {
  it.each([
    ['14:30', '2025-11-23T14:30:00'],
    ['9:05:30', '2025-11-23T09:05:30'],
    // Not yet today: it means yesterday's.
    ['22:00', '2025-11-22T22:00:00'],
    ['today 22:00', '2025-11-23T22:00:00'],
    ['yesterday 22:00', '2025-11-22T22:00:00'],
    ['yesterday', '2025-11-22T00:00:00'],
    ['Yesterday  9:00', '2025-11-22T09:00:00'],
    ['fri 18:00', '2025-11-21T18:00:00'],
    ['Sunday 8:00', '2025-11-23T08:00:00'],
    ['2025-11-01 06:00', '2025-11-01T06:00:00'],
    ['2025-11-01T06:00', '2025-11-01T06:00:00'],
    ['-2h', '2025-11-23T12:32:07'],
    ['-90m', '2025-11-23T13:02:07'],
    ['-1d 2h', '2025-11-22T12:32:07'],
    ['-1.5h', '2025-11-23T13:02:07'],
    [' now ', '2025-11-23T14:32:07'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each(['', 'soon', '25:00', '14:60', '2025-02-30 10:00', '-2', '-h', '2h', '14:30 yesterday now', 'su 10:00'])(
    'does not understand "%s"',
    (text) => {
      expect(shown(text)).toBeNull();
    },
  );

  it.each([
    '-2000000000d',
    '-99999999999999999999999d',
    '-20000d 60000d',
    `-${'9'.repeat(400)}d`,
    '0000-01-01',
    '1969-12-31',
  ])('refuses "%s", which is outside of the dates that there are', (text) => {
    expect(shown(text)).toBeNull();
  });
});
