// Text from outside (host names, labels, marks, error codes) made fit for a cell grid: no control characters, and a
// known width for every character, so that columns don't shift. Widths are those on which terminals agree: one column,
// or two for the East Asian wide ranges of the basic plane (Unicode's EastAsianWidth.txt). What terminals disagree
// about (emoji, combining marks left after composing, joiners, direction marks) is dropped or shown as `?`.

const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]$/;

const dropped = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

const unprintable = /^[\p{Cc}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]$/u;

/** Columns that a printable character takes: 1 or 2. */
export const characterWidth = (char: string): 1 | 2 => (char < '\u1100' || !wide.test(char) ? 1 : 2);

export const textWidth = (text: string): number => {
  let width = 0;
  for (const char of text) width += characterWidth(char);
  return width;
};

const printableCharacter = (char: string, unicode: boolean): string => {
  if (char >= ' ' && char <= '~') return char;
  if (char === '\t' || char === '\n' || char === '\r') return ' ';
  if (dropped.test(char)) return '';
  if (!unicode || unprintable.test(char) || char.length > 1) return '?';
  return char;
};

/** What may be put into cells. Without `unicode`, ASCII only. */
export const printable = (text: string, unicode: boolean): string => {
  let result = '';
  for (const char of text.normalize('NFC')) result += printableCharacter(char, unicode);
  return result;
};

/** At most `width` columns of `text`, with `ellipsis` (one column wide) where something was cut. */
export const truncated = (text: string, width: number, ellipsis: string): string => {
  if (textWidth(text) <= width) return text;
  if (width <= 0) return '';
  let result = '';
  let used = 0;
  for (const char of text) {
    const next = characterWidth(char);
    if (used + next > width - 1) break;
    result += char;
    used += next;
  }
  return result + ellipsis;
};

/** `text` in lines of at most `width`, broken at spaces. */
export const wrapped = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
};
