// The completions for bash. Nothing of the bash-completion package is used: it may not be there.

import type { CommandSpec, Completion, OptionSpec } from '../arguments/option-spec.js';
import { formsOf } from '../arguments/option-spec.js';
import { AT_NAMES, GROUPS_SED } from './at-names.js';
import { commands, optionsOf } from '../arguments/command-table.js';

export const bashCompletion = (): string => `# bash completion for pingem, made by: pingem completions bash
_pingem_groups() {
  command sed -n '${GROUPS_SED}' "\${PINGEM_CONFIG:-\${XDG_CONFIG_HOME:-$HOME/.config}/pingem/config.toml}" 2>/dev/null
}

# $1: what has been typed.
_pingem_endpoints() {
  if [[ $1 == @* ]]; then
    COMPREPLY=($(compgen -W '${AT_NAMES} '"$(_pingem_groups | sed 's/^/@/')" -- "$1"))
  else
    COMPREPLY=($(compgen -A hostname -- "$1"))
  fi
}

_pingem() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
  # bash takes --option=value for three words.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = && $COMP_CWORD -gt 2 ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  elif [[ $2 == @?* ]]; then
    # And @name for two.
    cur=$2 prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  case \${COMP_CWORD}:\${COMP_WORDS[1]} in
    1:*) ;;
${commands.map(commandCase).join('\n')}
  esac
${optionCase(optionsOf(null), '  ')}  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W '${words(optionsOf(null))}' -- "$cur"))
  else
    _pingem_endpoints "$cur"
    if [[ $COMP_CWORD -eq 1 ]]; then
      COMPREPLY+=($(compgen -W '${commands.map(({ name }) => name).join(' ')}' -- "$cur"))
    fi
  fi
}
complete -F _pingem pingem
`;

const commandCase = (command: CommandSpec): string => `    *:${command.name})
${optionCase(optionsOf(command), '      ')}      if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W '${words(optionsOf(command))}' -- "$cur"))
      else
        ${offer(command.operands.completion).replace(/; $/, '')}
      fi
      return
      ;;`;

/** The value of the option before the cursor, if it takes one. */
const optionCase = (options: readonly OptionSpec[], indent: string): string => {
  const cases = options.flatMap((spec) =>
    spec.type === 'value' ? [`  ${formsOf(spec).join(' | ')}) ${offer(spec.completion)}return ;;`] : [],
  );
  if (cases.length === 0) return '';
  return ['case $prev in', ...cases, 'esac'].map((line) => `${indent}${line}\n`).join('');
};

const words = (options: readonly OptionSpec[]): string => options.flatMap(formsOf).join(' ');

const offer = (completion: Completion): string => {
  switch (completion) {
    case null:
      return '';
    case 'file':
      // bash's own way with file names: folders get a slash, blanks a backslash.
      return 'compopt -o default; ';
    case 'endpoint':
      return '_pingem_endpoints "$cur"; ';
    case 'group':
      return 'COMPREPLY=($(compgen -W "$(_pingem_groups)" -- "$cur")); ';
    case 'interface':
      return 'COMPREPLY=($(compgen -W "$(command ls /sys/class/net 2>/dev/null)" -- "$cur")); ';
    case 'user':
      return 'COMPREPLY=($(compgen -u -- "$cur")); ';
    default:
      return `COMPREPLY=($(compgen -W '${completion.join(' ')}' -- "$cur")); `;
  }
};
