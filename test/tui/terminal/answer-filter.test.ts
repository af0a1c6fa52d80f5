// Answers of the terminal among the keys.

import { describe, expect, it } from 'vitest';
import { AnswerFilter } from '../../../src/tui/terminal/answer-filter.js';
import type { Rgb } from '../../../src/view/theme/xterm-colours.js';

const ESCAPE = '\u001b';
const WHITE = `${ESCAPE}]11;rgb:ffff/ffff/ffff${ESCAPE}\\`;
const WHITE_BELL = `${ESCAPE}]11;rgb:ffff/ffff/ffff\u0007`;
const IDENTITY = `${ESCAPE}[?62;22c`;

const opened = (isAsked = true) => {
  const timers = new Map<() => void, number>();
  const seen = { keys: '', backgrounds: [] as Rgb[] };
  const filter = new AnswerFilter(
    {
      keys: (bytes) => {
        seen.keys += Buffer.from(bytes).toString('latin1');
      },
      background: (colour) => seen.backgrounds.push(colour),
    },
    (run, afterMs) => {
      timers.set(run, afterMs);
      return () => timers.delete(run);
    },
  );
  if (isAsked) filter.expect();
  return {
    seen,
    filter,
    push: (text: string) => filter.push(Buffer.from(text, 'latin1')),
    /** So much time passes, and whatever waits for it is run. */
    wait: (ms: number) => {
      for (const [run, afterMs] of timers) {
        if (afterMs > ms) timers.set(run, afterMs - ms);
        else {
          timers.delete(run);
          run();
        }
      }
    },
  };
};

describe('an answer', () => {
  it.each([WHITE, WHITE_BELL])('is taken out of what is typed around it: %j', (answer) => {
    const { seen, filter, push } = opened();
    push(`ab${answer}${IDENTITY}cd`);
    expect(seen).toEqual({ keys: 'abcd', backgrounds: [[255, 255, 255]] });
    expect(filter.isWaiting).toBe(false);
  });

  const answers = `${WHITE}${IDENTITY}`;
  it.each(Array.from({ length: answers.length - 1 }, (_, i) => i + 1))(
    'is whole if it is cut after %s bytes',
    (cut) => {
      for (const pause of [0, 45, 900]) {
        const { seen, push, wait } = opened();
        push(answers.slice(0, cut));
        wait(pause);
        push(answers.slice(cut));
        wait(20_000);
        expect(seen).toEqual({ keys: '', backgrounds: [[255, 255, 255]] });
      }
    },
  );

  it('is whole if every byte comes by itself', () => {
    const { seen, push, wait } = opened();
    for (const char of answers) {
      push(char);
      wait(200);
    }
    expect(seen).toEqual({ keys: '', backgrounds: [[255, 255, 255]] });
  });

  it('that nobody waits for any more is still none of the keys', () => {
    const { seen, push, wait } = opened();
    wait(60_000);
    push(`x${answers}y`);
    push(answers.slice(0, 9));
    wait(60_000);
    push(answers.slice(9));
    expect(seen.keys).toBe('xy');
    expect(seen.backgrounds).toHaveLength(2);
  });

  it('of a form that is not known is swallowed as well', () => {
    const { seen, push } = opened();
    push(`${ESCAPE}]11;rgb:zz\u0007${ESCAPE}]11;\u0007x`);
    expect(seen).toEqual({ keys: 'x', backgrounds: [] });
  });

  it('is waited for no longer once the terminal has said who it is, or after a while', () => {
    const one = opened();
    one.push(IDENTITY);
    expect(one.filter.isWaiting).toBe(false);
    const other = opened();
    other.wait(10_000);
    expect(other.filter.isWaiting).toBe(false);
    expect(opened(false).filter.isWaiting).toBe(false);
  });
});

describe('keys', () => {
  const keys = [`${ESCAPE}[A`, `${ESCAPE}OP`, `${ESCAPE}[<0;10;5M`, `${ESCAPE}[200~a${ESCAPE}[201~`, 'é'];

  it.each(keys)('are passed on as they are: %j', (key) => {
    for (const isAsked of [true, false]) {
      const { seen, push } = opened(isAsked);
      push(Buffer.from(key).toString('latin1'));
      expect(seen.keys).toBe(Buffer.from(key).toString('latin1'));
    }
  });

  it('Escape is passed on at once where no answer is awaited, and else when none has come', () => {
    const free = opened(false);
    free.push(ESCAPE);
    expect(free.seen.keys).toBe(ESCAPE);
    const waiting = opened();
    waiting.push(ESCAPE);
    expect(waiting.seen.keys).toBe('');
    waiting.wait(1000);
    expect(waiting.seen.keys).toBe(ESCAPE);
    waiting.push('q');
    expect(waiting.seen.keys).toBe(`${ESCAPE}q`);
  });

  it('are not held up by what only looks like an answer', () => {
    const { seen, push } = opened();
    const odd = `${ESCAPE}]12;x${ESCAPE}]11;${'y'.repeat(70)}${ESCAPE}[?1hz`;
    push(odd);
    expect(seen.keys).toBe(odd);
  });
});
