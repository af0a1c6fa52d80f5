// What holds for all of the page's sources.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../../src/web/page');

const sources = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => ({ name: entry.name, text: readFileSync(join(entry.parentPath, entry.name), 'utf8') }));

test('nothing is ever made HTML or code of, whatever it is called', () => {
  const makers = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(|new Function/;
  expect(sources.length).toBeGreaterThan(30);
  expect(sources.filter(({ text }) => makers.test(text)).map(({ name }) => name)).toEqual([]);
});

test('nothing is asked of anybody else', () => {
  expect(sources.filter(({ text }) => /https?:\/\//.test(text)).map(({ name }) => name)).toEqual([]);
});
