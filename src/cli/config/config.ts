// The config file, checked: defaults for options, groups of endpoints, labels. What isn't known or can't be is an error
// that names file, line and key, whichever command is asked for: a slip should show at once, not months later.

import { closest, distance } from 'fastest-levenshtein';
import { plainText } from '../../events/plain-text.js';
import { WELL_KNOWN_NAMES } from '../../probe/route/well-known.js';
import { commands, optionsOf } from '../arguments/command-table.js';
import type { OptionSpec } from '../arguments/option-spec.js';
import { UsageError } from '../arguments/usage-error.js';
import { parseEndpoint } from '../endpoints/endpoint-argument.js';
import { hostKey } from '../endpoints/host-argument.js';
import { NO_OWN_COLOURS } from '../../view/theme/palette.js';
import type { OwnColours } from '../../view/theme/palette.js';
import { colourSetting, ownColours } from './colours.js';
import type { ColourSetting } from './colours.js';
import type { ConfigText } from './config-file.js';
import { isSettable, settableOptions } from './option-names.js';
import { typedInToml } from './settings.js';
import type { Typed } from './settings.js';
import { tomlEntries } from './toml-entries.js';
import type { TomlEntry, TomlItem } from './toml-entries.js';

/** Something with the line of the file that says it. */
export type Placed<Value> = { value: Value; line: number };

export type Config = {
  /** Plain text; null: there is none. */
  file: string | null;
  /** By name, for every command that has the option. */
  options: ReadonlyMap<string, Placed<Typed>>;
  /** By the command's name and the option's, for that command alone. */
  ofCommand: ReadonlyMap<string, ReadonlyMap<string, Placed<Typed>>>;
  /** Endpoints as they are typed, by the group's name. */
  groups: ReadonlyMap<string, Placed<readonly string[]>>;
  /** By `hostKey` of the host that is called so. */
  labels: ReadonlyMap<string, Placed<string>>;
  colours: OwnColours;
  /** The same as they stand in the file. */
  colourSettings: readonly Placed<ColourSetting>[];
};

export const NO_CONFIG: Config = {
  file: null,
  options: new Map(),
  ofCommand: new Map(),
  groups: new Map(),
  labels: new Map(),
  colours: NO_OWN_COLOURS,
  colourSettings: [],
};

/** @throws UsageError */
export const checkConfig = async (found: ConfigText | null): Promise<Config> => {
  if (found === null) return NO_CONFIG;
  const checker = new Checker(found.file);
  for (const entry of await tomlEntries(found.text, found.file)) checker.take(entry);
  checker.finish();
  return checker;
};

const TABLES = ['groups', 'labels', 'colors', 'commands'] as const;

/** Interval and size are those of the run; whether an endpoint's text is one doesn't depend on them. */
const ANY_RUN = { interval: 200, sizeBytes: 56, family: null };

class Checker implements Config {
  readonly file: string;
  readonly options = new Map<string, Placed<Typed>>();
  readonly ofCommand = new Map<string, Map<string, Placed<Typed>>>();
  readonly groups = new Map<string, Placed<readonly string[]>>();
  readonly labels = new Map<string, Placed<string>>();
  readonly colourSettings: Placed<ColourSetting>[] = [];

  constructor(file: string) {
    this.file = file;
  }

  take(entry: TomlEntry): void {
    const [first = '', ...rest] = entry.path;
    switch (first) {
      case 'groups':
        return this.#takeGroup(entry, rest);
      case 'labels':
        return this.#takeLabel(entry, rest);
      case 'colors':
        return this.#takeColour(entry, rest);
      case 'commands':
        return this.#takeOfCommand(entry, rest);
      default:
        this.#takeOption(entry, first, settableOptions, this.options);
    }
  }

  get colours(): OwnColours {
    return ownColours(this.colourSettings.map(({ value }) => value));
  }

  /** What can be told only once all of it is known. */
  finish(): void {
    for (const [name, { value, line }] of this.groups) {
      for (const member of value) this.#checkNested(member, [name], line);
    }
  }

