// Events to lines and back: what a replay sees is what the live run saw, to the digit.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostInfo } from '../support/endpoint-info.js';
import type { OutcomeEvent, ProbeEvent } from '../../src/events/events.js';
import type { SessionInfo } from '../../src/events/session-info.js';
import { EventLines } from '../../src/record/lines/event-lines.js';
import type { RecordLine } from '../../src/record/lines/line-format.js';
import { toMillis, toSeconds } from '../../src/record/lines/line-format.js';
import { RecordParser } from '../../src/record/record-parser.js';

const STARTED = 1_763_826_054_123.456;

const info = (targets: string[], startedAt = STARTED): SessionInfo => ({
  startedAt,
  interval: 100,
  timeout: 2000,
  sizeBytes: 56,
  clock: 'kernel',
  endpoints: targets.map((target, id) => hostInfo({ id, target })),
});

const linesOf = (session: SessionInfo, events: readonly ProbeEvent[], firstSeqs: number[] = []): string[] => {
  const lines = new EventLines(session, 'test', { firstSeqs, keys: [] });
  const all: RecordLine[] = [lines.sessionLine()];
  for (const event of events) all.push(...lines.lines(event));
  all.push(...lines.inFlight());
  return all.map((line) => JSON.stringify(line));
};

const parse = (texts: readonly string[]) => {
  const events: ProbeEvent[] = [];
  const parser = new RecordParser((event) => events.push(event));
  const problems = texts.map((text) => parser.line(text)).filter((problem) => problem !== null);
  return { events, problems, parser };
};

const sessionWith = (change: object): string =>
  JSON.stringify({ ...new EventLines(info(['a']), 'test').sessionLine(), ...change });

const micros = (max: number) => fc.integer({ min: 0, max }).map((us) => us / 1000);

/** What one slot goes through, all its events in the order in which they come. */
const slot = (endpoint: number, seq: number, at: number): fc.Arbitrary<ProbeEvent[]> => {
  const reply = { endpoint, seq, ttl: 57 };
  const outcomes: fc.Arbitrary<OutcomeEvent[]> = fc.oneof(
    micros(2e6).map((rtt): OutcomeEvent[] => [{ type: 'answered', ...reply, rtt }]),
    micros(2e6).map((rtt): OutcomeEvent[] => [{ type: 'answered', ...reply, rtt, ttl: null, uncertain: true }]),
    fc.constant<OutcomeEvent[]>([{ type: 'lost', endpoint, seq }]),
    micros(9e6).map((rtt): OutcomeEvent[] => [
      { type: 'lost', endpoint, seq },
      { type: 'late', ...reply, rtt },
    ]),
    fc.constant<OutcomeEvent[]>([{ type: 'unsent', endpoint, seq, error: 'ENETUNREACH' }]),
    fc.constant<OutcomeEvent[]>([{ type: 'unreachable', endpoint, seq, from: '10.0.0.1', icmpType: 3, icmpCode: 1 }]),
    micros(2e6).map((rtt): OutcomeEvent[] => [
      { type: 'unreachable', endpoint, seq, from: '10.0.0.1', icmpType: 3, icmpCode: 1 },
      { type: 'answered', ...reply, rtt },
    ]),
    fc.constant<OutcomeEvent[]>([{ type: 'void', endpoint, seq }]),
    fc.constant<OutcomeEvent[]>([]),
  );
  return outcomes.map((settled): ProbeEvent[] => [{ type: 'sent', endpoint, seq, at }, ...settled]);
};

const session = fc
  .integer({ min: 1, max: 30 })
  .chain((slots) =>
    fc.tuple(...Array.from({ length: slots }, (_, seq) => slot(seq % 2, Math.floor(seq / 2), STARTED + seq * 50))),
  );

describe('seconds and milliseconds', () => {
  it('are inverse to the microsecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e15 }), (us) => {
        const ms = us / 1000;
        expect(toMillis(toSeconds(ms))).toBe(ms);
      }),
    );
  });
});

