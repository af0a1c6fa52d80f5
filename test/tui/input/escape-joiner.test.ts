// Escape sequences that arrive in pieces.

import { describe, expect, it } from 'vitest';
import { EscapeJoiner } from '../../../src/tui/input/escape-joiner.js';

const setUp = (): { joiner: EscapeJoiner; pieces: string[]; later: () => void } => {
  const pieces: string[] = [];
  let waiting: (() => void) | null = null;
  const joiner = new EscapeJoiner(
    (bytes) => pieces.push(Buffer.from(bytes).toString()),
    (run) => {
      waiting = run;
      return () => {
        waiting = null;
      };
    },
  );
  return { joiner, pieces, later: () => waiting?.() };
};

const feed = (joiner: EscapeJoiner, ...pieces: string[]): void => {
  for (const piece of pieces) joiner.push(Buffer.from(piece));
};

describe('EscapeJoiner', () => {
  it('passes whole keys on at once', () => {
    const { joiner, pieces } = setUp();
    feed(joiner, 'q', '\u001b[A', '\u001b[5~', 'é');
    expect(pieces).toEqual(['q', '\u001b[A', '\u001b[5~', 'é']);
  });

  it.each([
    ['\u001b', '[A'],
    ['\u001b[', 'A'],
    ['\u001b[5', '~'],
    ['\u001b[1;', '5C'],
    ['\u001bO', 'P'],
  ])('joins %j and %j', (first, second) => {
    const { joiner, pieces } = setUp();
    feed(joiner, first);
    expect(pieces).toEqual([]);
    feed(joiner, second);
    expect(pieces).toEqual([first + second]);
  });

  it('takes a lone escape for the key, once nothing has followed', () => {
    const { joiner, pieces, later } = setUp();
    feed(joiner, '\u001b');
    later();
    expect(pieces).toEqual(['\u001b']);
  });
});
