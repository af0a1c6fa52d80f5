// The completions for zsh: _arguments does the work. The script is good as a file _pingem in $fpath and for eval.

import type { CommandSpec, Completion, OptionSpec } from '../arguments/option-spec.js';
import { dashed, formsOf } from '../arguments/option-spec.js';
import { AT_NAMES, GROUPS_SED } from './at-names.js';
import { commands, optionsOf } from '../arguments/command-table.js';

export const zshCompletion = (): string => `#compdef pingem
# zsh completion for pingem, made by: pingem completions zsh
_pingem_groups() {
  local -a groups=(\${(f)"$(command sed -n '${GROUPS_SED}' \${PINGEM_CONFIG:-\${XDG_CONFIG_HOME:-$HOME/.config}/pingem/config.toml} 2>/dev/null)"})
  compadd "$@" -a groups
}

_pingem_endpoints() {
  compadd ${AT_NAMES}
  _pingem_groups -p @
  _hosts
}

_pingem_operand() {
  local -a commands=(
${commands.map(({ name, help }) => `    ${quoted(`${name}:${help}`)}`).join('\n')}
  )
  if (( pingem_first )); then
    _describe -t commands command commands
  fi
  _pingem_endpoints
}

_pingem() {
  local pingem_first=$(( CURRENT == 2 ))
  if (( CURRENT > 2 )); then
    case $words[2] in
${commands.map(commandCase).join('\n')}
    esac
  fi
  _arguments -s -S : \\
${specs(optionsOf(null), '    ')} \\
    '*:endpoint:_pingem_operand'
}

if [[ $funcstack[1] == _pingem ]]; then
  _pingem "$@"
else
  compdef _pingem pingem
fi
`;

const commandCase = (command: CommandSpec): string => `      ${command.name})
        shift words
        (( CURRENT-- ))
        _arguments -s -S : \\
${specs(optionsOf(command), '          ')} \\
          ${quoted(`${command.operands.many === true ? '*' : '1'}:${command.operands.metavar}:${action(command.operands.completion)}`)}
        return
        ;;`;

const specs = (options: readonly OptionSpec[], indent: string): string =>
  options
    .flatMap(argumentSpecs)
    .map((spec) => indent + quoted(spec))
    .join(' \\\n');

/** One for each form: (others)-i+[text]:NAME:action */
const argumentSpecs = (spec: OptionSpec): string[] => {
  const forms = formsOf(spec);
  const text = spec.help.replaceAll(/[[\]\\]/g, '\\$&');
  return [...spec.short, spec.name].map((name) => {
    const others = forms.length > 1 ? `(${forms.join(' ')})` : '';
    if (spec.type === 'flag') return `${others}${dashed(name)}[${text}]`;
    // -i0.1 or -i 0.1; --interval=0.1 or --interval 0.1
    if (spec.type === 'optional value') {
      return `${others}${dashed(name)}=-[${text}]::${spec.metavar}:${action(spec.completion)}`;
    }
    const joint = name.length === 1 ? '+' : '=';
    return `${others}${dashed(name)}${joint}[${text}]:${spec.metavar}:${action(spec.completion)}`;
  });
};

const action = (completion: Completion): string => {
  switch (completion) {
    case null:
      // A blank: nothing is offered, and the name of the value is shown.
      return ' ';
    case 'file':
      return '_files';
    case 'endpoint':
      return '_pingem_endpoints';
    case 'group':
      return '_pingem_groups';
    case 'interface':
      return '_net_interfaces';
    case 'user':
      return '_users';
    default:
      return `(${completion.join(' ')})`;
  }
};

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
