// A hundred records such as nobody should write, by name. Each is made into a file; what the program makes of it is in
// odd-records-run.ts.

import { gzipSync } from 'node:zlib';
import * as made from './odd-record-lines.js';
import { answered, gap, lost, oneOdd, other, plain, session, STARTED, times } from './odd-record-lines.js';

/** What stands in the file, piece by piece. `n` gives a number at the size that is asked for, at least 1. */
export type OddRecord = (n: (whole: number) => number) => Iterable<string | Buffer>;

const MIB = 2 ** 20;
const LAST_SECOND = 253_402_300_799;

/** One value of one field. */
const FIELDS: Readonly<Record<string, readonly unknown[]>> = {
  endpoint: [-1, 1, 0.5, 2 ** 53, '0', null, []],
  seq: [-1, 0.5, 2 ** 48, 2 ** 53, 1e300, '1', null, {}],
  sent: [-1, 1e300, LAST_SECOND, 0, '2026', null, true],
  state: ['sad', 7, null, '__proto__', 'unsent'],
  rtt: [-1, -1e300, 1e300, '10', null, [10]],
  ttl: [-1, 256, 64.5, '64'],
};

const oneField: [string, OddRecord][] = Object.entries(FIELDS).flatMap(([field, values]) =>
  values.map((value): [string, OddRecord] => [
    `probe with ${field} ${JSON.stringify(value)}`,
    () => [oneOdd({ [field]: value })],
  ]),
);

const SESSIONS: Readonly<Record<string, unknown>>[] = [
  { interval: 0 },
  { interval: -1 },
  { interval: 1e-300 },
  { timeout: 0 },
  { timeout: 1e300 },
  { started: null },
  { started: 1e300 },
  { size: -1 },
  { endpoints: null },
  { endpoints: [] },
  { endpoints: [null] },
  { endpoints: {} },
  { format: 99 },
];

const oneSession: [string, OddRecord][] = SESSIONS.map((change) => [
  `session with ${JSON.stringify(change)}`,
  () => [session(1, change), answered(0)],
]);

const text: [string, OddRecord][] = [
  ['empty', () => []],
  ['one byte', () => ['{']],
  ['no record', () => ['dear diary\n']],
  ['a byte order mark in front', () => ['\u{feff}', plain(10)]],
  ['carriage returns', () => [plain(10).replaceAll('\n', '\r\n')]],
  ['no newline at the end', () => [plain(10).trimEnd()]],
  ['only a session line without newline', () => [session().trimEnd()]],
  ['torn last line', () => [plain(10).slice(0, -20)]],
  ['zero bytes between', () => [plain(3), Buffer.alloc(5000), '\n', answered(3)]],
  ['lines of other JSON', () => [session(), 'null\n[]\n7\n"x"\n{}\n{"type":7}\n{"type":"weather"}\n', answered(0)]],
  ['Infinity as 1e999', () => [plain(1), lost(1).replace(/"sent":[\d.]+/, '"sent":1e999')]],
  ['deep nesting', (n) => [plain(1), `${'['.repeat(n(3_000_000))}\n`, answered(1)]],
  ['a line of 200 MB', (n) => [plain(1), ...times(n(200), () => 'x'.repeat(MIB)), '\n', answered(1)]],
  ['a session line of 20,000 endpoints', (n) => [session(n(20_000)), answered(0)]],
  [
    '1,000 endpoints in four sessions',
    () =>
      [0, 1, 2, 3].map((i) =>
        session(250, {
          started: STARTED + i,
          endpoints: times(250, (k) => `h${i}-${k}`).map((label, id) => ({
            id,
            target: label,
            label,
            address: null,
            firstSeq: 0,
          })),
        }),
      ),
  ],
  [
    '1,024 endpoints with 20 outages each',
    (n) => [
      session(1024),
      ...times(n(20), (outage) =>
        times(10, (k) => {
          const seq = outage * 10 + k;
          const sent = made.sentAt(seq);
          const line = k < 5 ? lost : answered;
          return times(1024, (endpoint) => line(seq, { endpoint, sent })).join('');
        }).join(''),
      ),
    ],
  ],
  ['the rest of a line in front', () => ['1,"state":"lost"}\n', plain(10)]],
  [
    'escape sequences in labels and marks',
    () => [
      session(1, { endpoints: [{ id: 0, target: 'a', label: '\u{1b}[2J\u{202e}x', address: null }] }),
      answered(0),
      other('mark', { at: STARTED, text: '\u{1b}]0;x\u{7}=1+1' }),
    ],
  ],
];

