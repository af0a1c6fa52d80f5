// The gate of the privileged tests: where namespaces can't be made they are skipped, with the reason in their name and on
// stderr; where CI=true they fail instead, so that nobody mistakes a run without them for a whole one.

import { describe, it } from 'vitest';
import { netnsObstacle } from './netns.js';

const obstacle = netnsObstacle();

/** A `describe` that needs network namespaces. Tests inside run at the same time: they mostly wait. */
export function netnsSuite(name: string, body: () => void): void {
  if (obstacle === null) {
    describe.concurrent(name, body);
    return;
  }
  if (process.env['CI'] === 'true') {
    describe(name, () => {
      it('can make network namespaces', () => {
        throw new Error(`CI=true, and network namespaces can't be made: ${obstacle}`);
      });
    });
    return;
  }
  process.stderr.write(`SKIPPED ${name}: network namespaces can't be made: ${obstacle}\n`);
  describe.skip(`${name} (skipped: ${obstacle})`, body);
}
