// What a user asks of a run: carried out by the prober, or refused with a word on what would be right.

import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { RunControl } from '../../src/cli/run-control.js';
import { EndpointRoster } from '../../src/events/endpoint-roster.js';
import type { EndpointInfo } from '../../src/events/endpoint-info.js';
import type { ProbeEvent } from '../../src/events/events.js';
import type { EndpointChange, EndpointPlan } from '../../src/probe/endpoint-plan.js';
import type { PathPlan } from '../../src/probe/path/paths.js';
import type { Family } from '../../src/probe/ports.js';
import type { EndpointRequest, RunAnswer } from '../../src/view/run-command.js';
import { hostInfo } from '../support/endpoint-info.js';

type Asked = EndpointRequest extends infer One ? (One extends unknown ? Omit<One, 'request'> : never) : never;

/** A run with the list of endpoints that the events of its prober make. */
class Run {
  readonly events: ProbeEvent[] = [];
  readonly answers: RunAnswer[] = [];
  readonly added: EndpointPlan[] = [];
  readonly paths: PathPlan[] = [];
  quits = 0;
  readonly roster: EndpointRoster;
  readonly control: RunControl;

  constructor(endpoints: readonly EndpointInfo[], families: readonly Family[] = [4, 6], forced: Family | null = null) {
    this.roster = new EndpointRoster(endpoints);
    this.control = new RunControl({
      defaults: { interval: 100, sizeBytes: 56, family: forced },
      timeout: 2000,
      families,
      present: () => this.roster.present,
      onQuit: () => this.quits++,
      answer: (answer) => this.answers.push(answer),
    });
  }

  begin(): this {
    const { roster } = this;
    this.control.begin({
      prober: {
        get nextId() {
          return roster.all.length;
        },
        add: (plan: EndpointPlan) => {
          this.added.push(plan);
          const { family, ...info } = plan;
          this.#emit({ type: 'endpoint', endpoint: plan.id, info: { ...info, address: family && plan.target }, at: 0 });
        },
        remove: (endpoint: number) => this.#emit({ type: 'removed', endpoint, at: 0 }),
        change: (endpoint: number, change: EndpointChange) => {
          const info = { ...(this.roster.all[endpoint] as EndpointInfo), ...change };
          this.#emit({ type: 'endpoint', endpoint, info, at: 0 });
        },
      },
      paths: { watch: (plan: PathPlan) => this.paths.push(plan) === 1 },
      emit: (event: ProbeEvent) => this.#emit(event),
    });
    return this;
  }

  ask(asked: Asked): RunAnswer | undefined {
    this.control.command({ ...asked, request: 'test 1' });
    return this.answers.at(-1);
  }

  add(text: string): RunAnswer | undefined {
    return this.ask({ type: 'add', text });
  }

  #emit(event: ProbeEvent): void {
    this.events.push(event);
    this.roster.apply(event);
  }
}

const gateway = hostInfo({ id: 0, target: '192.0.2.1', label: 'gateway' });

const done = (text: string): RunAnswer => ({ type: 'answer', request: 'test 1', done: true, text });
const refused = (text: string): RunAnswer => ({ type: 'answer', request: 'test 1', done: false, text });

describe('adding', () => {
  it('takes what the command line takes, with its defaults', () => {
    const run = new Run([gateway]).begin();
    expect(run.add('dns=192.0.2.53,interval=0.05,size=1000,place=beyond')).toEqual(
      done('added dns, every 0.05 s, 1000 bytes'),
    );
    expect(run.add('example.org')).toEqual(done('added example.org, every 0.1 s, 56 bytes'));
    const plain = { kind: 'host', hop: null };
    expect(run.added).toEqual([
      {
        ...plain,
        id: 1,
        label: 'dns',
        target: '192.0.2.53',
        family: 4,
        interval: 50,
        sizeBytes: 1000,
        place: 'beyond',
      },
      {
        ...plain,
        id: 2,
        label: 'example.org',
        target: 'example.org',
        family: null,
        interval: 100,
        sizeBytes: 56,
        place: null,
      },
    ]);
  });

  it.each([
    ['8.8', '"8.8" is no IPv4 address: it takes four numbers from 0 to 255, such as 192.168.1.1'],
    ['', '"" is no endpoint: give a host or label=host, such as gateway=192.168.1.1'],
    ['192.0.2.1', '192.0.2.1 is given twice: name it once, or give it another interval= or size='],
    ['gateway=192.0.2.9', 'the label "gateway" is given twice: use one label per endpoint'],
    ['192.0.2.9,size=1', 'size= of 192.0.2.9 takes a whole number from 16 to 65507, not "1"'],
    ['fe80::1%nowhere0', 'no such network interface, in fe80::1%nowhere0: ip link shows them'],
    ['\u001b[2Jx y', '"?[2Jx y" is no host name and no address: give a name such as example.org'],
    ['x'.repeat(1025), 'that is longer than 1024 characters: give label=host and its settings'],
  ])('refuses %j', (text, message) => {
    const run = new Run([gateway]).begin();
    expect(run.add(text)).toEqual(refused(message));
    expect(run.events).toEqual([]);
  });

  it('knows the families that it has sockets for', () => {
    expect(new Run([gateway], [4]).begin().add('2001:db8::1')).toEqual(
      refused('2001:db8::1 is an IPv6 address, and this machine has no IPv6'),
    );
    expect(new Run([gateway], [4], 4).begin().add('2001:db8::1')).toEqual(
      refused('2001:db8::1 is an IPv6 address, but -4 asks for IPv4: leave one of them out'),
    );
    const zone = Object.keys(networkInterfaces())[0] ?? 'lo';
    expect(new Run([gateway]).begin().add(`fe80::1%${zone}`)?.done).toBe(true);
  });

  it('takes the host of one that was removed, under a new id', () => {
    const run = new Run([gateway]).begin();
    run.ask({ type: 'remove', endpoint: 0 });
    expect(run.add('gateway=192.0.2.1')?.done).toBe(true);
    expect(run.roster.present.map(({ id }) => id)).toEqual([1]);
  });

  it('ends with as many endpoints as a record takes', () => {
    const endpoints = Array.from({ length: 1024 }, (_, id) => hostInfo({ id, target: `h${id}.example` }));
    const run = new Run(endpoints).begin();
    run.ask({ type: 'remove', endpoint: 0 });
    expect(run.add('192.0.2.1')).toEqual(
      refused('this run has had 1024 endpoints, the most there can be: start it anew'),
    );
  });
});

