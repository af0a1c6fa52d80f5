// What --web, --metrics and pingem serve make of their options.

import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/cli/arguments/arguments.js';
import type { LiveOptions } from '../../../src/cli/arguments/live-arguments.js';
import { UsageError } from '../../../src/cli/arguments/usage-error.js';
import { NO_CONFIG } from '../../../src/cli/config/config.js';

const parse = async (line: string): Promise<LiveOptions> => {
  const invocation = await parseArguments(line.split(' '), {
    version: '1.2.3',
    columns: null,
    env: {},
    loadConfig: () => Promise.resolve({ config: NO_CONFIG, ownPath: null, account: null }),
  });
  if (invocation.command !== 'live') throw new Error(`${line} is no run`);
  return invocation;
};

const webOf = async (line: string) => (await parse(line)).web;

const ORDINARY = { address: '127.0.0.1', port: 7464 };

describe('the options of the page', () => {
  it('take the next word only where it can be no endpoint', async () => {
    const before = await parse('--web 127.0.0.1');
    expect([before.web?.page, before.endpoints.map(({ target }) => target)]).toEqual([ORDINARY, ['127.0.0.1']]);
    const named = await parse('--web 127.0.0.1:80 ::1 --metrics [::1]:81 10.0.0.1');
    expect(named.web).toMatchObject({
      page: { address: '127.0.0.1', port: 80 },
      metrics: { address: '::1', port: 81 },
    });
    expect(named.endpoints.map(({ target }) => target)).toEqual(['::1', '10.0.0.1']);
    expect(await webOf('x --web=192.168.1.5')).toMatchObject({
      page: { address: '192.168.1.5', port: 7464 },
      metrics: null,
    });
  });

  it('are none unless given', async () => {
    expect(await webOf('x')).toBeNull();
    expect(await webOf('x --metrics')).toEqual({ page: null, metrics: ORDINARY, hosts: [], tokenFile: null });
    expect(await webOf('x --web --web-host Pi.lan,pi --token-file t')).toMatchObject({
      hosts: ['pi.lan', 'pi'],
      tokenFile: 't',
    });
  });

  it.for([
    ['x --web-host pi.lan', '--web-host is about the page and its metrics: add --web or --metrics'],
    ['x --token-file t', '--token-file is about the page and its metrics: add --web or --metrics'],
    ['x --web --web-host pi.lan:80', '--web-host takes names such as pi.lan, without a port, not "pi.lan:80"'],
    ['x --web --web-host a,', '--web-host takes names such as pi.lan, without a port, not ""'],
    ['x --web localhost:80', '--web takes an address and a port, not "localhost:80": give such as 127.0.0.1:80'],
    ['serve --json', 'unknown option --json: see pingem --help'],
    ['serve --text', 'unknown option --text: see pingem --help'],
  ] as const)('refuse %j', async ([line, message]) => {
    await expect(parse(line)).rejects.toThrow(new UsageError(message));
  });
});

describe('pingem serve', () => {
  it('has a page where none is asked for, and nobody to watch', async () => {
    const { web, endpoints, output } = await parse('serve');
    expect([web?.page, web?.metrics, endpoints, output]).toEqual([ORDINARY, null, [], 'none']);
  });

  it('takes endpoints and the options of a run', async () => {
    const { web, endpoints, interval } = await parse(
      'serve gw=10.0.0.1 -i 0.5 9.9.9.9 --web 127.0.0.1:0 --metrics --token-file t',
    );
    expect(endpoints.map(({ label }) => label)).toEqual(['gw', '9.9.9.9']);
    expect([interval, web]).toEqual([
      500,
      { page: { address: '127.0.0.1', port: 0 }, metrics: ORDINARY, hosts: [], tokenFile: 't' },
    ]);
  });
});
