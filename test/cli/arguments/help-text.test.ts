// --help on terminals of every width.

import { describe, expect, it } from 'vitest';
import { commands } from '../../../src/cli/arguments/command-table.js';
import { helpText } from '../../../src/cli/arguments/help-text.js';

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

describe('--help', () => {
  it.each([40, 50, 59, 60, 72, 79, 80, 81, 99, 100])('fits %i columns, but for the longest example', (columns) => {
    const lines = helpText(null, columns).split('\n');
    const long = lines.filter((line) => line.length > columns);
    expect(long.filter((line) => !line.startsWith('  sudo pingem '))).toEqual([]);
  });

  it('has the same words at every width, none broken', () => {
    for (const command of [null, ...commands]) {
      for (let columns = 10; columns <= 120; columns += 5) {
        expect(words(helpText(command, columns))).toEqual(words(helpText(command, 80)));
      }
    }
  });

  it('is 80 columns wide where there is no terminal, and never wider than 100', () => {
    expect(helpText(null, null)).toBe(helpText(null, 80));
    expect(widest(helpText(null, null))).toBeLessThanOrEqual(80);
    expect(helpText(null, 300)).toBe(helpText(null, 100));
  });
});
