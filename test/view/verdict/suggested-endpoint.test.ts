// What key a offers where what is watched can't tell whose fault it is: something that the command line takes.

import { describe, expect, it } from 'vitest';
import { parseEndpoint } from '../../../src/cli/endpoints/endpoint-argument.js';
import type { EndpointInfo } from '../../../src/events/endpoint-info.js';
import type { Addition, VerdictEvent } from '../../../src/events/verdict.js';
import { suggestedEndpoint } from '../../../src/view/verdict/suggested-endpoint.js';
import { hostInfo } from '../../support/endpoint-info.js';

const wanting = (add: Addition | null): VerdictEvent => ({
  type: 'verdict',
  at: 0,
  code: add === null ? 'host' : 'unclear',
  since: 0,
  endpoints: [],
  evidence: { endpoints: [], traffic: null, confidence: null, add, others: [], reason: null },
});

const far = hostInfo({ id: 0, target: '192.0.2.1' });
const gateway = (more: Partial<EndpointInfo>): EndpointInfo =>
  hostInfo({ id: 1, target: '@gateway', kind: 'gateway', interval: 200, ...more });
const internet = hostInfo({ id: 2, target: '@internet', kind: 'internet' });
const internet2 = hostInfo({ id: 3, target: '@internet2', kind: 'internet' });

describe('the endpoint that would tell', () => {
  it.each([
    ['nothing is missing', null, [far], ''],
    ['a second host', 'host', [far], '@internet'],
    ['a second host, the first being watched', 'host', [far, internet], '@internet2'],
    ['a second host, where all are watched', 'host', [internet, internet2], ''],
    ['the router', 'gateway', [far], '@gateway'],
    ['a host beyond the router', 'provider', [gateway({})], '@internet'],
    ['the router, more slowly', 'slower gateway', [gateway({}), far], '@gateway,interval=1'],
    ['the router, still more slowly', 'slower gateway', [gateway({ interval: 1000 })], '@gateway,interval=5'],
    ['the router, as slow as it is', 'slower gateway', [gateway({ interval: 5000 })], ''],
    [
      'a router by its address',
      'slower gateway',
      [gateway({ target: '192.168.1.1', kind: 'host', place: 'gateway' })],
      '192.168.1.1,interval=1,place=gateway',
    ],
  ] as const)('%s', (_, add, watched, text) => {
    expect(suggestedEndpoint(wanting(add), watched)).toBe(text);
    const defaults = { interval: 200, sizeBytes: 56, family: null };
    expect(text === '' || parseEndpoint(text, defaults).target !== '').toBe(true);
  });

  it('is none before anything was said', () => {
    expect(suggestedEndpoint(null, [])).toBe('');
  });
});
