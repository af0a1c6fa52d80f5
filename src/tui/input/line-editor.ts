// A line of text being typed, with a caret: the keys that terminals' line editors have in common (readline(3)).

export type Line = {
  readonly text: string;
  /** How many characters (code points) are before the caret. */
  readonly caret: number;
};

/** `text` with the caret behind it. */
export const lineOf = (text: string): Line => ({ text, caret: Array.from(text).length });

export const EMPTY_LINE = lineOf('');

/** The line after a key that blessed calls `key` and that types `char`, null where it types nothing. */
export const typeInto = (line: Line, key: string, char: string | null, longest: number): Line => {
  const chars = Array.from(line.text);
  const { caret } = line;
  /** Characters from `from` to `to` give way to `insert`, and the caret stands behind that. */
  const edited = (from: number, to: number, insert: string): Line => {
    const before = chars.slice(0, Math.max(0, from)).join('') + insert;
    return { text: before + chars.slice(to).join(''), caret: Array.from(before).length };
  };
  const moved = (to: number): Line => ({ ...line, caret: Math.max(0, Math.min(chars.length, to)) });
  switch (key) {
    case 'left':
    case 'C-b':
      return moved(caret - 1);
    case 'right':
    case 'C-f':
      return moved(caret + 1);
    case 'home':
    case 'C-a':
      return moved(0);
    case 'end':
    case 'C-e':
      return moved(chars.length);
    case 'backspace':
      return edited(caret - 1, caret, '');
    case 'delete':
    case 'C-d':
      return edited(caret, caret + 1, '');
    case 'C-u':
      return edited(0, caret, '');
    case 'C-k':
      return edited(caret, chars.length, '');
    default:
      return char === null || chars.length >= longest ? line : edited(caret, caret, char);
  }
};
