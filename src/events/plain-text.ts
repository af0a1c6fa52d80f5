// Text from outside (labels, host names, marks, error codes, file names, arguments) made harmless to whatever shows it: a
// terminal obeys control characters (ECMA-48), and direction marks make a text read as another one (Unicode TR 36, section
// 2.11). Any other character stays, however strange. For the screen's grid see tui/text.ts.

const separators = /[\t\n\r\v\f\u0085\p{Zl}\p{Zp}]/gu;

/** Direction marks and isolates, zero-width joiners and spaces, tags, the byte order mark. */
const invisible = /\p{Cf}/gu;

/** C0, DEL, C1, halves of surrogate pairs. */
const controls = /[\p{Cc}\p{Cs}]/gu;

/** `text` on one line: separators of lines become spaces, other control characters `?`, what can't be seen is left out. */
export const plainText = (text: string): string =>
  text.replace(separators, ' ').replace(invisible, '').replace(controls, '?');
