// What an option and a command are made of. The parser, --help, the man page and the completions of three shells all
// read these and nothing else; the entries stand in option-table.ts and command-table.ts.

/** What a shell offers for a value: names from this machine, or the words given; null: nothing can be offered. */
export type Completion = 'file' | 'endpoint' | 'group' | 'interface' | 'user' | readonly string[] | null;

type Named = {
  /** Long, without dashes; of one character for an option that has a short form only (-4). */
  name: string;
  /** Short forms, one character each; the first is the one that documents name first. */
  short: readonly string[];
  /** For --help and the completions: plain text, one line of at most 80 characters, no full stop. */
  help: string;
  /** For the man page where it has more to say than `help`: sentences in plain text. The default is added. */
  man?: string;
};

/** On or off; off unless given. On the command line =false turns off what a config file turned on. */
export type FlagSpec = Named & { type: 'flag' };

export type ValueSpec = Named & {
  type: 'value';
  /** Stands for the value in documents: SECONDS. */
  metavar: string;
  /**
   * The value from the text that was typed.
   * @param option as it is to be named in an error: --interval
   * @throws UsageError
   */
  read: (option: string, text: string) => unknown;
  /** As if typed. Without one the value is null where the option isn't given. */
  default?: string;
  /** How a list of a config file is typed as one text; without it a list can't be given. */
  list?: 'commas' | 'shell words';
  completion: Completion;
};

/** A value that may be left out. It is given with =, or as the next word where that can't be an endpoint. */
export type OptionalValueSpec = Omit<ValueSpec, 'type' | 'default'> & {
  type: 'optional value';
  /** Whether the next word is meant for it. */
  takes: (word: string) => boolean;
};

export type OptionSpec = FlagSpec | ValueSpec | OptionalValueSpec;

export type CommandSpec = {
  /** The first word of the command line. */
  name: string;
  /** How many operands it takes, what stands for them in documents, and what a shell offers. */
  operands: { least: 0 | 1; metavar: string; completion: Completion; many?: true };
  /** For --help of pingem itself and for the completions: one line, no full stop. */
  help: string;
  /** The first paragraph of its own --help, and of the man page. */
  man: string;
  options: readonly OptionSpec[];
  /** Takes the options of a run as well, which documents don't repeat. */
  likeRun?: true;
};

/** How the operands stand in documents: FILE, [FILE], [ENDPOINT..] */
export const operandText = ({ operands: { least, metavar, many } }: CommandSpec): string => {
  const text = many === true ? `${metavar}..` : metavar;
  return least === 0 ? `[${text}]` : text;
};

/** What is left of the options once they are read, by name. */
export type OptionValues<Specs extends readonly OptionSpec[]> = {
  [Spec in Specs[number] as Spec['name']]: Spec extends { type: 'flag' }
    ? boolean
    : Spec extends { read: (option: string, text: string) => infer Value; default: string }
      ? Value
      : Spec extends { read: (option: string, text: string) => infer Value }
        ? Value | null
        : never;
};

/** The option as it is typed: --interval, -4. */
export const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`);

/** How the value stands behind an option in documents: ` FILE`, `[=FILE]`, or nothing. */
export const valueText = (spec: OptionSpec): string => {
  if (spec.type === 'flag') return '';
  return spec.type === 'value' ? ` ${spec.metavar}` : `[=${spec.metavar}]`;
};

/** All forms of an option, short ones first. */
export const formsOf = ({ short, name }: OptionSpec): string[] => [...short, name].map(dashed);
