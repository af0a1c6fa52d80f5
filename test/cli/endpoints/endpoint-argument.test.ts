// What can be an endpoint, and what is refused with a word on what would be right.

import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { parseEndpoint } from '../../../src/cli/endpoints/endpoint-argument.js';
import type { EndpointArgument } from '../../../src/cli/endpoints/endpoint-argument.js';
import { KnownEndpoints } from '../../../src/cli/endpoints/known-endpoints.js';
import { UsageError } from '../../../src/cli/arguments/usage-error.js';

const DEFAULTS = { interval: 200, sizeBytes: 56, family: null };

const parse = (text: string): EndpointArgument => parseEndpoint(text, DEFAULTS);

/** As a command line with these and `--timeout 2` would have them. */
const admitted = (texts: readonly string[], timeout = 2000): EndpointArgument[] => {
  const known = new KnownEndpoints(timeout);
  return texts.map((text) => known.admit(parse(text)));
};

describe('an endpoint', () => {
  it.each([
    ['8.8.8.8', { label: '8.8.8.8', target: '8.8.8.8', family: 4 }],
    ['2001:db8::1', { label: '2001:db8::1', target: '2001:db8::1', family: 6 }],
    ['fe80::1%eth0', { label: 'fe80::1%eth0', target: 'fe80::1%eth0', family: 6 }],
    ['dns=9.9.9.9', { label: 'dns', target: '9.9.9.9', family: 4 }],
    ['my gateway=fd00::1', { label: 'my gateway', target: 'fd00::1', family: 6 }],
    ['a\u001b[2J\u202eb=9.9.9.9', { label: 'a?[2Jb', target: '9.9.9.9', family: 4 }],
    ['example.org.', { label: 'example.org.', target: 'example.org.', family: null }],
    ['my_box', { label: 'my_box', target: 'my_box', family: null }],
    ['bücher.example', { label: 'bücher.example', target: 'bücher.example', family: null }],
  ])('may be %s', (text, expected) => {
    expect(parse(text)).toEqual({ kind: 'host', interval: 200, sizeBytes: 56, place: null, ...expected });
  });

  it.each([
    ['@gateway', { label: '@gateway', kind: 'gateway', interval: 200 }],
    ['way=@gateway', { label: 'way', target: '@gateway', kind: 'gateway' }],
    // What routers answer is limited, and a balanced probe has two bytes more.
    ['@provider,size=18', { kind: 'provider', interval: 1000, sizeBytes: 18 }],
    ['@provider,interval=0.5', { kind: 'provider', interval: 500 }],
    ['@internet', { kind: 'internet', interval: 200, family: null }],
    ['@internet2', { label: '@internet2 (Quad9)', kind: 'internet' }],
  ])('may be found by looking at this machine: %s', (text, expected) => {
    expect(parse(text)).toMatchObject(expected);
  });

  it.each([
    ['8.8.8', /no IPv4 address/],
    ['256.1.1.1', /no IPv4 address/],
    ['010.1.1.1', /no IPv4 address/],
    ['1.2.3.4.5', /no IPv4 address/],
    ['1:2', /no IPv6 address/],
    [':::1', /no IPv6 address/],
    ['http://example.org/x', /URL: give only its host, example\.org/],
    ['ftp://[::1]:21', /URL: give only its host, \[::1\]/],
    ['-x', /no host name/],
    ['a..b', /no host name/],
    ['a b', /no host name/],
    [`${'a'.repeat(64)}.org`, /no host name/],
    ['', /no endpoint/],
    ['x=', /no endpoint/],
    ['=8.8.8.8', /no endpoint/],
    ['224.0.0.1', /multicast/],
    ['ff02::1%eth0', /multicast/],
    ['FF0E::1', /multicast/],
    ['255.255.255.255', /broadcast/],
    ['0.0.0.0', /no host/],
    ['::', /not the address of an IPv6 host/],
    ['::ffff:1.2.3.4', /not the address of an IPv6 host/],
    ['fe80::1', /link-local: say on which interface, such as fe80::1%/],
  ])('may not be %j', (text, message) => {
    expect(() => parse(text)).toThrow(UsageError);
    expect(() => parse(text)).toThrow(message);
  });

  it('may not be the broadcast address of one of our own networks', () => {
    const loopback = Object.values(networkInterfaces())
      .flat()
      .find((entry) => entry?.address === '127.0.0.1');
    expect(loopback?.netmask).toBe('255.0.0.0');
    expect(() => parse('127.255.255.255')).toThrow(/broadcast/);
  });

  it.each([
    ['8.8.8.8,interval=0.5', { interval: 500 }],
    ['8.8.8.8,size=1000', { sizeBytes: 1000 }],
    ['dns=8.8.8.8, size=1000 , interval=.05', { label: 'dns', sizeBytes: 1000, interval: 50 }],
    ['gateway=192.168.1.1,place=gateway', { label: 'gateway', target: '192.168.1.1', place: 'gateway' }],
    ['fe80::1%eth0,place=provider', { label: 'fe80::1%eth0', target: 'fe80::1%eth0', family: 6, place: 'provider' }],
  ])('may have settings: %s', (text, expected) => {
    const plain = {
      label: '8.8.8.8',
      target: '8.8.8.8',
      kind: 'host',
      family: 4,
      interval: 200,
      sizeBytes: 56,
      place: null,
    };
    expect(parse(text)).toEqual({ ...plain, ...expected });
  });

  it.each([
    ['8.8.8.8,interval=x', 'interval= of 8.8.8.8 takes a number from 0.001 to 3600, not "x"'],
    ['8.8.8.8,interval=', 'interval= of 8.8.8.8 takes a number from 0.001 to 3600, not ""'],
    ['8.8.8.8,interval=0', 'interval= of 8.8.8.8 takes a number from 0.001 to 3600, not "0"'],
    ['dns=8.8.8.8,size=15', 'size= of dns takes a whole number from 16 to 65507, not "15"'],
    ['8.8.8.8,size=1e3', 'size= of 8.8.8.8 takes a whole number from 16 to 65507, not "1e3"'],
    ['8.8.8.8,place=home', 'place= of 8.8.8.8 home: give one of gateway, provider, beyond'],
    ['8.8.8.8,size=99,size=98', 'size= is given twice in "8.8.8.8,size=99,size=98": give it once'],
    ['@provider,size=16', 'size= of @provider 16: the probes of a router on the way take at least 18'],
    ['8.8.8.8,intervall=1', '"intervall=1" is no setting of an endpoint: did you mean interval= ?'],
    [
      '8.8.8.8,9.9.9.9',
      '"9.9.9.9" is no setting of an endpoint: after a comma give interval=, size= or place=, and other hosts separately',
    ],
    [
      '8.8.8.8,',
      '"" is no setting of an endpoint: after a comma give interval=, size= or place=, and other hosts separately',
    ],
  ])('has no others: %s', (text, message) => {
    expect(() => parse(text)).toThrow(new UsageError(message));
  });

  it.each([
    [['1.1.1.1', '1.1.1.1']],
    [['::1', '0:0:0::1']],
    [['Example.org', 'example.org.']],
    [['a=1.1.1.1', 'b=1.1.1.1']],
    [['a=1.1.1.1', 'a=1.1.1.2']],
    [['a=1.1.1.1', 'a=1.1.1.1,size=100']],
    [['1.1.1.1,interval=0.2', '1.1.1.1,size=56']],
    [['1.1.1.1,place=beyond', '1.1.1.1']],
  ])('is named once: %j', (texts) => {
    expect(() => admitted(texts)).toThrow(UsageError);
    expect(() => admitted(texts)).toThrow(/given twice/);
  });

  it('may share its address but for the zone', () => {
    expect(() => admitted(['fe80::1%eth0', 'fe80::1%eth1'])).not.toThrow();
  });

  it('may share its host where size or interval differ, and is called by that', () => {
    const texts = [
      '1.1.1.1',
      '1.1.1.1,size=1000',
      '1.1.1.1,interval=1',
      '1.1.1.1,size=99,interval=1',
      'b=1.1.1.1,size=9000',
    ];
    expect(admitted(texts).map(({ label }) => label)).toEqual([
      '1.1.1.1',
      '1.1.1.1 1000 bytes',
      '1.1.1.1 every 1 s',
      '1.1.1.1 99 bytes every 1 s',
      'b',
    ]);
  });

  it('has no more probes in flight than can be told apart, with the others to its host', () => {
    const texts = ['1.1.1.1,interval=0.001', '1.1.1.1,interval=0.001,size=99'];
    expect(() => admitted(texts, 30_000)).not.toThrow();
    expect(() => admitted(texts, 30_001)).toThrow(
      '1.1.1.1: a timeout of 30.001 s at interval=0.001 would keep over 60000 probes in flight: ' +
        'shorten the timeout or lengthen the interval',
    );
    expect(() => admitted(['1.1.1.1,interval=0.001', '1.1.1.2,interval=0.001'], 60_000)).not.toThrow();
  });
});