describe('a record read back', () => {
  it('holds the same events, each probe as one slot', () => {
    fc.assert(
      fc.property(session, (slots) => {
        const events = slots.flat();
        const { events: read, problems } = parse(linesOf(info(['a', 'b']), events));
        expect(problems).toEqual([]);
        const of = (list: readonly ProbeEvent[], endpoint: number, seq: number) =>
          list.filter((e) => 'seq' in e && e.endpoint === endpoint && e.seq === seq);
        for (let endpoint = 0; endpoint < 2; endpoint++) {
          for (let seq = 0; seq < slots.length; seq++)
            expect(of(read, endpoint, seq)).toEqual(of(events, endpoint, seq));
        }
      }),
    );
  });

  it('has exactly one probe line a slot, in whatever order probes settle', () => {
    fc.assert(
      fc.property(session, (slots) => {
        const sent = slots.map((events) => events[0]).filter((e) => e !== undefined);
        const settled = slots.flatMap((events) => events.slice(1)).toReversed();
        const lines = linesOf(info(['a', 'b']), [...sent, ...settled]).map((text) => JSON.parse(text) as RecordLine);
        const probes = lines.flatMap((line) => (line.type === 'probe' ? [`${line.endpoint}/${line.seq}`] : []));
        expect(probes.length).toBe(slots.length);
        expect(new Set(probes).size).toBe(slots.length);
      }),
    );
  });

  it('keeps a wall clock step apart from the timeline', () => {
    const events: ProbeEvent[] = [
      { type: 'sent', endpoint: 0, seq: 0, at: STARTED },
      { type: 'lost', endpoint: 0, seq: 0 },
      { type: 'clock', at: STARTED + 50, offset: 3_600_000 },
      { type: 'sent', endpoint: 0, seq: 1, at: STARTED + 100 },
      { type: 'lost', endpoint: 0, seq: 1 },
    ];
    const lines = linesOf(info(['a']), events);
    expect(lines.at(-1)).toContain(`"sent":${toSeconds(STARTED + 100 + 3_600_000)}`);
    expect(parse(lines).events).toEqual(events);
  });

  it('holds what happened between the probes', () => {
    const events: ProbeEvent[] = [
      { type: 'resolved', endpoint: 0, address: '10.0.0.9', at: STARTED },
      { type: 'stall', from: STARTED, to: STARTED + 30 },
      { type: 'gap', from: STARTED, to: STARTED + 5000, reason: 'suspend' },
      { type: 'rejected', endpoint: 0, reason: 'checksum', count: 3 },
      { type: 'rejected', endpoint: null, reason: 'cookie', count: 1 },
      { type: 'duplicate', endpoint: 0, seq: 7, rtt: 1.5 },
      { type: 'mark', at: STARTED + 1, text: 'the call is "bad" now' },
    ];
    const { events: read, problems } = parse(linesOf(info(['a']), events));
    expect(read).toEqual(events);
    expect(problems).toEqual([]);
  });

  it('joins the sessions of a file: sequences go on, the time between is a gap', () => {
    const probe = (seq: number, at: number): ProbeEvent[] => [
      { type: 'sent', endpoint: 0, seq, at },
      { type: 'lost', endpoint: 0, seq },
    ];
    const first = linesOf(info(['a']), [...probe(0, STARTED), ...probe(1, STARTED + 100)]);
    const second = linesOf(info(['b', 'a'], STARTED + 60_000), [
      { type: 'sent', endpoint: 1, seq: 0, at: STARTED + 60_000 },
      { type: 'lost', endpoint: 1, seq: 0 },
    ]);
    const { events, parser } = parse([...first, ...second]);
    expect(parser.joined.list.map(({ info: { target } }) => target)).toEqual(['a', 'b']);
    expect(events.slice(4)).toEqual([
      { type: 'gap', from: STARTED + 100, to: STARTED + 60_000, reason: 'not running' },
      { type: 'endpoint', endpoint: 1, info: hostInfo({ id: 1, target: 'b' }), at: STARTED + 60_000 },
      { type: 'sent', endpoint: 0, seq: 2, at: STARTED + 60_000 },
      { type: 'lost', endpoint: 0, seq: 2 },
    ]);
    expect(parser.joined.nextSeqs).toEqual([3, 0]);
  });

  it.each([
    ['its own, if nothing was moved away', 0],
    ['and more than a minute into the run', 61_000],
  ])('goes on with the same run where a rotation begins a file anew, %s', (_name, later) => {
    const lost = (seq: number, at: number): ProbeEvent[] => [
      { type: 'sent', endpoint: 0, seq, at },
      { type: 'lost', endpoint: 0, seq },
    ];
    const [before, after] = [lost(0, STARTED + later), lost(1, STARTED + later + 100)];
    const { events, parser } = parse([...linesOf(info(['a']), before), ...linesOf(info(['a']), after, [1])]);
    expect(events).toEqual([...before, ...after]);
    expect(parser.info?.startedAt).toBe(STARTED);
  });

  it('leaves the sequences of a resumed session as they are', () => {
    const lost = (seq: number, at: number): ProbeEvent[] => [
      { type: 'sent', endpoint: 0, seq, at },
      { type: 'lost', endpoint: 0, seq },
    ];
    const first = linesOf(info(['a']), lost(0, STARTED));
    const resumed = linesOf(info(['a'], STARTED + 5000), lost(1, STARTED + 5000), [1]);
    const { events } = parse([...first, ...resumed]);
    expect(events.filter((e) => e.type === 'sent').map((e) => e.seq)).toEqual([0, 1]);
  });

  it('keeps to the sequences of a run that goes on in another file, though much of it was in flight then', () => {
    const answered = (seq: number): ProbeEvent[] => [
      { type: 'sent', endpoint: 0, seq, at: STARTED + seq * 100 },
      { type: 'answered', endpoint: 0, seq, rtt: 1, ttl: null },
    ];
    const before = linesOf(info(['a']), [...answered(0), ...answered(1)]);
    // A run of its own, from 0 again: 3 and 4 are in flight when its file is rotated, and 5 is the next to be sent.
    const run = info(['a'], STARTED + 60_000);
    const first = linesOf(run, [...answered(0), ...answered(1), ...answered(2)]);
    const second = linesOf(run, [...answered(3), ...answered(4), ...answered(5)], [5]);
    const { events, problems } = parse([...before, ...first, ...second]);
    expect(problems).toEqual([]);
    expect(events.flatMap((event) => (event.type === 'sent' ? [event.seq] : []))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('reads the line that stands right behind a torn one, as in files put together with cat', () => {
    const first = linesOf(info(['a']), [
      { type: 'sent', endpoint: 0, seq: 0, at: STARTED },
      { type: 'lost', endpoint: 0, seq: 0 },
    ]);
    const second = linesOf(info(['b'], STARTED + 60_000), [
      { type: 'sent', endpoint: 0, seq: 0, at: STARTED + 60_001 },
    ]);
    const glued = `${first.at(-1)?.slice(0, 40)}${second[0]}`;
    const { events, problems, parser } = parse([...first, glued, ...second.slice(1)]);
    expect(problems).toEqual(['no JSON']);
    expect(parser.info?.endpoints.map(({ target }) => target)).toEqual(['a']);
    expect(events.flatMap((event) => (event.type === 'endpoint' ? [event.info.target] : []))).toEqual(['b']);
    expect(events.flatMap((event) => (event.type === 'sent' ? [event.endpoint] : []))).toEqual([0, 1]);
    const nothing = parse([...first, `${first.at(-1)?.slice(0, 40)}{"type":"weather"}`, '{"type":"pro']);
    expect(nothing.problems).toEqual([expect.stringMatching(/^no JSON/), 'no JSON']);
    expect(nothing.events).toHaveLength(2);
  });

  it('relabels the past when the wall clock was set back between sessions', () => {
    const sent = (at: number): ProbeEvent[] => [
      { type: 'sent', endpoint: 0, seq: 0, at },
      { type: 'lost', endpoint: 0, seq: 0 },
    ];
    const first = linesOf(info(['a']), sent(STARTED));
    const second = linesOf(info(['a'], STARTED - 3_600_000), sent(STARTED - 3_600_000 + 100));
    const { events } = parse([...first, ...second]);
    expect(events[2]).toEqual({ type: 'clock', at: STARTED, offset: -3_600_000 });
    expect(events[3]).toMatchObject({ type: 'sent', seq: 1, at: STARTED + 100 });
  });

  it.each([
    ['{"type":"probe","endp', 'no JSON'],
    ['[]', 'no record line'],
    ['{"type":"weather"}', 'unknown type "weather"'],
    ['{"type":7}', 'no record line'],
    ['null', 'no record line'],
    ['{"type":"probe","endpoint":7,"seq":0,"sent":1,"state":"lost"}', 'probe: endpoint is none of its session'],
    ['{"type":"probe","endpoint":0,"seq":0,"sent":1,"state":"answered"}', 'probe: rtt is missing'],
    ['{"type":"probe","endpoint":0,"seq":0,"sent":1,"state":"answered","rtt":-1}', 'probe: rtt must be >= 0'],
    ['{"type":"probe","endpoint":0,"seq":0,"sent":1e300,"state":"lost"}', 'probe: sent must be <= 253402300799'],
    ['{"type":"probe","endpoint":0,"seq":0,"sent":1e999,"state":"lost"}', 'probe: sent must be number'],
    ['{"type":"probe","endpoint":0,"seq":0,"sent":"1","state":"lost"}', 'probe: sent must be number'],
    [
      '{"type":"probe","endpoint":0,"seq":9007199254740992,"sent":1,"state":"lost"}',
      'probe: seq must be <= 281474976710655',
    ],
    ['{"type":"probe","endpoint":0,"seq":0.5,"sent":1,"state":"lost"}', 'probe: seq must be integer'],
    ['{"type":"probe","endpoint":0,"seq":0,"sent":1,"state":"sad"}', 'probe: state is none that is known'],
    [
      '{"type":"probe","endpoint":0,"seq":0,"sent":1,"state":"unreachable","from":"a","icmp":3}',
      'probe: icmp must be string',
    ],
    ['{"type":"late","endpoint":null,"seq":0,"rtt":1}', 'late: endpoint must be integer'],
    ['{"type":"gap","from":0,"to":1,"reason":"lunch"}', 'gap: reason must be equal to one of the allowed values'],
    ['{"type":"mark","at":null,"text":"x"}', 'mark: at must be number'],
    ['{"type":"session","format":3}', 'format 3, this pingem reads formats 1 and 2'],
    [sessionWith({ interval: 0 }), 'session: interval must be >= 0.001'],
    [sessionWith({ endpoints: null }), 'session: endpoints must be array'],
    [
      sessionWith({ endpoints: [{ id: 0, key: 'a', target: 'a', address: null }] }),
      'session: endpoints/0/label is missing',
    ],
  ])('says what is wrong with %s', (text, problem) => {
    const { problems, events } = parse([...linesOf(info(['a']), []), text]);
    expect(problems).toEqual([problem]);
    expect(events).toEqual([]);
  });

  it('gives nobody the lines of a session that it can not read', () => {
    const unread = ['{"type":"session","format":3}', '{"type":"probe","endpoint":0,"seq":0,"sent":1,"state":"lost"}'];
    const { events, problems } = parse([...linesOf(info(['a']), []), ...unread]);
    expect(events).toEqual([]);
    expect(problems[1]).toBe("in a session that can't be read");
  });

  it('is known with a byte order mark', () => {
    const [first = '', ...rest] = linesOf(info(['a']), []);
    expect(parse([`\u{feff}${first}`, ...rest]).problems).toEqual([]);
  });

  it('stays within what dates and whole numbers can hold, however many sessions set the clock back', () => {
    const lost = (seq: number, at: number): ProbeEvent[] => [
      { type: 'sent', endpoint: 0, seq, at },
      { type: 'lost', endpoint: 0, seq },
    ];
    const span = linesOf(info(['a'], 0), [...lost(0, 0), ...lost(2 ** 48 - 1, 253_402_300_799_000)]);
    const again = span.map((line, i) => (i === 0 ? line.replace('"started":0', '"started":1') : line));
    const { events, problems } = parse(Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? span : again)).flat());
    const times = events.flatMap((event) => ('at' in event ? [event.at] : []));
    expect(Math.max(...times)).toBeLessThan(8.64e15 / 2);
    expect(Math.max(...events.flatMap((event) => ('seq' in event ? [event.seq] : [])))).toBeLessThanOrEqual(2 ** 52);
    expect(problems.some((problem) => problem.startsWith('session: started sets the clock back'))).toBe(true);
    expect(problems).toContain("in a session that can't be read");
  });
});
