// The completions for bash. Nothing of the bash-completion package is used: it may not be there.

import type { CommandSpec, Completion, OptionSpec } from '../arguments/option-spec.js';
import { formsOf } from '../arguments/option-spec.js';
import { commands, optionsOf } from '../arguments/command-table.js';

export const bashCompletion = (): string => `# bash completion for pingem, made by: pingem completions bash
_pingem() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
  # bash takes --option=value for three words.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = && $COMP_CWORD -gt 2 ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  case \${COMP_CWORD}:\${COMP_WORDS[1]} in
    1:*) ;;
${commands.map(commandCase).join('\n')}
  esac
${optionCase(optionsOf(null), '  ')}  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W '${words(optionsOf(null))}' -- "$cur"))
  else
    COMPREPLY=($(compgen -A hostname -- "$cur"))
    if [[ $COMP_CWORD -eq 1 ]]; then
      COMPREPLY+=($(compgen -W '${commands.map(({ name }) => name).join(' ')}' -- "$cur"))
    fi
  fi
}
complete -F _pingem pingem
`;

const commandCase = (command: CommandSpec): string => `    *:${command.name})
${optionCase(command.options, '      ')}      if [[ $cur == -* ]]; then
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
    case 'host':
      return 'COMPREPLY=($(compgen -A hostname -- "$cur")); ';
    case 'interface':
      return 'COMPREPLY=($(compgen -W "$(command ls /sys/class/net 2>/dev/null)" -- "$cur")); ';
    case 'user':
      return 'COMPREPLY=($(compgen -u -- "$cur")); ';
    default:
      return `COMPREPLY=($(compgen -W '${completion.join(' ')}' -- "$cur")); `;
  }
};
