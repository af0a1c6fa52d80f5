// The man page and the README say what the program does: every option, every command, every key.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { helpText } from '../../src/cli/arguments/arguments.js';
import { keyBindings } from '../../src/tui/input/keys.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const manPage = read('docs/pingem.8').replaceAll('\\-', '-');

describe('docs/help.txt', () => {
  it('is what --help prints (vitest -u writes it)', async () => {
    await expect(await helpText()).toMatchFileSnapshot('../../docs/help.txt');
  });

  it('is quoted whole in the README', async () => {
    const indented = (await helpText()).trimEnd().replaceAll(/^(?=.)/gm, '    ');
    expect(read('README.md')).toContain(indented);
  });
});

describe('the man page', () => {
  it('has every option of --help', async () => {
    const options = (await helpText()).match(/(?<=^ {2,6}|, )-{1,2}[a-zA-Z0-9][a-z]*(?=[, ])/gm) ?? [];
    expect(options.length).toBeGreaterThan(25);
    expect(options.filter((option) => !new RegExp(`${option}\\b`).test(manPage))).toEqual([]);
  });

  it('has every key with its meaning', () => {
    const missing = keyBindings.filter(({ shown, help }) => {
      const meaning = `${help[0]?.toUpperCase()}${help.slice(1)}.`;
      return !manPage.includes(`.TP\n.B ${shown}\n${meaning}\n`);
    });
    expect(missing).toEqual([]);
  });

  it('bears the version of the package', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(manPage).toContain(`"pingem ${version}"`);
    expect(read('CHANGELOG.md')).toContain(`## ${version}`);
  });
});
