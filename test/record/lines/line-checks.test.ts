// The generated checks are those of the schema.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lineSchemas } from '../../../src/record/lines/line-schema.js';
import { checksFile, lineChecksSource } from '../../support/line-checks-source.js';

it('the checks in the tree are what `npm run schema` makes of the schema', () => {
  expect(readFileSync(checksFile, 'utf8') === lineChecksSource(lineSchemas)).toBe(true);
});
