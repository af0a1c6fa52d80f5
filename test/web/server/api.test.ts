// What the server answers, held against docs/api.schema.json, and against the history that it is told from.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { VerdictEvent } from '../../../src/events/verdict.js';
import { columnFromWire } from '../../../src/web/wire/columns.js';
import type {
  ColumnsAnswer,
  EndpointAnswer,
  EventsAnswer,
  SessionAnswer,
  TrafficAnswer,
  VerdictAnswer,
} from '../../../src/web/wire/answers.js';
import { NOON, sampleProbes } from '../../support/record-sample.js';
import { servedRun } from '../../support/web-fixture.js';
import type { Answer, ServedRun } from '../../support/web-fixture.js';

const schema = JSON.parse(readFileSync(new URL('../../../docs/api.schema.json', import.meta.url), 'utf8')) as object;
const ajv = new Ajv2020({ allErrors: true, strictTuples: false, allowUnionTypes: true });
ajv.addSchema(schema, 'api');

/** What of `value` isn't as the schema says. */
const flaws = (name: string, value: unknown): unknown => {
  const escaped = encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
  const check = ajv.getSchema(`api#/$defs/${escaped}`);
  if (check === undefined) throw new Error(`the schema has no ${name}`);
  return check(value) ? [] : check.errors;
};

const parsed = (answer: Answer): unknown => JSON.parse(answer.body);

const verdict: VerdictEvent = {
  type: 'verdict',
  at: NOON + 5000,
  code: 'provider',
  since: NOON + 1000,
  endpoints: [1],
  evidence: {
    endpoints: [
      {
        endpoint: 1,
        label: 'b',
        conditions: ['lossy'],
        part: 'blamed',
        share: 0.5,
        late: 1,
        p50: 3,
        usualP50: 2,
      },
    ],
    traffic: { now: 1, highest: 2, direction: 'sent' },
    confidence: 'likely',
    add: null,
    others: [{ code: 'host', endpoints: [0], since: NOON }],
    reason: null,
  },
};

