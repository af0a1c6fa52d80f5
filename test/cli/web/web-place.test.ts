import { describe, expect, it } from 'vitest';
import { looksLikePlace, parsePlace } from '../../../src/cli/web/web-place.js';
import { UsageError } from '../../../src/cli/arguments/usage-error.js';

describe('an address to listen at', () => {
  it.for([
    ['', '127.0.0.1', 7464],
    ['127.0.0.1:8080', '127.0.0.1', 8080],
    ['192.168.1.5', '192.168.1.5', 7464],
    ['0.0.0.0:0', '0.0.0.0', 0],
    ['[::1]:80', '::1', 80],
    ['[::]', '::', 7464],
  ] as const)('is read from "%s"', ([text, address, port]) => {
    expect(parsePlace('--web', text)).toEqual({ address, port });
  });

  it.for([
    ['localhost:8080', '--web takes an address and a port, not "localhost:8080": give such as 127.0.0.1:8080'],
    ['8080', '--web takes an address and a port, not "8080": give such as 127.0.0.1:7464'],
    [':8080', '--web takes an address and a port, not ":8080": give such as 127.0.0.1:8080'],
    ['::1', '--web takes an address and a port, not "::1": give such as [::1]:7464'],
    ['[fe80::1%eth0]:1', '--web takes an address and a port, not "[fe80::1%eth0]:1": give such as 127.0.0.1:1'],
    ['1.2.3.4:65536', '--web takes a port from 0 to 65535, not "65536": 0 is any that is free'],
    ['1.2.3.4:', '--web takes a port from 0 to 65535, not "": 0 is any that is free'],
    ['1.2.3.4:-1', '--web takes a port from 0 to 65535, not "-1": 0 is any that is free'],
    ['010.1.1.1:1', '--web takes an address and a port, not "010.1.1.1:1": give such as 127.0.0.1:1'],
  ] as const)('is refused: "%s"', ([text, message]) => {
    expect(() => parsePlace('--web', text)).toThrow(new UsageError(message));
  });

  it('is told from an endpoint by its colon', () => {
    expect(
      ['127.0.0.1:80', '[::1]:80', '[::1]', 'localhost:80', ':80', '1.2.3.4:x'].filter((word) => !looksLikePlace(word)),
    ).toEqual([]);
    expect(
      ['127.0.0.1', '::1', 'fe80::1%eth0', 'a=::1', 'gw=10.0.0.1,interval=1', 'host', '2001:db8::1'].filter(
        looksLikePlace,
      ),
    ).toEqual([]);
  });
});
