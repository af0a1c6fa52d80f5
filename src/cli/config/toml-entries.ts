// A TOML document (toml.io, 1.0) as a flat list of what it says, each with the line that it stands in.

import type { AST } from 'toml-eslint-parser';
import { plainText } from '../../events/plain-text.js';
import { UsageError } from '../arguments/usage-error.js';

export type TomlValue =
  | { kind: 'text'; text: string }
  /** As it is written in decimal: 0.5. */
  | { kind: 'number'; text: string }
  | { kind: 'flag'; on: boolean }
  | { kind: 'list'; items: readonly TomlItem[] }
  /** A table's head, so that one without anything in it is seen as well. */
  | { kind: 'table' }
  /** A date, say. */
  | { kind: 'other' };

/** Of a list. */
export type TomlItem = { value: TomlValue; line: number };

export type TomlEntry = {
  /** The tables that it is in and its own name: groups, home. */
  path: readonly string[];
  /** From 1. */
  line: number;
  value: TomlValue;
};

/**
 * @param file what errors call it
 * @throws UsageError where `text` is no TOML
 */
export const tomlEntries = async (text: string, file: string): Promise<TomlEntry[]> => {
  const { parseTOML, ParseError } = await import('toml-eslint-parser');
  try {
    const [top] = parseTOML(text, { tomlVersion: '1.0' }).body;
    return top.body.flatMap((node) =>
      node.type === 'TOMLTable'
        ? [
            { path: node.resolvedKey.map(String), line: node.loc.start.line, value: { kind: 'table' } as const },
            ...node.body.flatMap((pair) => entriesOf(pair, node.resolvedKey.map(String))),
          ]
        : entriesOf(node, []),
    );
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { lineNumber, column, message } = error;
    throw new UsageError(`${file}:${lineNumber}: no TOML at column ${column + 1}: ${plainText(message)}`);
  }
};

const entriesOf = ({ key, value }: AST.TOMLKeyValue, above: readonly string[]): TomlEntry[] => {
  const path = [...above, ...key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value))];
  const entry = { path, line: key.loc.start.line, value: valueOf(value) };
  return value.type === 'TOMLInlineTable' ? [entry, ...value.body.flatMap((pair) => entriesOf(pair, path))] : [entry];
};

const valueOf = (node: AST.TOMLContentNode): TomlValue => {
  if (node.type === 'TOMLInlineTable') return { kind: 'table' };
  if (node.type === 'TOMLArray') {
    return { kind: 'list', items: node.elements.map((one) => ({ value: valueOf(one), line: one.loc.start.line })) };
  }
  switch (node.kind) {
    case 'string':
      return { kind: 'text', text: node.value };
    case 'integer':
      return { kind: 'number', text: String(node.bigint) };
    case 'float':
      return { kind: 'number', text: String(node.value) };
    case 'boolean':
      return { kind: 'flag', on: node.value };
    default:
      return { kind: 'other' };
  }
};
