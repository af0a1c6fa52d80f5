// For vitest: the janitor of a run of the tests, started before their workers and called when they are over.

import { startJanitor } from './janitor.js';

export const setup = (): (() => Promise<void>) => startJanitor();
