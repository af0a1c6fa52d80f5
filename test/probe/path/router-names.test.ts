// Names of routers: told beside their addresses, and waited for by nobody.

import { describe, expect, it } from 'vitest';
import type { ProbeEvent } from '../../../src/events/events.js';
import { RouterNames } from '../../../src/probe/path/router-names.js';
import { hostInfo } from '../../support/endpoint-info.js';

const hop = (id: number): ProbeEvent => ({
  type: 'endpoint',
  endpoint: id,
  info: { ...hostInfo({ id, target: '192.0.2.9', label: `hop ${id}` }), kind: 'hop', hop: id },
  at: 0,
});
const resolved = (endpoint: number, address: string): ProbeEvent => ({ type: 'resolved', endpoint, address, at: 1 });

const start = () => {
  const asked: string[] = [];
  const open = new Map<string, { resolve: (name: string) => void; reject: () => void }>();
  const told: ProbeEvent[] = [];
  const names = new RouterNames({
    endpoints: [hostInfo({ id: 0, target: '192.0.2.9' })],
    lookup: (address) => {
      asked.push(address);
      return new Promise((resolve, reject) => {
        open.set(address, { resolve, reject: () => reject(new Error('none')) });
      });
    },
    now: () => 7,
    emit: (event) => {
      told.push(event);
      names.event(event);
    },
  });
  for (const id of [1, 2, 3, 4]) names.event(hop(id));
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 10; i++) await Promise.resolve();
  };
  const answer = async (address: string, name: string | null): Promise<void> => {
    if (name === null) open.get(address)?.reject();
    else open.get(address)?.resolve(name);
    await settle();
  };
  return { asked, told, names, answer, settle };
};

describe('names of routers', () => {
  it('are told with the address', async () => {
    const { told, names, answer } = start();
    names.event(resolved(2, '198.51.100.1'));
    expect(told).toEqual([]);
    await answer('198.51.100.1', 'core.example');
    expect(told).toEqual([{ type: 'resolved', endpoint: 2, address: '198.51.100.1', name: 'core.example', at: 7 }]);
  });

  it('are asked for two at a time, once for each address, and not for hosts', async () => {
    const { asked, told, names, answer, settle } = start();
    names.event(resolved(0, '192.0.2.9'));
    for (const [id, address] of [
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
      [4, 'a'],
    ] as const)
      names.event(resolved(id, address));
    expect(asked).toEqual(['a', 'b']);
    await answer('a', 'one');
    expect(asked).toEqual(['a', 'b', 'c']);
    expect(told.map((event) => 'endpoint' in event && event.endpoint)).toEqual([1, 4]);
    // Back where it was.
    names.event(resolved(1, 'b'));
    names.event(resolved(1, 'a'));
    await settle();
    expect(asked).toHaveLength(3);
    expect(told.at(-1)).toMatchObject({ endpoint: 1, address: 'a', name: 'one' });
  });

  it('that come too late, or never, are nobody’s', async () => {
    const { asked, told, names, answer } = start();
    names.event(resolved(1, 'a'));
    names.event(resolved(2, 'b'));
    names.event(resolved(1, 'c'));
    await answer('a', 'late.example');
    await answer('b', null);
    names.event({ type: 'removed', endpoint: 1, at: 2 });
    await answer('c', 'gone.example');
    expect(asked).toEqual(['a', 'b', 'c']);
    expect(told).toEqual([]);
  });

  it('are told no more once the run is over', async () => {
    const { told, names, answer } = start();
    names.event(resolved(1, 'a'));
    await names.close();
    await answer('a', 'one');
    expect(told).toEqual([]);
  });
});