const many: [string, OddRecord][] = [
  [
    '5,000 sessions',
    (n) => times(n(5000), (i) => session(8, { started: STARTED + 100 * i }) + lost(0, { sent: STARTED + 100 * i + 1 })),
  ],
  [
    '5,000 sessions, each before the one before',
    (n) => times(n(5000), (i) => session(8, { started: STARTED - 100 * i }) + lost(0, { sent: STARTED - 100 * i + 1 })),
  ],
  [
    '200,000 gaps',
    (n) => [session(), ...times(n(200_000), (i) => gap(STARTED + 10 * i, STARTED + 10 * i + 1, 'stall'))],
  ],
  [
    '200,000 gaps among lost probes',
    (n) => [
      session(),
      ...times(n(200_000), (i) => lost(i, { sent: STARTED + 6 * i }) + gap(STARTED + 6 * i + 1, STARTED + 6 * i + 2)),
    ],
  ],
  [
    '200,000 marks in the wrong order',
    (n) => [session(), ...times(n(200_000), (i) => other('mark', { at: STARTED - i, text: `${i}` }))],
  ],
  [
    '100,000 steps of the clock',
    (n) => [
      session(),
      ...times(n(100_000), (i) => answered(i) + other('clock', { at: made.sentAt(i), offset: (i % 2) * 3600 })),
    ],
  ],
  ['a million lines that are none', (n) => [session(), ...times(n(100), () => 'no line\n'.repeat(10_000))]],
  ['100 MB of empty lines', (n) => [session(), ...times(n(100), () => '\n'.repeat(MIB))]],
  ['jumps of the sequence', (n) => [session(), ...times(n(20_000), (i) => lost(i * 60_000, { sent: made.sentAt(i) }))]],
  [
    'sequences in descending order',
    (n) => [session(1, { interval: 0.001, timeout: 60 }), ...times(n(50_000), (i) => lost(n(50_000) - i))],
  ],
  ['centuries between two probes', () => [session(8), lost(0, { sent: 0 }), lost(1, { sent: LAST_SECOND })]],
  ['a gap of centuries', () => [session(), answered(0), gap(0, LAST_SECOND), answered(1)]],
  ['2,000 probes over centuries', (n) => [session(), ...times(n(2000), (i) => lost(i, { sent: 4e6 * i }))]],
  ['the same probe a million times', (n) => [session(), ...times(n(100), () => answered(0).repeat(10_000))]],
  ['2^48 over and over', (n) => times(n(1000), (i) => session(1, { started: STARTED + i }) + lost(2 ** 48 - 1))],
  [
    'late replies to everything',
    (n) => [
      session(),
      ...times(n(100_000), (i) => lost(i)),
      ...times(n(100_000), (i) => other('late', { endpoint: 0, seq: i, rtt: 3000 })),
    ],
  ],
  [
    '100,000 different errors',
    (n) => [session(), ...times(n(100_000), (i) => lost(i, { state: 'unsent', error: `E${i}` }))],
  ],
];

const others: [string, OddRecord][] = [
  other('gap', { from: STARTED, to: STARTED + 1, reason: 'lunch' }),
  other('gap', { from: STARTED + 9, to: STARTED, reason: 'stall' }),
  other('mark', { at: null, text: 'x' }),
  other('mark', { at: STARTED, text: 'x'.repeat(5000) }),
  other('clock', { at: STARTED, offset: 1e300 }),
  other('address', { endpoint: 0, address: 7, at: STARTED }),
  other('rejected', { endpoint: 0, reason: 'source', count: -1 }),
  other('late', { endpoint: 0, seq: 2 ** 53, rtt: 1 }),
].map((line): [string, OddRecord] => [`a line of ${line.slice(8, 60).trim()}`, () => [plain(3), line, answered(3)]]);

const bomb = (count: number, byte: string): Buffer => gzipSync(Buffer.alloc(count, byte));

const gzip: [string, OddRecord][] = [
  ['.gz cut by 20 bytes', () => [gzipSync(plain(1000)).subarray(0, -20)]],
  ['.gz of one long member', (n) => [gzipSync(plain(n(600_000)))]],
  ['.gz of one long member, cut in the middle', (n) => [gzipSync(plain(n(300_000))).subarray(0, n(1_000_000))]],
  ['.gz with a torn first member', () => [gzipSync(plain(100)).subarray(0, 60), gzipSync(plain(10))]],
  ['.gz with a wrong checksum first', () => [spoilt(gzipSync(plain(10))), gzipSync(plain(10))]],
  ['.gz with rubbish between members', () => [gzipSync(plain(10)), 'rubbish', gzipSync(answered(10))]],
  ['.gz of nothing', () => [gzipSync('')]],
  ['.gz of no record', () => [gzipSync('dear diary\n')]],
  ['.gz header alone', () => [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])]],
  [
    '.gz headers only',
    (n) => [gzipSync(plain(1)), Buffer.alloc(n(1_000_000), Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0]))],
  ],
  ['.gz bomb of one line', (n) => [gzipSync(plain(1)), bomb(n(2 ** 30), 'x')]],
  ['.gz bomb of empty lines', (n) => [gzipSync(plain(1)), bomb(n(2 ** 30), '\n')]],
  ['.gz bombs in a row', (n) => [gzipSync(plain(1)), ...times(n(20), () => '').map(() => bomb(n(2 ** 27), 'x'))]],
  [
    '.gz of 50,000 members',
    (n) => [gzipSync(session()), ...times(n(50_000), () => '').map((_, i) => gzipSync(answered(i)))],
  ],
];

const spoilt = (member: Buffer): Buffer => {
  member[member.length - 8] = (member.at(-8) ?? 0) ^ 1;
  return member;
};

export const oddRecords: ReadonlyMap<string, OddRecord> = new Map([
  ...text,
  ...oneSession,
  ...others,
  ...many,
  ...gzip,
  ...oneField,
]);
