// The stream: what changed, and nothing twice; nothing kept for whoever doesn't read.

import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { StreamChange, StreamHello } from '../../../src/web/wire/answers.js';
import { NOON, sampleProbes } from '../../support/record-sample.js';
import { servedRun, TOKEN } from '../../support/web-fixture.js';
import type { ServedRun } from '../../support/web-fixture.js';

type Message = { event: string; data: StreamHello & StreamChange };

/** A listener; `messages` gives what has come, and forgets it. */
const listening = async (run: ServedRun, query = 'width=1000&columns=60') => {
  const asked = request({
    host: '127.0.0.1',
    port: run.place.port,
    path: `/api/stream?${query}`,
    headers: { Authorization: `Bearer ${TOKEN}` },
    agent: false,
  });
  asked.on('error', () => {});
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  response.on('data', (chunk: Buffer) => (text += chunk.toString()));
  response.on('error', () => {});
  const messages = async (): Promise<Message[]> => {
    await sleep(20);
    const whole = text.slice(0, text.lastIndexOf('\n\n') + 2);
    text = text.slice(whole.length);
    return whole
      .split('\n\n')
      .filter((part) => part !== '')
      .map((part) => {
        const [, event = '', data = '{}'] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? [];
        return { event, data: JSON.parse(data) as Message['data'] };
      });
  };
  return { response, messages, end: () => asked.destroy() };
};

const columnsOf = (messages: readonly Message[]): [number, number, number][] =>
  messages.flatMap(({ data }) =>
    (data.columns ?? []).flatMap(({ endpoint, columns }) =>
      columns.map(([index, answered]): [number, number, number] => [endpoint, index - NOON / 1000, answered]),
    ),
  );

describe('the stream', () => {
  it('begins with everything, then tells the columns that have changed, late replies among them', async (test) => {
    const run = await servedRun(test, ['a', 'b']);
    run.feed(sampleProbes(0, [1, 2]));
    const stream = await listening(run);
    expect(stream.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const [hello] = await stream.messages();
    expect([hello?.event, hello?.data.endpoints?.map(({ label }) => label)]).toEqual(['hello', ['a', 'b']]);
    run.feed(sampleProbes(0, [3, 'lost'], NOON + 1000, 2));
    run.server.tick();
    expect(columnsOf(await stream.messages())).toEqual([[0, 1, 1]]);
    run.server.tick();
    expect(columnsOf(await stream.messages())).toEqual([]);
    run.feed([{ type: 'late', endpoint: 0, seq: 3, rtt: 1500, ttl: 64 }]);
    run.server.tick();
    const [late] = (await stream.messages()).flatMap(({ data }) => data.columns ?? []);
    expect(late?.columns[0]?.slice(0, 4)).toEqual([NOON / 1000 + 1, 1, 1, 0]);
    stream.end();
  });

  it('tells what a gap has changed at all endpoints, and of marks that there are some', async (test) => {
    const run = await servedRun(test, ['a', 'b']);
    run.feed([...sampleProbes(0, [1]), ...sampleProbes(1, [1])]);
    const stream = await listening(run);
    await stream.messages();
    run.feed([
      { type: 'gap', from: NOON + 2000, to: NOON + 3000, reason: 'stall' },
      { type: 'mark', at: NOON, text: 'x' },
    ]);
    run.server.tick();
    const told = await stream.messages();
    expect(new Set(columnsOf(told).map(([endpoint, index]) => `${endpoint} ${index}`))).toEqual(
      new Set(['0 2', '0 3', '1 2', '1 3']),
    );
    expect(told.some(({ data }) => data.events === true)).toBe(true);
    stream.end();
  });

  it('says that the clock was set, and two seconds later that it is still there', async (test) => {
    const run = await servedRun(test, ['a']);
    run.feed(sampleProbes(0, [1]));
    const stream = await listening(run);
    run.server.tick();
    await stream.messages();
    run.feed([{ type: 'clock', at: NOON + 500, offset: 60_000 }]);
    run.server.tick();
    expect((await stream.messages()).map(({ data }) => [data.reload, data.now])).toEqual([[true, run.now + 60_000]]);
    run.elapsed = 1900;
    run.server.tick();
    await stream.messages();
    run.elapsed = 2500;
    run.server.tick();
    expect((await stream.messages()).length).toBe(1);
    stream.end();
  });

  it('keeps for whoever does not read what has changed, not what it would have said', async (test) => {
    const labels = Array.from({ length: 64 }, (_, i) => `endpoint ${i}`);
    const bytes = (): number => process.memoryUsage().arrayBuffers + process.memoryUsage().external;
    const live = async (run: ServedRun): Promise<number> => {
      const before = bytes();
      for (let second = 0; second < 300; second++) {
        run.now = NOON + 11_000 + second * 1000;
        // A listener that doesn't read is let go after 30 s.
        run.elapsed = (run.elapsed + 250) % 25_000;
        for (let id = 0; id < 64; id++) run.feed(sampleProbes(id, [1], run.now, second));
        run.server.tick();
        if (second % 20 === 0) await sleep(1);
      }
      return bytes() - before;
    };
    const alone = await live(await servedRun(test, labels));
    const run = await servedRun(test, labels);
    const stream = await listening(run, 'width=1000&columns=1000');
    await stream.messages();
    stream.response.pause();
    expect((await live(run)) - alone).toBeLessThan(2 * 2 ** 20);
    stream.response.resume();
    const seen = new Set<string>();
    for (let i = 0; i < 60 && seen.size < 64 * 300; i++) {
      run.elapsed += 250;
      run.server.tick();
      for (const [endpoint, index] of columnsOf(await stream.messages())) seen.add(`${endpoint} ${index}`);
    }
    expect(seen.size).toBe(64 * 300);
    stream.end();
  });

  it('lets go of a listener that has taken nothing for 30 s', async (test) => {
    const run = await servedRun(
      test,
      Array.from({ length: 64 }, (_, i) => `endpoint ${i}`),
    );
    const stream = await listening(run, 'width=1000&columns=1000');
    await stream.messages();
    stream.response.pause();
    const state = { closed: false };
    stream.response.on('close', () => (state.closed = true));
    for (let second = 0; second < 600 && !state.closed; second++) {
      run.now += 1000;
      run.elapsed += 1000;
      for (let id = 0; id < 64; id++) run.feed(sampleProbes(id, [1], run.now, second));
      run.server.tick();
      await sleep(2);
    }
    stream.response.resume();
    await sleep(50);
    expect(state.closed).toBe(true);
  });

  it('has room for sixteen listeners', async (test) => {
    const run = await servedRun(test, ['a']);
    const streams = [];
    for (let i = 0; i < 16; i++) streams.push(await listening(run));
    expect((await run.ask('/api/stream')).status).toBe(429);
    streams[0]?.end();
    await sleep(50);
    const again = await listening(run);
    expect(again.response.statusCode).toBe(200);
    for (const stream of [...streams, again]) stream.end();
  });

  it.for(['width=10', 'width=x', 'columns=0', 'columns=1001', 'columns=1.5'])('refuses %s', async (query, test) => {
    const run = await servedRun(test, ['a']);
    expect((await run.ask(`/api/stream?${query}`)).status).toBe(400);
  });
});
