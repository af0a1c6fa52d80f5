// What can be an endpoint, and what is refused with a word on what would be right.

import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { checkDistinct, parseEndpoint } from '../../../src/cli/arguments/endpoint-argument.js';
import { UsageError } from '../../../src/cli/arguments/usage-error.js';

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
    expect(parseEndpoint(text, null)).toEqual(expected);
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
    expect(() => parseEndpoint(text, null)).toThrow(UsageError);
    expect(() => parseEndpoint(text, null)).toThrow(message);
  });

  it('may not be the broadcast address of one of our own networks', () => {
    const loopback = Object.values(networkInterfaces())
      .flat()
      .find((entry) => entry?.address === '127.0.0.1');
    expect(loopback?.netmask).toBe('255.0.0.0');
    expect(() => parseEndpoint('127.255.255.255', null)).toThrow(/broadcast/);
  });

  it.each([
    [['1.1.1.1', '1.1.1.1']],
    [['::1', '0:0:0::1']],
    [['Example.org', 'example.org.']],
    [['a=1.1.1.1', 'b=1.1.1.1']],
    [['a=1.1.1.1', 'a=1.1.1.2']],
  ])('is named once: %j', (texts) => {
    expect(() => checkDistinct(texts.map((text) => parseEndpoint(text, null)))).toThrow(/given twice/);
  });

  it('may share its address but for the zone', () => {
    const endpoints = ['fe80::1%eth0', 'fe80::1%eth1'].map((text) => parseEndpoint(text, null));
    expect(() => checkDistinct(endpoints)).not.toThrow();
  });
});