describe('changing', () => {
  it('takes label, interval, size and place, and falls back to the defaults', () => {
    const run = new Run([gateway]).begin();
    const change = (text: string): RunAnswer | undefined => run.ask({ type: 'change', endpoint: 0, text });
    expect(change('gw=192.0.2.1,interval=1,size=200,place=gateway')).toEqual(done('changed gw, every 1 s, 200 bytes'));
    expect(run.roster.all[0]).toEqual({ ...gateway, label: 'gw', interval: 1000, sizeBytes: 200, place: 'gateway' });
    expect(change('192.0.2.1')).toEqual(done('changed 192.0.2.1, every 0.1 s, 56 bytes'));
    expect(run.roster.all[0]).toEqual({ ...gateway, label: '192.0.2.1' });
    expect(change('192.0.2.1')).toEqual(done('192.0.2.1 stays as it was'));
    expect(run.events.length).toBe(2);
  });

  it('refuses another host, the label of another, and one that is not watched', () => {
    const run = new Run([gateway, hostInfo({ id: 1, target: '192.0.2.2' })]).begin();
    const change = (endpoint: number, text: string): RunAnswer | undefined =>
      run.ask({ type: 'change', endpoint, text });
    expect(change(0, 'gateway=192.0.2.3')).toEqual(
      refused('the host stays 192.0.2.1: remove the endpoint and add 192.0.2.3 instead'),
    );
    expect(change(1, 'gateway=192.0.2.2')?.text).toContain('given twice');
    run.ask({ type: 'remove', endpoint: 1 });
    expect(change(1, '192.0.2.2')).toEqual(refused('that endpoint is not watched any more: a adds another one'));
    expect(run.ask({ type: 'remove', endpoint: 1 })?.done).toBe(false);
    expect(run.events.map(({ type }) => type)).toEqual(['removed']);
  });
});

describe('the rest', () => {
  it('quits at any time, marks and changes once probing has begun', () => {
    const run = new Run([gateway]);
    run.control.command({ type: 'quit', picture: null });
    expect(run.quits).toBe(1);
    run.control.command({ type: 'mark', at: 1, text: 'early' });
    expect(run.add('192.0.2.2')).toEqual(refused('the record is still being read: try again when probing has begun'));
    run.begin();
    run.control.command({ type: 'mark', at: 1, text: 'a\u001b' });
    run.control.command({ type: 'mark', at: Number.NaN, text: 'b' });
    expect(run.events).toEqual([{ type: 'mark', at: 1, text: 'a?' }]);
  });
});

describe('the path to an endpoint', () => {
  const hop: EndpointInfo = {
    ...gateway,
    id: 1,
    label: 'hop 2',
    target: '192.0.2.1',
    kind: 'hop',
    hop: 2,
    interval: 1000,
  };

  it('is watched once a second, once', () => {
    const run = new Run([gateway]).begin();
    expect(run.ask({ type: 'path', endpoint: 0 })?.text).toBe('looking for the routers on the way to gateway');
    expect(run.paths).toEqual([{ host: 0, interval: 1000, sizeBytes: 56 }]);
    expect(run.ask({ type: 'path', endpoint: 0 })?.text).toBe('the path to gateway is watched already');
  });

  it('of a router on the way there is none', () => {
    const run = new Run([gateway, hop, { ...gateway, id: 2, label: '@provider', kind: 'provider' }]).begin();
    for (const endpoint of [1, 2]) expect(run.ask({ type: 'path', endpoint })?.done).toBe(false);
    expect(run.paths).toEqual([]);
  });

  it('a hop can be changed as any endpoint, but not to less than 18 bytes', () => {
    const run = new Run([gateway, hop]).begin();
    expect(run.ask({ type: 'change', endpoint: 1, text: 'core=192.0.2.1,interval=5,size=18' })).toMatchObject({
      done: true,
    });
    expect(run.roster.all[1]).toMatchObject({ label: 'core', interval: 5000, sizeBytes: 18, kind: 'hop', hop: 2 });
    const refused = run.ask({ type: 'change', endpoint: 1, text: 'core=192.0.2.1,size=17' });
    expect(refused).toMatchObject({ done: false });
    expect(refused?.text).toContain('at least 18');
  });

  it('its hops keep nobody from adding the same host', () => {
    const run = new Run([hostInfo({ id: 0, target: 'far.example' }), { ...hop, id: 1 }]).begin();
    expect(run.add('192.0.2.1,interval=1')?.text).toContain('added 192.0.2.1');
  });
});
