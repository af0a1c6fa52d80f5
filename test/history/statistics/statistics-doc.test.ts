// Computes every worked example of docs/statistics.md with the program's own code, so that the page can't be wrong.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EpochStats } from '../../../src/history/statistics/epoch-stats.js';
import type { ProbeEvent } from '../../../src/events/events.js';
import { SessionHistory } from '../../../src/history/session-history.js';
import { SessionTotals } from '../../../src/history/totals/session-totals.js';
import { answered, late, lost, sent, T, unreachable, unsent, voided } from '../fixtures.js';
import { sessionInfo } from '../streams.js';

const page = readFileSync(new URL('../../../docs/statistics.md', import.meta.url), 'utf8');

type Line = { name: string; sign: '=' | '~'; value: string };

const examples = [...page.matchAll(/^```example\n(.*?)^```$/gms)].map(([, body = '']): Line[] =>
  body
    .trim()
    .split('\n')
    .map((line) => {
      const [, name = '', sign = '', value = ''] = /^(.*?) +([=~]) (.*)$/.exec(line) ?? [];
      return { name, sign: sign as '=' | '~', value };
    }),
);

const outcomeOf = (word: string, seq: number): ProbeEvent[] => {
  const [kind = '', detail = ''] = word.split(':');
  switch (kind) {
    case 'lost':
      return [lost(seq)];
    case 'late':
      return [lost(seq), late(seq, Number(detail))];
    case 'unsent':
      return [unsent(seq, detail)];
    case 'unreachable':
      return [unreachable(seq)];
    case 'void':
      return [voided(seq)];
    case 'in-flight':
      return [];
    case 'uncertain':
      return [{ type: 'answered', endpoint: 0, seq, rtt: Number(detail), ttl: null, uncertain: true }];
    default:
      return [answered(seq, Number(kind))];
  }
};

/** The events of an example's probes, `interval` in milliseconds. */
const eventsOf = (probes: string, interval: number): ProbeEvent[] => {
  const words = probes.split(' ').flatMap((word) => {
    const [, count, rtt] = /^(\d+)x(.*)$/.exec(word) ?? [];
    return count === undefined ? [word] : Array.from({ length: Number(count) }, () => rtt ?? '');
  });
  let at = T;
  let seq = 0;
  return words.flatMap((word): ProbeEvent[] => {
    if (word.startsWith('gap:')) {
      const from = at - interval / 2;
      at += Number(word.slice(4)) * 1000;
      return [{ type: 'gap', from, to: at - interval / 2, reason: 'suspend' }];
    }
    const events = [sent(seq, at), ...outcomeOf(word, seq)];
    at += interval;
    seq++;
    return events;
  });
};

type Numbers = Record<string, string | number | null | string[]>;

const ms = (value: number | null): string => `${value} ms`;

/** What the program says, by the names that the page uses. */
const numbersOf = (events: readonly ProbeEvent[], interval: number): Numbers => {
  const info = sessionInfo({ interval, timeout: 2000, endpoints: 1 });
  const history = new SessionHistory(info);
  const totals = new SessionTotals(info);
  for (const event of events) {
    history.apply(event);
    totals.apply(event);
  }
  const [endpoint] = history.endpoints;
  const epoch = endpoint?.epochs(3_600_000, T / 3_600_000, 1)[0] as EpochStats;
  const total = totals.endpoint(0);
  const outages = history.outages.list();
  expect(totals.outages.list()).toEqual(outages);
  const second = (at: number): string => `${(at - T) / 1000} s`;
  return {
    ...epoch.counts,
    'in-flight': epoch.counts.inFlight,
    slots: epoch.slots,
    loss: epoch.loss === null ? 'none' : `${epoch.loss * 100} %`,
    'longest run': epoch.longestLossRun,
    error: epoch.error,
    now: ms(endpoint?.lastRtt ?? null),
    min: ms(epoch.min),
    p50: ms(epoch.p50),
    mean: ms(epoch.mean),
    p95: ms(epoch.p95),
    max: ms(epoch.max),
    'summary p50': ms(total.p50),
    'summary p95': ms(total.p95),
    'summary p99': ms(total.p99),
    'summary max': ms(total.max),
    jitter: ms(epoch.jitter),
    'rfc 3550': ms(total.rfc3550Jitter),
    baseline: ms(endpoint?.baseline ?? null),
    'not collecting': `${epoch.gap / 1000} s`,
    outage: outages.map(({ from, to, lost: probes, error }) =>
      [
        `${second(from)} to ${to === null ? 'open' : second(to)}`,
        `${probes} probes`,
        ...(error === null ? [] : [error]),
      ].join(', '),
    ),
  };
};

/** As many decimals as the page gives. */
const rounded = (value: string | number | null, like: string): string => {
  const decimals = /^\d+\.(\d+)/.exec(like)?.[1]?.length ?? 0;
  return String(value).replace(/^\d+(\.\d+)?(?= ms$)/, (number) => Number(number).toFixed(decimals));
};

/** How far off "~" may be: history's 2.5 %, the summary's 1 %. */
const tolerance = (name: string): number => (name.startsWith('summary') ? 0.01 : 0.025);

const isRight = ({ name, sign, value }: Line, numbers: Numbers): boolean => {
  const got = numbers[name];
  if (got === undefined) return false;
  if (Array.isArray(got)) return got.includes(value);
  if (sign === '~') return Math.abs(Number.parseFloat(String(got)) / Number.parseFloat(value) - 1) <= tolerance(name);
  return rounded(got, value) === value;
};

describe('docs/statistics.md', () => {
  examples.forEach((lines, index) => {
    it(`example ${index + 1} is what the program computes`, () => {
      const [interval, probes, ...wanted] = lines;
      expect([interval?.name, probes?.name]).toEqual(['interval', 'probes']);
      const events = eventsOf(probes?.value ?? '', Number(interval?.value) * 1000);
      const numbers = numbersOf(events, Number(interval?.value) * 1000);
      const wrong = wanted
        .filter((line) => !isRight(line, numbers))
        .map(({ name, value }) => `${name}: the page says ${value}, the program ${String(numbers[name])}`);
      expect(wrong).toEqual([]);
      const outages = wanted.filter(({ name }) => name === 'outage').length;
      expect(numbers['outage']).toHaveLength(outages > 0 ? outages : (numbers['outage'] as string[]).length);
      expect(wanted.length).toBeGreaterThan(0);
    });
  });

  it('has an example of every number', () => {
    const shown = new Set(examples.flat().map(({ name }) => name));
    const all = Object.keys(numbersOf([sent(0, T)], 500)).filter((name) => name !== 'inFlight');
    expect(all.filter((name) => !shown.has(name))).toEqual([]);
  });
});
