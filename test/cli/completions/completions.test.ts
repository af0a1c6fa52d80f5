// The completions in the shells that they are for: Tab in a real terminal, and the whole list of what is offered.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completionScript, SHELLS } from '../../../src/cli/completions/completions.js';
import type { Shell } from '../../../src/cli/completions/completions.js';
import { formsOf } from '../../../src/cli/arguments/option-spec.js';
import { commands, optionsOf } from '../../../src/cli/arguments/command-table.js';
import { TmuxShell } from '../../support/tmux-shell.js';

const missing = ['tmux', ...SHELLS].filter((program) => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`]);
    return false;
  } catch {
    return true;
  }
});
if (missing.length > 0) {
  const why = `not installed: ${missing.join(', ')}`;
  if (process.env['CI'] === 'true') throw new Error(`CI=true, and the completions can't be tested: ${why}`);
  process.stderr.write(`SKIPPED: tests of the completions: ${why}\n`);
}

let folder: string;
const scriptOf = (shell: Shell): string => join(folder, `pingem.${shell}`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-completions-'));
  for (const shell of SHELLS) writeFileSync(scriptOf(shell), completionScript(shell));
  writeFileSync(join(folder, 'ticket one.log'), '');
  writeFileSync(
    join(folder, 'config.toml'),
    'interval = 1\n[groups]\nhome = ["@gateway",\n  "::1"]\nsea-side = ["::1"]\n[labels]\nhouse = "::1"\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const lastLine = (rows: string[]): string => rows.at(-1) ?? '';

describe.skipIf(missing.length > 0).each(SHELLS)('in %s', (shell) => {
  let terminal: TmuxShell;
  beforeAll(async () => {
    terminal = new TmuxShell(100, 30);
    terminal.type(`cd ${folder}; export PINGEM_CONFIG=config.toml`);
    if (shell === 'bash') terminal.type(`source ${scriptOf('bash')}`);
    if (shell === 'zsh') {
      terminal.type(`exec env PS1='$ ' zsh -f`);
      await terminal.until('zsh', (rows) => lastLine(rows).endsWith('$'));
      terminal.type(`autoload -Uz compinit; compinit -u -D; source ${scriptOf('zsh')}`);
    }
    if (shell === 'fish') {
      terminal.type(
        `exec fish --no-config -C 'source ${scriptOf('fish')}; function fish_prompt; echo -n "\\$ "; end; set -g fish_autosuggestion_enabled 0'`,
      );
    }
    terminal.type('clear');
    await terminal.until('a prompt', (rows) => rows.length === 1 && lastLine(rows) === '$');
  }, 30_000);
  afterAll(() => terminal.close());

  it.each([
    ['pingem repl', 'pingem replay'],
    ['pingem repo', 'pingem report'],
    ['pingem compl', 'pingem completions'],
    ['pingem completions z', 'pingem completions zsh'],
    ['pingem help summ', 'pingem help summary'],
    ['pingem 127.0.0.1 --resu', 'pingem 127.0.0.1 --resume'],
    ['pingem --user roo', 'pingem --user root'],
    ['pingem --epoch 1h', 'pingem --epoch 1h'],
    ['pingem --epoch=30m', 'pingem --epoch=30m'],
    ['pingem --interface l', 'pingem --interface lo'],
    ['pingem --record tick', 'pingem --record ticket\\ one.log'],
    ['pingem --record=tick', 'pingem --record=ticket\\ one.log'],
    ['pingem replay tick', 'pingem replay ticket\\ one.log'],
    ['pingem summary --js', 'pingem summary --json'],
    ['pingem export --cs', 'pingem export --csv'],
    ['pingem replay --cs', 'pingem replay --cs'],
    ['pingem @ho', 'pingem @home'],
    ['pingem ::1 @sea', 'pingem ::1 @sea-side'],
    ['pingem @gat', 'pingem @gateway'],
    ['pingem config @ho', 'pingem config @home'],
    ['pingem config --inter', 'pingem config --inter'],
    ['pingem --group se', 'pingem --group sea-side'],
    ['pingem 127.0.0.1 rep', 'pingem 127.0.0.1 rep'],
    ['pingem --count tick', 'pingem --count tick'],
  ])('%s, Tab', async (typed, expected) => {
    // What a failed one has left.
    terminal.keys('C-c');
    terminal.keys('C-l');
    await terminal.until('an empty line', (rows) => lastLine(rows) === '$');
    terminal.keys('-l', typed);
    await terminal.until('typed', (rows) => lastLine(rows) === `$ ${typed}`);
    terminal.keys('Tab');
    await terminal.until(`completed to ${expected}`, (rows) => rows.some((row) => row === `$ ${expected}`), 5000);
    expect(terminal.screen()).toContain(`$ ${expected}`);
    // Where nothing can be completed, nothing comes later either.
    terminal.keys('-l', '#');
    await terminal.until('the end of the line', (rows) =>
      rows.some((row) => row.replace(/ ?#$/, '') === `$ ${expected}`),
    );
    terminal.keys('C-u');
    terminal.keys('C-l');
    await terminal.until('a clear line', (rows) => rows.length === 1 && lastLine(rows) === '$');
  });
});

/** What is offered at the end of `line`, sorted. */
const OFFERED: Readonly<Record<'bash' | 'fish', (line: string) => string>> = {
  bash: (line) =>
    `source ${scriptOf('bash')}; COMP_WORDS=(${line}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _pingem; printf '%s\\n' "\${COMPREPLY[@]}"`,
  fish: (line) => `source ${scriptOf('fish')}; complete -C '${line}' | string split -f1 \\t; true`,
};

describe.skipIf(missing.length > 0).each(['bash', 'fish'] as const)('what %s offers', (shell) => {
  const offered = (line: string): string[] =>
    execFileSync(shell, [shell === 'bash' ? '--norc' : '--no-config', '-c', OFFERED[shell](line)], { encoding: 'utf8' })
      .trimEnd()
      .split('\n')
      .sort();

  it.each([null, ...commands])('are the long options of the table', (command) => {
    const long = optionsOf(command)
      .flatMap(formsOf)
      .filter((form) => form.startsWith('--'));
    const line = command === null ? 'pingem --' : `pingem ${command.name} --`;
    expect(offered(line).filter((word) => word.startsWith('--'))).toEqual(long.sort());
  });

  it('are the widths of an epoch', () => {
    expect(offered('pingem -e 3')).toEqual(['30m', '30s']);
    expect(offered('pingem export --epoch 3')).toEqual(['30m', '30s']);
  });

  it('are the commands, as the first word only', () => {
    const names = commands.map(({ name }) => name);
    const among = (line: string) => offered(line).filter((word) => names.includes(word as never));
    expect(names.flatMap((name) => among(`pingem ${name}`))).toEqual(names);
    expect(names.flatMap((name) => among(`pingem -4 ${name}`))).toEqual([]);
  });
});