/** With a little of everything in it. */
const feed = (run: ServedRun): void => {
  run.feed([
    ...sampleProbes(0, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ...sampleProbes(1, [1, 'lost', 'lost', -1500, 'unsent', ...Array.from({ length: 15 }, () => 'lost' as const), 1]),
    { type: 'gap', from: NOON + 3000, to: NOON + 4000, reason: 'stall' },
    { type: 'gap', endpoint: 0, from: NOON + 5000, to: NOON + 5500, reason: 'stall' },
    { type: 'mark', at: NOON + 100, text: 'a <mark> & "more"' },
    { type: 'resolved', endpoint: 0, address: '10.0.0.9', at: NOON + 200 },
    { type: 'clock', at: NOON + 2500, offset: 5000 },
    {
      type: 'endpoint',
      endpoint: 2,
      info: { ...(run.info.endpoints[0] as never as object), id: 2, label: 'c' } as never,
      at: NOON + 2600,
    },
    { type: 'removed', endpoint: 2, at: NOON + 2700 },
    verdict,
    { type: 'traffic', at: NOON + 3000, receivedBytes: [100, 200, 300], sentBytes: [10, 20, 30] },
  ]);
  const quality = { r: 50, mos: 2.6, word: 'bad' } as const;
  run.verdicts.hear([
    [
      1,
      {
        conditions: ['lossy', 'slow'],
        isAcquitted: false,
        acquittedBy: [],
        usualP50: 2,
        usualP90: 3,
        quality,
      },
    ],
  ]);
  run.verdicts.hearQuality({ type: 'call quality', quality: { ...quality, endpoint: 1 }, each: [[1, quality]] });
  run.verdicts.note([
    {
      id: 0,
      code: 'provider',
      from: NOON + 1000,
      to: null,
      lastBadAt: NOON + 2000,
      endpoints: [1],
      worstLoss: 0.5,
      worstP50: 3,
      outages: 1,
    },
  ]);
  run.server.news({
    type: 'diagnostics',
    diagnostics: {
      sendLateP50: 0.1,
      sendLateP99: 1,
      stalls: 0,
      longestStall: 0,
      missedSlots: 0,
      receiveOverruns: 0,
      receiveBufferBytes: null,
      privileges: null,
      rejected: 0,
    },
  });
};

describe('the API', () => {
  it.for([
    ['GET /api/session', '/api/session'],
    ['GET /api/columns', '/api/columns?endpoint=1&width=1000'],
    ['GET /api/columns', '/api/columns?endpoint=1&width=86400000'],
    ['GET /api/verdict', '/api/verdict'],
    ['GET /api/episodes', '/api/episodes'],
    ['GET /api/events', `/api/events?from=${NOON}&to=${NOON + 60_000}`],
    ['GET /api/traffic', `/api/traffic?width=1000&from=${NOON}&to=${NOON + 60_000}`],
    ['GET /api/endpoint', `/api/endpoint?endpoint=1&from=${NOON}&to=${NOON + 60_000}`],
    ['GET /api/endpoint', '/api/endpoint?endpoint=2'],
    ['error', '/api/columns?endpoint=1'],
  ] as const)('answers %s as the schema says: %s', async ([name, path], test) => {
    const run = await servedRun(test, ['a', 'b']);
    feed(run);
    const answer = await run.ask(path);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(flaws(name, parsed(answer))).toEqual([]);
  });

  it('answers before anything has happened', async (test) => {
    const run = await servedRun(test, []);
    for (const name of ['session', 'verdict', 'episodes', 'events']) {
      expect(flaws(`GET /api/${name}`, parsed(await run.ask(`/api/${name}`)))).toEqual([]);
    }
  });

  it('tells the columns that the history has, with times of the wall clock', async (test) => {
    const run = await servedRun(test, ['a', 'b']);
    feed(run);
    const { columns, width } = parsed(await run.ask('/api/columns?endpoint=1&width=1000')) as ColumnsAnswer;
    const offset = run.history.clockOffset;
    expect(offset).toBe(5000);
    const told = columns.map((column) => columnFromWire(column, width));
    const own = run.history.endpoints[1]?.epochs(1000, (NOON + offset) / 1000, 4) ?? [];
    expect(told).toEqual(own.map((stats) => ({ ...stats, from: stats.from + offset, to: stats.to + offset })));
    expect(told[0]?.counts).toMatchObject({ answered: 1, late: 1, lost: 7, unsent: 1 });
  });

  it('tells own traffic by columns, and how endpoints are', async (test) => {
    const run = await servedRun(test, ['a', 'b']);
    feed(run);
    // The clock was set forward by five seconds.
    const [from, to] = [NOON + 4000, NOON + 9000];
    const traffic = parsed(await run.ask(`/api/traffic?width=1000&from=${from}&to=${to}`)) as TrafficAnswer;
    expect(traffic.highest).toEqual({ receivedBytes: 300, sentBytes: 30 });
    expect(traffic.columns.map((column) => column?.sentBytes ?? null)).toEqual([null, 10, 20, 30, null]);
    const { endpoints } = parsed(await run.ask('/api/session')) as SessionAnswer;
    expect(endpoints.map(({ state }) => state?.conditions ?? null)).toEqual([null, ['lossy', 'slow'], null]);
    const { callQuality } = parsed(await run.ask('/api/verdict')) as VerdictAnswer;
    expect(callQuality?.word).toBe('bad');
  });

  it('tells sums that are those of the history', async (test) => {
    const run = await servedRun(test, ['a', 'b']);
    feed(run);
    const { whole, rtts } = parsed(await run.ask('/api/endpoint?endpoint=0')) as EndpointAnswer;
    expect([whole.slots, whole.p50, whole.max]).toEqual([12, 6, 12]);
    expect(rtts.reduce((sum, { count }) => sum + count, 0)).toBe(12);
    const { events, outages } = parsed(await run.ask('/api/events')) as EventsAnswer;
    expect(events.map(({ type }) => type).sort()).toEqual(['added', 'address', 'clock', 'gap', 'mark', 'removed']);
    expect(outages.map(({ endpoint, from }) => [endpoint, from])).toEqual([[1, NOON + 400 + 5000]]);
    const { endpoints } = parsed(await run.ask('/api/session')) as SessionAnswer;
    expect(endpoints.map(({ label, removedAt }) => [label, removedAt])).toEqual([
      ['a', null],
      ['b', null],
      ['c', NOON + 2700 + 5000],
    ]);
  });

  it.for([
    ['/api/columns?endpoint=9&width=1000', 404, 'endpoint= takes the id of an endpoint: /api/session lists them'],
    ['/api/columns?endpoint=0&width=999', 400, 'width= takes a number from 1000 to 86400000'],
    ['/api/columns?endpoint=0&width=1000.5', 400, 'width= takes a whole number'],
    [
      '/api/columns?endpoint=0&width=1000&from=0&to=2001000',
      400,
      'that is 2001 columns: at most 2000, take a greater width=',
    ],
    ['/api/columns?endpoint=0&width=1000&from=5&to=5', 400, 'from= must be before to='],
    ['/api/columns?endpoint=0&width=1e3', 400, 'width= takes a number from 1000 to 86400000'],
    ['/api/events?from=-1', 400, 'from= takes a number from 0 to 8640000000000000'],
    ['/api/nothing', 404, 'there is nothing here'],
    ['/api/session/', 404, 'there is nothing here'],
    ['/../package.json', 404, 'there is nothing here'],
    ['/web/page/../../../package.json', 404, 'there is nothing here'],
    ['/%2e%2e/package.json', 404, 'there is nothing here'],
  ] as const)('refuses %s', async ([path, status, error], test) => {
    const run = await servedRun(test, ['a']);
    const answer = await run.ask(path);
    expect([answer.status, parsed(answer)]).toEqual([status, { error }]);
  });

  it('takes each path by its method only', async (test) => {
    const run = await servedRun(test, ['a']);
    const asked = [
      await run.post('/api/session', {}),
      await run.ask('/api/watch'),
      await run.ask('/', { method: 'DELETE' }),
      await run.ask('/metrics', { method: 'POST' }),
    ];
    expect(asked.map(({ status, headers }) => [status, headers.allow])).toEqual([
      [405, 'GET'],
      [405, 'POST'],
      [405, 'GET, HEAD'],
      [405, 'GET, HEAD'],
    ]);
  });
});

describe('what a page asks for', () => {
  /** Answers each command as the run would. */
  const answering = (run: ServedRun, done: (text: string) => boolean): NodeJS.Timeout =>
    setInterval(() => {
      for (const command of run.commands.splice(0)) {
        if (command.type !== 'watch') continue;
        run.server.news({
          type: 'answer',
          request: command.request,
          done: done(command.text),
          text: `did ${command.text}`,
        });
        told.push([command.text, command.interval, command.sizeBytes]);
      }
    }, 5);
  let told: unknown[] = [];

  it('is watched: names, then endpoints in the grammar of the command line', async (test) => {
    told = [];
    const run = await servedRun(test, []);
    const timer = answering(run, () => true);
    test.onTestFinished(() => clearInterval(timer));
    const answer = await run.post('/api/watch', {
      endpoints: '192.168.1.1, 8.8.8.8',
      endpoint: ['gw=10.0.0.1,interval=1'],
      interval: '0.1',
      packet_size: '64',
    });
    expect(flaws('POST /api/watch', parsed(answer))).toEqual([]);
    expect(told).toEqual([
      ['192.168.1.1', 100, 56],
      ['8.8.8.8', 100, 56],
      ['gw=10.0.0.1,interval=1', 100, 56],
    ]);
    expect(answer.status).toBe(200);
  });

  it('is told of what the run refuses, in one line, and stops there', async (test) => {
    told = [];
    const run = await servedRun(test, []);
    const timer = answering(run, (text) => text !== 'b');
    test.onTestFinished(() => clearInterval(timer));
    const answer = await run.post('/api/watch', { endpoints: 'a,b,c' });
    expect([answer.status, (parsed(answer) as { error: string }).error]).toEqual([400, 'did b']);
    expect(flaws('POST /api/watch', parsed(answer))).toEqual([]);
    expect(told).toEqual([
      ['a', null, null],
      ['b', null, null],
    ]);
  });

  it.for([
    [{ endpoints: 'a', interval: '0.009' }, 'interval= takes seconds from 0.01 to 3600, not "0.009"'],
    [{ endpoints: 'a', interval: '1s' }, 'interval= takes seconds from 0.01 to 3600, not "1s"'],
    [{ endpoints: 'a', interval: [1] }, 'interval= takes text'],
    [
      { endpoints: 'a', packet_size: '31' },
      'packet_size= takes bytes of ICMP header and payload from 32 to 65515, not "31"',
    ],
    [
      { endpoints: 'a', packet_size: '64.5' },
      'packet_size= takes bytes of ICMP header and payload from 32 to 65515, not "64.5"',
    ],
    [{ endpoints: 'a,,b' }, 'endpoints= has an empty name: give such as endpoints=192.168.1.1,8.8.8.8'],
    [{ endpoints: 'x=a' }, 'endpoints= takes names and addresses only, not "x=a": give endpoint=x=a for it'],
    [{ endpoint: [1] }, 'endpoint= takes a host or label=host, of at most 1024 characters'],
    [{ endpoints: Array.from({ length: 65 }, (_, i) => `h${i}`).join() }, '65 endpoints: give at most 64'],
    [{}, 'give endpoints=, or endpoint='],
  ] as const)('is refused in one line: %j', async ([fields, error], test) => {
    const run = await servedRun(test, []);
    const answer = await run.post('/api/watch', fields);
    expect([answer.status, parsed(answer)]).toEqual([400, { error }]);
    expect(run.commands).toEqual([]);
  });

  it('is marked, at an instant within the history only', async (test) => {
    const run = await servedRun(test, ['a']);
    run.feed(sampleProbes(0, [1]));
    expect(flaws('POST /api/mark', parsed(await run.post('/api/mark', { text: ' here ', at: NOON + 50 })))).toEqual([]);
    await run.post('/api/mark', { text: 'now' });
    expect(run.commands).toEqual([
      { type: 'mark', text: 'here', at: NOON + 50 },
      { type: 'mark', text: 'now', at: run.now },
    ]);
    for (const fields of [
      { text: '' },
      { text: 'x'.repeat(201) },
      { text: 'x', at: 'now' },
      { text: 'x', at: NOON - 1 },
      { text: 'x', at: NOON + 1e9 },
    ]) {
      expect((await run.post('/api/mark', fields)).status).toBe(400);
    }
    expect(run.commands).toHaveLength(2);
  });
});