  #takeOption(
    { path, line, value }: TomlEntry,
    name: string,
    known: ReadonlyMap<string, OptionSpec>,
    options: Map<string, Placed<Typed>>,
  ): void {
    const spec = known.get(name);
    const key = keyText(path);
    if (spec === undefined) {
      const names = path.length > 1 ? [...known.keys()] : [...known.keys(), ...TABLES];
      throw this.#wrong(line, `${key} is no option and no table of a config file: ${meant(name, names)}`);
    }
    if (value.kind === 'table' || path.at(-1) !== name) {
      throw this.#wrong(line, `${key} is no table: ${name} takes one value, such as --${name} does`);
    }
    options.set(name, { value: typedInToml(spec, value, `${this.file}:${line}: ${key}`), line });
  }

  #takeOfCommand(entry: TomlEntry, [command, option]: readonly string[]): void {
    const { line, value, path } = entry;
    if (command === undefined) return this.#mustBeTable(entry);
    const spec = commands.find(({ name, options }) => name === command && options.length > 0);
    if (spec === undefined) {
      const names = commands.flatMap(({ name, options }) => (options.length > 0 ? [name] : []));
      throw this.#wrong(line, `${keyText(path)}: no command with options has that name: ${meant(command, names)}`);
    }
    if (option === undefined) return this.#mustBeTable(entry);
    const own = new Map(
      optionsOf(spec)
        .filter(isSettable)
        .map((one) => [one.name, one]),
    );
    const options = this.ofCommand.get(command) ?? new Map<string, Placed<Typed>>();
    this.ofCommand.set(command, options);
    this.#takeOption({ line, value, path }, option, own, options);
  }

  #takeColour({ path, line, value }: TomlEntry, below: readonly string[]): void {
    const setting = colourSetting(below, value);
    if (typeof setting === 'string') throw this.#wrong(line, `${keyText(path)} ${setting}`);
    if (setting !== null) this.colourSettings.push({ value: setting, line });
  }

  #takeGroup(entry: TomlEntry, path: readonly string[]): void {
    const { line, value } = entry;
    const [name] = path;
    if (name === undefined) return this.#mustBeTable(entry);
    if (!/^[\w-]+$/.test(name)) {
      throw this.#wrong(line, `${keyText(entry.path)}: a group is called by letters, digits, - and _, such as home`);
    }
    if (WELL_KNOWN_NAMES.includes(`@${name}`)) {
      throw this.#wrong(line, `${keyText(entry.path)}: @${name} is taken already: give the group another name`);
    }
    if (value.kind !== 'list' || path.length > 1) {
      throw this.#wrong(line, `groups.${plainText(name)} takes a list of endpoints: ["@gateway", "nas=192.168.1.20"]`);
    }
    if (value.items.length === 0)
      throw this.#wrong(line, `groups.${name} is empty: give it an endpoint, or leave it out`);
    this.groups.set(name, { value: value.items.map((item) => this.#member(item, name)), line });
  }

  #member({ value, line }: TomlItem, group: string): string {
    if (value.kind !== 'text') {
      throw this.#wrong(line, `groups.${group} takes endpoints as texts, such as "9.9.9.9" or "nas=192.168.1.20"`);
    }
    const { text } = value;
    if (!isGroupName(text)) this.#trying(line, `groups.${group}`, () => parseEndpoint(text, ANY_RUN));
    return text;
  }

  #checkNested(member: string, above: readonly string[], line: number): void {
    if (!isGroupName(member)) return;
    const name = member.slice(1);
    const group = this.groups.get(name);
    const [outermost = ''] = above;
    if (group === undefined) {
      const names = [...WELL_KNOWN_NAMES, ...Array.from(this.groups.keys(), (one) => `@${one}`)];
      throw this.#wrong(line, `groups.${outermost}: "${plainText(member)}" is none of ${names.join(', ')}`);
    }
    if (above.includes(name))
      throw this.#wrong(line, `groups.${outermost} has ${member} in it, and that has ${outermost}`);
    for (const inner of group.value) this.#checkNested(inner, [...above, name], line);
  }

  #takeLabel(entry: TomlEntry, [label, ...rest]: readonly string[]): void {
    const { line, value, path } = entry;
    if (label === undefined) return this.#mustBeTable(entry);
    if (value.kind !== 'text' || rest.length > 0) {
      throw this.#wrong(line, `${keyText(path)}: a label is the name of a host, as in  router = "192.168.1.1"`);
    }
    const { target } = this.#trying(line, keyText(path), () => parseEndpoint(value.text, ANY_RUN));
    if (target !== value.text.trim()) {
      throw this.#wrong(line, `${keyText(path)} takes a host and nothing else, such as "192.168.1.1"`);
    }
    const shown = plainText(label).trim();
    // What an endpoint is typed as ends a label there.
    if (shown === '' || /[=,]/.test(shown))
      throw this.#wrong(line, `${keyText(path)}: a label has no = and no comma in it`);
    const other = this.labels.get(hostKey(target));
    if (other !== undefined) {
      throw this.#wrong(
        line,
        `${keyText(path)}: line ${other.line} calls ${target} "${other.value}": give it one label`,
      );
    }
    this.labels.set(hostKey(target), { value: shown, line });
  }

  #mustBeTable({ path, line, value }: TomlEntry): void {
    if (value.kind === 'table') return;
    const key = keyText(path);
    throw this.#wrong(line, `${key} is a table: write [${key}] on a line of its own, and what is in it below`);
  }

  #trying<Result>(line: number, key: string, act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      if (error instanceof UsageError) throw this.#wrong(line, `${key}: ${plainText(error.message)}`);
      throw error;
    }
  }

  #wrong(line: number, what: string): UsageError {
    return new UsageError(`${this.file}:${line}: ${what}`);
  }
}

/** @home, as opposed to @gateway and to a host. */
export const isGroupName = (text: string): boolean => /^@[\w-]+$/.test(text) && !WELL_KNOWN_NAMES.includes(text);

/** As TOML writes it. */
const keyText = (path: readonly string[]): string =>
  path.map((part) => (/^[\w-]+$/.test(part) ? part : JSON.stringify(plainText(part)))).join('.');

const meant = (name: string, names: readonly string[]): string => {
  const near = closest(name, names);
  return distance(name, near) <= 2 ? `did you mean ${near}?` : `it takes ${names.join(', ')}`;
};
