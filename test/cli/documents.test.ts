// The man page and the README say what the program does: every option, every command, every key. `vitest -u` writes
// what comes from the option table.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { helpText } from '../../src/cli/arguments/help-text.js';
import { formsOf } from '../../src/cli/arguments/option-spec.js';
import { commands, optionsOf } from '../../src/cli/arguments/command-table.js';
import { keyBindings } from '../../src/tui/input/keys.js';
import { manCommands, manKeys, manOptions, withSection } from '../support/man-page.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const manSource = read('docs/pingem.8');
const manPage = manSource.replaceAll('\\-', '-');

const indented = (text: string): string => text.trimEnd().replaceAll(/^(?=.)/gm, '    ');

describe('the README', () => {
  it('quotes --help whole, and the keys', async () => {
    const quote = /(?<=\n## Options\n\n)(?: {4}.*\n|\n)+(?=\n\S)/;
    const keysQuote = /(?<=\n## Keys\n\n)(?: {4}.*\n|\n)+(?=\n\S)/;
    expect(read('README.md')).toMatch(quote);
    expect(read('README.md')).toMatch(keysQuote);
    const width = Math.max(...keyBindings.map(({ shown }) => shown.length)) + 2;
    const keys = keyBindings.map(({ shown, help }) => `${shown.padEnd(width)}${help}\n`).join('');
    const withHelp = read('README.md').replace(quote, () => `${indented(helpText(null, null))}\n`);
    await expect(withHelp.replace(keysQuote, () => `${indented(keys)}\n`)).toMatchFileSnapshot('../../README.md');
  });
});

describe('the man page', () => {
  it('has the options and commands of the table', async () => {
    const options = withSection(manSource, 'the option table', manOptions());
    const keys = withSection(options, 'the key table', manKeys());
    const page = withSection(keys, 'the command table', manCommands());
    await expect(page).toMatchFileSnapshot('../../docs/pingem.8');
  });

  it('names every form of every option', () => {
    const forms = [null, ...commands].flatMap((command) => optionsOf(command).flatMap(formsOf));
    expect(forms.length).toBeGreaterThan(25);
    expect(forms.filter((form) => !new RegExp(`^\\.BR? (.* )?${form}( |$)`, 'm').test(manPage))).toEqual([]);
  });

  it('bears the version of the package', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(manPage).toContain(`"pingem ${version}"`);
    expect(read('CHANGELOG.md')).toContain(`## ${version}`);
  });
});
