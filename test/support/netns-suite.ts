// The gate of the privileged tests: where namespaces can't be made they are skipped, and stderr says why; where CI=true the
// import itself fails, so that nobody mistakes a run without them for a whole one.

import type { TestContext } from 'vitest';
import { makeNetPair, netnsObstacle } from './netns.js';
import type { NetPair } from './netns.js';
import { startResponder } from './responder-client.js';
import type { Responder } from './responder-client.js';
import type { ResponderScript } from './responder-script.js';

const gate = (): boolean => {
  const obstacle = netnsObstacle();
  if (obstacle === null) return false;
  if (process.env['CI'] === 'true') throw new Error(`CI=true, and network namespaces can't be made: ${obstacle}`);
  process.stderr.write(`SKIPPED: tests with real ICMP need network namespaces, which can't be made: ${obstacle}\n`);
  return true;
};

/** For `describe.skipIf`. */
export const withoutNetns = gate();

/** A pair of namespaces that is gone when the test has finished, however it finished. */
export const pairFor = (test: TestContext, endpoints?: number): NetPair => {
  const pair = makeNetPair(endpoints);
  test.onTestFinished(() => pair.dispose());
  return pair;
};

/** A responder in that pair, stopped before the pair goes. */
export const responderFor = async (test: TestContext, pair: NetPair, script: ResponderScript): Promise<Responder> => {
  const responder = await startResponder(pair, script);
  test.onTestFinished(() => responder.stop());
  return responder;
};
