// What --help prints, of pingem or of one command, for a terminal of any width. Lines are wrapped between words.

import wrapAnsi from 'wrap-ansi';
import { formsOf, operandText, valueText } from './option-spec.js';
import type { CommandSpec, OptionSpec } from './option-spec.js';
import { commands, optionsOf } from './command-table.js';

/** Where there is no terminal to ask. */
const PIPED_COLUMNS = 80;

/** Longer lines are hard to read. */
const MOST_COLUMNS = 100;

/** Below, an option's text stands under it and not beside it. */
const LEAST_BESIDE = 60;

const PURPOSE =
  'Shows whether it is your network, which part of it, and since when. ' +
  'An endpoint is a host name, an IPv4 or IPv6 address, @gateway, @provider or @internet, label=host, or @group of the ' +
  'config file; without any, ' +
  'pingem watches the first three and one more of the internet; ' +
  'after commas it may have interval=, size= and place= (gateway, provider, beyond) of its own.';

const CLOSING = [
  'Exit status: 0 every endpoint watched at the end has answered (hops need not), 1 one never did, ' +
    '2 bad usage or no permission.',
  'On the screen, ? lists the keys. Root is needed to open the sockets only, and dropped at once under sudo.',
];

const INDENT = 2;

type Row = readonly [term: string, meaning: string];

const EXAMPLES: readonly Row[] = [
  ['sudo pingem 192.168.1.1 8.8.8.8', ''],
  ['sudo pingem gateway=192.168.1.1 9.9.9.9 -i 0.1 --record pingem.log', ''],
  ['sudo pingem 9.9.9.9 9.9.9.9,size=1400,interval=1', ''],
  ['sudo pingem path example.org', ''],
];

/** @param columns of the terminal, null where there is none */
export const helpText = (command: CommandSpec | null, columns: number | null): string => {
  const page = new Page(Math.min(columns ?? PIPED_COLUMNS, MOST_COLUMNS));
  page.paragraph(command === null ? 'pingem [options] [endpoint..]' : `${usageOf(command)} [options]`);
  page.paragraph(command === null ? PURPOSE : command.man + fileNote(command));
  if (command === null) page.list('Commands:', commands.map(commandRow));
  page.list('Options:', optionsOf(command).map(optionRow));
  if (command === null) {
    for (const text of CLOSING) page.paragraph(text);
    page.list('Examples:', EXAMPLES);
  }
  return page.text();
};

/** pingem replay FILE */
const usageOf = (command: CommandSpec): string => `pingem ${command.name} ${operandText(command)}`;

const fileNote = ({ operands }: CommandSpec): string =>
  operands.completion === 'file' && operands.least === 1 ? ' A FILE of - is standard input.' : '';

const commandRow = (command: CommandSpec): Row => [usageOf(command), command.help];

const optionRow = (spec: OptionSpec): Row => {
  const forms = formsOf(spec).join(', ');
  // Long forms stand under long forms.
  const indented = spec.short.length === 0 && spec.name.length > 1 ? `    ${forms}` : forms;
  const ordinary = spec.type === 'value' && spec.default !== undefined ? ` (default ${spec.default})` : '';
  return [indented + valueText(spec), spec.help + ordinary];
};

class Page {
  readonly #columns: number;
  readonly #blocks: string[] = [];

  constructor(columns: number) {
    this.#columns = columns;
  }

  paragraph(text: string): void {
    this.#blocks.push(wrap(text, this.#columns).join('\n'));
  }

  list(title: string, rows: readonly Row[]): void {
    const widest = Math.max(...rows.map(([term]) => term.length));
    const besides = this.#columns >= LEAST_BESIDE;
    const left = besides ? INDENT + widest + 2 : 3 * INDENT;
    const lines = rows.flatMap(([term, meaning]) => {
      const meanings = wrap(meaning, this.#columns - left).map((line) => ' '.repeat(left) + line);
      const named = ' '.repeat(INDENT) + (besides ? term : term.trimStart());
      return besides
        ? [named.padEnd(left) + (meanings[0] ?? '').trimStart(), ...meanings.slice(1)]
        : [named, ...meanings];
    });
    this.#blocks.push([title, ...lines.map((line) => line.trimEnd())].join('\n'));
  }

  text(): string {
    return `${this.#blocks.join('\n\n')}\n`;
  }
}

const wrap = (text: string, columns: number): string[] =>
  text === '' ? [] : wrapAnsi(text, Math.max(1, columns), { hard: false }).split('\n');
