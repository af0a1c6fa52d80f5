// Escape sequences, the mouse and what is pasted, in pieces however a line may cut them.

import { describe, expect, it } from 'vitest';
import { TerminalInput } from '../../../src/tui/input/terminal-input.js';
import type { MouseEvent } from '../../../src/tui/input/terminal-input.js';

type Got = { key: string } | { mouse: MouseEvent } | { paste: string };

const setUp = () => {
  const got: Got[] = [];
  let waiting: (() => void) | null = null;
  const input = new TerminalInput(
    {
      keys: (bytes) => got.push({ key: Buffer.from(bytes).toString() }),
      mouse: (mouse) => got.push({ mouse }),
      paste: (paste) => got.push({ paste }),
      done: () => {},
    },
    (run) => {
      waiting = run;
      return () => {
        waiting = null;
      };
    },
  );
  return {
    got,
    feed: (...pieces: string[]) => {
      for (const piece of pieces) input.push(Buffer.from(piece));
    },
    feedBytes: (bytes: Uint8Array) => input.push(bytes),
    later: () => {
      const run = waiting;
      waiting = null;
      run?.();
    },
  };
};

const CLICK = '\u001b[<0;12;5M';
const clicked: Got = { mouse: { type: 'click', x: 11, y: 4 } };

describe('keys', () => {
  it('that are whole are passed on at once', () => {
    const { got, feed } = setUp();
    feed('q', '\u001b[A', '\u001b[5~', 'é');
    expect(got).toEqual([{ key: 'q' }, { key: '\u001b[A' }, { key: '\u001b[5~' }, { key: 'é' }]);
  });

  it.each([
    ['\u001b', '[A'],
    ['\u001b[', 'A'],
    ['\u001b[5', '~'],
    ['\u001b[20', '~'],
    ['\u001b[1;', '5C'],
    ['\u001bO', 'P'],
  ])('%j and %j are joined', (first, second) => {
    const { got, feed } = setUp();
    feed(first);
    expect(got).toEqual([]);
    feed(second);
    expect(got).toEqual([{ key: first + second }]);
  });

  it('a lone escape is the key, once nothing has followed', () => {
    const { got, feed, later } = setUp();
    feed('\u001b');
    later();
    expect(got).toEqual([{ key: '\u001b' }]);
    later();
    feed('[', 'x');
    expect(got.slice(1)).toEqual([{ key: '[' }, { key: 'x' }]);
  });
});

describe('the mouse', () => {
  it('is told apart from the keys around it, in order', () => {
    const { got, feed } = setUp();
    feed(`a${CLICK}b\u001b[<64;1;1M\u001b[<65;3;2M\u001b[A`);
    expect(got).toEqual([
      { key: 'a' },
      clicked,
      { key: 'b' },
      { mouse: { type: 'wheel up', x: 0, y: 0 } },
      { mouse: { type: 'wheel down', x: 2, y: 1 } },
      { key: '\u001b[A' },
    ]);
  });

  it('is read wherever it is cut, and never becomes keys but for an Escape that stood alone for long', () => {
    for (let at = 1; at < CLICK.length; at++) {
      const joined = setUp();
      joined.feed(CLICK.slice(0, at), CLICK.slice(at));
      expect(joined.got).toEqual([clicked]);
      const late = setUp();
      late.feed(CLICK.slice(0, at));
      late.later();
      late.feed(CLICK.slice(at));
      const early = [{ key: '\u001b' }, { key: '\u001b[' }];
      expect(late.got).toEqual(at <= 2 ? [early[at - 1], clicked] : [clicked]);
    }
  });

  it('is swallowed where its rest is lost, or means nothing', () => {
    const { got, feed } = setUp();
    feed(
      '\u001b[<0;12',
      'q',
      CLICK,
      '\u001b[<0;1',
      CLICK,
      '\u001b[<0;12;5m\u001b[<2;1;1M\u001b[<35;1;1M\u001b[<0;0;1M',
      'x',
    );
    expect(got).toEqual([{ key: 'q' }, clicked, clicked, { key: 'x' }]);
  });
});

describe('what is pasted', () => {
  const paste = '\u001b[200~qQ\u001b[Ay\r\n\u001b[<0;1;1M日本\u001b[201~';

  it('is one text, wherever it is cut', () => {
    const bytes = Buffer.from(`a${paste}b`);
    for (let at = 1; at < bytes.length; at++) {
      const whole = setUp();
      for (const piece of [bytes.subarray(0, at), bytes.subarray(at)]) whole.feedBytes(piece);
      expect(whole.got.filter((one) => 'paste' in one)).toEqual([{ paste: 'qQ\u001b[Ay\r\n\u001b[<0;1;1M日本' }]);
      expect(whole.got.flatMap((one) => ('key' in one ? [one.key] : [])).join('')).toBe('ab');
    }
  });

  it('is bounded, and ends where its end is lost', () => {
    const { got, feed, later } = setUp();
    feed(`\u001b[200~${'x'.repeat(1_000_000)}\u001b[201~k`);
    expect(got).toEqual([{ paste: 'x'.repeat(4096) }, { key: 'k' }]);
    feed('\u001b[200~lost');
    later();
    feed('q');
    expect(got.slice(2)).toEqual([{ paste: 'lost' }, { key: 'q' }]);
  });
});
