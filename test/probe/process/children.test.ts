// What a child is started with, and what is believed of what it says.

import { describe, expect, it } from 'vitest';
import { inheritedCapabilities, mayRegain, withoutPrivileges } from '../../../src/probe/process/children.js';
import { lookupAnswer } from '../../../src/probe/names/lookup-messages.js';

const status = (inheritable: string, ambient: string): string =>
  `Name:\tnode\nCapInh:\t${inheritable}\nCapPrm:\t000001ffffffffff\nCapEff:\t000001ffffffffff\nCapAmb:\t${ambient}\n`;

describe('capabilities of a child', () => {
  it('are those of the inheritable and the ambient set', () => {
    expect(inheritedCapabilities(status('0000000000000000', '0000000000000000'))).toEqual([]);
    expect(inheritedCapabilities(status('0000000000002000', '0000000000002000'))).toEqual([13]);
    expect(inheritedCapabilities(status('0000010000000000', '0000000000000001'))).toEqual([0, 40]);
    expect(inheritedCapabilities('')).toEqual([]);
  });

  it('may come from its file where a process that is not root has some', () => {
    const text = (uids: string, permitted: string): string => `Uid:\t${uids}\nCapPrm:\t${permitted}\n`;
    expect(mayRegain(text('1000\t1000\t1000\t1000', '0000000000002000'))).toBe(true);
    expect(mayRegain(text('1000\t1000\t1000\t1000', '0000000000000000'))).toBe(false);
    expect(mayRegain(text('0\t0\t0\t0', '000001ffffffffff'))).toBe(false);
    expect(mayRegain('')).toBe(false);
  });

  it('are dropped, with the priority, by programs that are left out where there is nothing to drop', () => {
    const command = ['node', 'child.js'];
    expect(withoutPrivileges({ capabilities: [], regains: false, niceness: 0 }, command)).toEqual(command);
    expect(withoutPrivileges({ capabilities: [], regains: false, niceness: 5 }, command)).toEqual(command);
    expect(withoutPrivileges({ capabilities: [], regains: true, niceness: 0 }, command)).toEqual(
      'setpriv --no-new-privs -- node child.js'.split(' '),
    );
    expect(withoutPrivileges({ capabilities: [0, 13], regains: true, niceness: -10 }, command)).toEqual(
      'nice -n 10 -- setpriv --no-new-privs --inh-caps=-cap_0,-cap_13 --ambient-caps=-cap_0,-cap_13 -- node child.js'.split(
        ' ',
      ),
    );
  });
});

describe('an answer of the lookup child', () => {
  it('has a name that is harmless, or none', () => {
    expect(lookupAnswer({ id: 1, name: 'a\x1b[2J.b\n' })).toEqual({ id: 1, name: 'a?[2J.b' });
    for (const name of ['', ' ', 'x'.repeat(256)]) {
      expect(lookupAnswer({ id: 1, name })).toEqual({ id: 1, code: 'ENOTFOUND' });
    }
  });

  it.each([
    { id: 1, addresses: ['192.0.2.1', '2001:db8::1', 'fe80::1%eth0'] },
    { id: 0, addresses: [] },
    { id: 2, code: 'ENOTFOUND' },
    { id: 3, name: 'core1.example.net' },
  ])('is taken: %j', (message) => expect(lookupAnswer(message)).toEqual(message));

  it.each([
    null,
    'x',
    {},
    { id: '1', addresses: [] },
    { id: 1 },
    { id: 1, addresses: 'x' },
    { id: 1, addresses: ['example.org'] },
    { id: 1, addresses: [{}] },
    { id: 1, addresses: Array<string>(1_001).fill('192.0.2.1') },
    { id: 1, code: '\x1b[2J' },
    { id: 1, code: 7 },
    { id: 1, name: 7 },
  ])('is not believed: %j', (message) => expect(lookupAnswer(message)).toBeNull());
});
