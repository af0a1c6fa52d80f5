// The completions for fish.

import type { CommandSpec, Completion, OptionSpec } from '../arguments/option-spec.js';
import { AT_NAMES, GROUPS_SED } from './at-names.js';
import { commands, optionsOf } from '../arguments/command-table.js';

export const fishCompletion = (): string => {
  const lines = [
    ...optionsOf(null).map((spec) => optionLine('run', spec)),
    `complete -c pingem -n '__pingem_is run'${offer('endpoint')} -d endpoint`,
    ...commands.map(({ name, help }) => `complete -c pingem -n __pingem_first -a ${name} -d ${quoted(help)}`),
    ...commands.flatMap(commandLines),
  ];
  return `${HEAD}${lines.join('\n')}\n`;
};

const HEAD = `# fish completion for pingem, made by: pingem completions fish
function __pingem_first
  test (count (commandline -opc)) -eq 1
end

# Whether the first word is this command, or none of them: run.
function __pingem_is
  set -l words (commandline -opc)
  set -l command run
  if set -q words[2]; and contains -- $words[2] ${commands.map(({ name }) => name).join(' ')}
    set command $words[2]
  end
  test $command = $argv[1]
end

function __pingem_groups
  set -l file $PINGEM_CONFIG
  set -q file[1]; or set file $XDG_CONFIG_HOME/pingem/config.toml
  set -q XDG_CONFIG_HOME; or set -q PINGEM_CONFIG; or set file ~/.config/pingem/config.toml
  command sed -n '${GROUPS_SED.replaceAll('\\', '\\\\')}' $file 2>/dev/null
end

function __pingem_endpoints
  printf '%s\\n' ${AT_NAMES} @(__pingem_groups) (__fish_print_hostnames)
end

complete -c pingem -f
`;

const commandLines = (command: CommandSpec): string[] => [
  ...optionsOf(command).map((spec) => optionLine(command.name, spec)),
  `complete -c pingem -n '__pingem_is ${command.name}'${offer(command.operands.completion)}`,
];

const optionLine = (command: string, spec: OptionSpec): string => {
  const names = [...spec.short, spec.name].map((form) => (form.length === 1 ? `-s ${form}` : `-l ${form}`)).join(' ');
  // -r needs a value, -x needs one that is no file.
  const needed = spec.type === 'value' ? ` ${spec.completion === 'file' ? '-r' : '-x'}` : '';
  const value = spec.type === 'flag' ? '' : needed + offer(spec.completion);
  return `complete -c pingem -n '__pingem_is ${command}' ${names}${value} -d ${quoted(spec.help)}`;
};

const offer = (completion: Completion): string => {
  switch (completion) {
    case null:
      return '';
    case 'file':
      return ' -F';
    case 'endpoint':
      return ` -a '(__pingem_endpoints)'`;
    case 'group':
      return ` -a '(__pingem_groups)'`;
    case 'interface':
      return ` -a '(__fish_print_interfaces)'`;
    case 'user':
      return ` -a '(__fish_complete_users)'`;
    default:
      return ` -a '${completion.join(' ')}'`;
  }
};

/** fish knows two escapes within single quotes. */
const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
