// Numbers as text.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText, lossText, preciseRttText, rttText, widthText } from '../../src/view/format.js';

describe('preciseRttText', () => {
  it.each([
    [null, '-'],
    [0.0712, '0.071'],
    [0.9996, '1.00'],
    [9.994, '9.99'],
    [9.996, '10.0'],
    [99.96, '100'],
    [3021.4, '3021'],
  ])('%s ms is %s', (rtt, text) => {
    expect(preciseRttText(rtt)).toBe(text);
  });
});

describe('rttText', () => {
  it.each([
    [null, '-'],
    [0.034, '0.03'],
    [0.096, '0.1'],
    [0.7, '0.7'],
    [9.94, '9.9'],
    [9.96, '10'],
    [13.4, '13'],
    [3000.4, '3000'],
    [9999.6, '10s'],
    [61_000, '61s'],
  ])('%s ms is %s', (rtt, text) => {
    expect(rttText(rtt)).toBe(text);
  });

  it('never takes more than four characters', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (rtt) => {
        expect(rttText(rtt).length).toBeLessThanOrEqual(4);
      }),
    );
  });
});

describe('lossText', () => {
  it.each([
    [null, '-'],
    [0, '0.0 %'],
    [0.0001, '<0.1 %'],
    [0.031, '3.1 %'],
    [0.9999, '99.9 %'],
    [1, '100 %'],
  ])('%s is %s', (loss, text) => {
    expect(lossText(loss)).toBe(text);
  });
});

describe('durations', () => {
  it.each([
    [400, '0.4 s'],
    [20_000, '20 s'],
    [59_400, '59 s'],
    [59_600, '1 m'],
    [530_000, '8 m 50 s'],
    [7_380_000, '2 h 3 m'],
    [435_600_000, '5 d 1 h'],
  ])('%s ms is %s', (duration, text) => {
    expect(durationText(duration)).toBe(text);
  });

  it('says a configured width exactly', () => {
    expect([100, 5000, 60_000, 3_600_000, 1].map(widthText)).toEqual(['0.1 s', '5 s', '1 m', '1 h', '0.001 s']);
  });
});
