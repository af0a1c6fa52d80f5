// The parts of the man page that come from the option table, as man(7) source.

import type { CommandSpec, OptionSpec } from '../../src/cli/arguments/option-spec.js';
import { formsOf, operandText } from '../../src/cli/arguments/option-spec.js';
import { keyBindings } from '../../src/tui/input/keys.js';
import { commands, optionsOf } from '../../src/cli/arguments/command-table.js';
import { runOptions } from '../../src/cli/arguments/option-table.js';

/** Of OPTIONS. */
export const manOptions = (): string =>
  optionsOf(null)
    .map((spec) => entry(optionTerm(spec), optionText(spec)))
    .join('');

/** Of COMMANDS. */
export const manCommands = (): string => commands.map(commandEntry).join('');

/** Of KEYS. */
export const manKeys = (): string =>
  keyBindings.map(({ shown, help }) => entry(`.B ${roff(shown)}`, sentence(help))).join('');

const sentence = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}.`;

/** `page` with `text` between the line `.\" from <name>` and `.\" to here`. */
export const withSection = (page: string, name: string, text: string): string => {
  const start = `.\\" from ${name}\n`;
  const from = page.indexOf(start) + start.length;
  const to = page.indexOf('.\\" to here\n', from);
  if (from < start.length || to < 0) throw new Error(`the man page has no section from ${name}`);
  return page.slice(0, from) + text + page.slice(to);
};

const commandEntry = (command: CommandSpec): string => {
  const { name, options } = command;
  const known: readonly OptionSpec[] = runOptions;
  const isRun = options.length > 0 && options.every((spec) => known.includes(spec));
  const own = (isRun ? [] : options).map((spec) => `.RS\n${entry(optionTerm(spec), optionText(spec))}.RE\n`);
  return entry(`.BI "${name} " ${roff(operandText(command))}`, command.man) + own.join('');
};

const entry = (term: string, text: string): string => `.TP\n${term}\n${roff(text)}\n`;

const optionTerm = (spec: OptionSpec): string => {
  const forms = formsOf(spec).map((form) => roff(form));
  const value =
    spec.type === 'flag' ? '' : spec.type === 'value' ? ` " \\fI${spec.metavar}\\fR"` : ` [=\\fI${spec.metavar}\\fR]`;
  const [first = '', ...others] = forms;
  if (others.length === 0 && value === '') return `.B ${first}`;
  return `.BR ${[first, ...others].join(' ", " ')}${value}`;
};

const optionText = (spec: OptionSpec): string => {
  const text = spec.man ?? sentence(spec.help);
  return spec.type === 'value' && spec.default !== undefined ? `${text} Default ${spec.default}.` : text;
};

/** Dashes that can be copied, backslashes as they are, and no line that would be a request. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/, '\\&');
