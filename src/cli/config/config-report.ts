// `pingem config`: what holds for a run, written as a config file that would say the same, each value with where it comes
// from. What isn't given stands there as a comment.

import { plainText } from '../../events/plain-text.js';
import { commands, optionsOf } from '../arguments/command-table.js';
import type { CommandSpec, OptionSpec } from '../arguments/option-spec.js';
import { runOptions } from '../arguments/option-table.js';
import type { Config, Placed } from './config.js';
import type { Layers } from './layers.js';
import type { Layered } from './layers.js';
import type { Loaded } from './load-config.js';
import { isSettable } from './option-names.js';

type Row = { text: string; where: string };

/**
 * @param layers those of a run
 * @param endpoints as they are typed
 */
export const configReport = (layers: Layers, { config, ownPath }: Loaded, endpoints: readonly string[]): string => {
  const ofRun = runOptions.filter((spec) => isSettable(spec)).map((spec) => rowOf(spec, layers.of(spec)));
  const atHome = layers.ofCommand('');
  const byDefault = runOptions.filter((spec) => isSettable(spec)).map((spec) => rowOf(spec, atHome.of(spec)));
  const isOfRun = ({ text, where }: Row): boolean => byDefault.some((row) => row.text === text && row.where === where);
  const blocks = [
    [
      ...headOf(config, ownPath),
      ...layers.ignoredVariables.map((name) => `# ignored: ${plainText(name)}, which is no option's`),
      `# endpoints: ${endpoints.map(plainText).join(' ')}`,
    ],
    aligned([
      ...ofRun,
      ...runOptions.filter((spec) => !isSettable(spec)).flatMap((spec) => shortRow(spec, layers.of(spec))),
    ]),
    ...table('groups', config.groups, config.file, (members) => `[${members.map(quoted).join(', ')}]`),
    ...labelTable(config),
    ...colourTables(config),
    ...commands.flatMap((command) => {
      const own = layers.ofCommand(command.name);
      const options = (command as CommandSpec).likeRun === true ? [] : optionsOf(command).filter(isSettable);
      const rows = options.map((spec) => rowOf(spec, own.of(spec))).filter((row) => !isOfRun(row));
      return rows.length === 0 ? [] : [[`[commands.${command.name}]`, ...aligned(rows)]];
    }),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
};

const headOf = ({ file }: Config, ownPath: string | null): string[] => {
  if (file !== null) return [`# file: ${file}`];
  return [
    ownPath === null ? '# no config file' : `# no config file: ${plainText(ownPath)} is not there, or not asked for`,
  ];
};

const rowOf = (spec: OptionSpec, { typed, where }: Layered): Row => {
  if (spec.type === 'flag') return { text: `${spec.name} = ${typed === true}`, where };
  if (typed === null) return { text: `# ${spec.name} =`, where: 'not set' };
  if (typed === false) return { text: `${spec.name} = false`, where };
  const value = typed === true || (typed === '' && spec.type === 'optional value') ? 'true' : literal(typed);
  return { text: `${spec.name} = ${value}`, where };
};

/** What has no long form can't stand in a file. */
const shortRow = ({ name }: OptionSpec, { typed, where }: Layered): Row[] =>
  typed === true ? [{ text: `# -${name}`, where }] : [];

const table = <Value>(
  name: string,
  entries: ReadonlyMap<string, Placed<Value>>,
  file: string | null,
  shown: (value: Value) => string,
): string[][] => {
  const rows = Array.from(entries, ([key, { value, line }]) => ({
    text: `${/^[\w-]+$/.test(key) ? key : quoted(key)} = ${shown(value)}`,
    where: `${file}:${line}`,
  }));
  return rows.length === 0 ? [] : [[`[${name}]`, ...aligned(rows)]];
};

const labelTable = ({ labels, file }: Config): string[][] =>
  table(
    'labels',
    new Map(Array.from(labels, ([host, { value, line }]) => [value, { value: host, line }])),
    file,
    quoted,
  );

const colourTables = ({ colourSettings, file }: Config): string[][] =>
  ([null, 'dark', 'light'] as const).flatMap((theme) =>
    table(
      theme === null ? 'colors' : `colors.${theme}`,
      new Map(
        colourSettings
          .filter(({ value }) => value.theme === theme)
          .map(({ value: { name, colour }, line }) => [name, { value: colour, line }]),
      ),
      file,
      String,
    ),
  );

/** Wider than this, a value doesn't push the others' sources to the right. */
const WIDEST = 40;

const aligned = (rows: readonly Row[]): string[] => {
  const width = Math.max(0, ...rows.map(({ text }) => text.length).filter((length) => length <= WIDEST));
  return rows.map(({ text, where }) => `${text.padEnd(width)}  # ${where}`);
};

/** A number where TOML has it as one, else a text. */
const literal = (typed: string): string => (/^(0|[1-9]\d*)(\.\d+)?$/.test(typed) ? typed : quoted(typed));

/** JSON's escapes are TOML's; DEL, which JSON leaves, TOML doesn't. */
const quoted = (text: string): string => JSON.stringify(text).replaceAll('\u007f', '\\u007f');
