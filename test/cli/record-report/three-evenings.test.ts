// 50 hours with three bad evenings, by the real program: the text names evenings, hours and whose fault; text, JSON and the
// page in a browser without a network say the same numbers.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium, withoutChromium } from '../../support/chromium.js';
import { pingemProgram } from '../../support/pingem-run.js';
import { EVENINGS, EVENINGS_START, writeThreeEvenings } from '../../support/three-evenings.js';

const HOUR = 3_600_000;

let folder: string;
let record: string;
let text: string;
let json: Json;

const pingem = (...args: string[]) => {
  const env = { ...process.env, TZ: 'Europe/Berlin' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [pingemProgram, ...args], {
    encoding: 'utf8',
    env,
    maxBuffer: 2 ** 26,
  });
  return { status, stdout, stderr };
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-report-'));
  record = join(folder, 'evenings.jsonl');
  writeThreeEvenings(record);
  text = pingem('report', record).stdout;
  json = JSON.parse(pingem('report', record, '--json').stdout) as Json;
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Counts = {
  probes: number;
  lost: number;
  late: number;
  answered: number;
  unknown: number;
  watched: number;
  down: number;
};
type Json = {
  endpoints: (Counts & { label: string; days: Counts[]; hours: (Counts & { from: string })[]; p50: number })[];
  worseThanUsual: {
    from: string;
    to: string;
    code: string;
    endpoints: { endpoint: number; worse: boolean; loss: number }[];
  }[];
  episodes: { code: string; from: string; to: string }[];
  callQuality: { counts: Record<string, number> };
  unwatched: { seconds: number };
};

const sectionOf = (title: string): string => {
  const start = text.indexOf(`\n${title}\n`);
  expect(start).toBeGreaterThan(0);
  const rest = text.slice(start + 1);
  return rest.slice(0, /\n\n[A-Z]/.exec(rest)?.index);
};

/** The cells of a text table's rows: what has many columns, the last of them a number. */
const rowsOf = (section: string): string[][] =>
  section
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/))
    .filter((cells) => cells.length > 4 && /^(-|[\d.,]+( [%smh])?)$/.test(cells.at(-1) ?? ''));

describe('the report of three bad evenings', () => {
  it('names the evenings, the hours and the provider, and who was clean meanwhile', () => {
    const said = sectionOf('IN SHORT').replaceAll(/\s+/g, ' ');
    expect(said).toMatch(
      /- The line or the provider: 3 episodes, 3 h 3 m in all, 9 h \d+ m with the time that it stayed worse/,
    );
    for (const evening of [
      'Fri 20 Nov 20:00 to 23:30',
      'Sat 21 Nov 19:45 to Sun 22 Nov 00:00',
      'Sun 22 Nov 19:45 to 21:15',
    ]) {
      expect(said).toMatch(
        new RegExp(`Worse than usual ${evening} \\([^)]*\\), the line or the provider: isp [12]\\.\\d+ % lost`),
      );
    }
    expect(said.match(/Meanwhile as usual: gateway 0 % lost/g)?.length).toBe(3);
    expect(said).toMatch(/20 h on 3 of 3 days/);
    expect(sectionOf('EPISODES, BY WHOSE FAULT')).toContain(
      'Sat 21 Nov 09:36:00 to 09:36:39  40 s  own router or Wi-Fi',
    );
  });

  it('says what nobody looked at, and never 0 % where something was lost', () => {
    expect(text).toContain(
      'Nobody looked in 1 gap, 30 m in all:\n    Sat 21 Nov 04:00:00 to 04:30:00  30 m  the machine slept',
    );
    expect(text).toMatch(/ {2}gateway +178,200 +40 +0\.022 % +0 +99\.978 % +1\n/);
    const zero = text.split('\n').filter((line) => / [1-9]\d* +0 % /.test(line.replace(/^.*\d,\d{3}/, '')));
    expect(zero).toEqual([]);
  });

  it('fits 80 columns', () => {
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('adds up: hours to days, days to all of it, and the truth of the evenings to each', () => {
    const sum = (parts: Counts[], of: keyof Counts): number => parts.reduce((all, part) => all + part[of], 0);
    for (const endpoint of json.endpoints) {
      for (const of of ['probes', 'lost', 'late', 'answered', 'unknown'] as const) {
        expect(sum(endpoint.hours, of)).toBe(endpoint[of]);
        expect(sum(endpoint.days, of)).toBe(endpoint[of]);
      }
      expect(sum(endpoint.hours, 'down')).toBeCloseTo(endpoint.down, 3);
      expect(sum(endpoint.hours, 'watched')).toBeCloseTo(endpoint.watched, 1);
      expect(endpoint.watched).toBeCloseTo(50 * 3600 - 1800, -1);
    }
    expect(json.unwatched.seconds).toBe(1800);
    const truth = EVENINGS.map(([from, to]) => [EVENINGS_START + from * 1000, EVENINGS_START + to * 1000] as const);
    expect(json.worseThanUsual.map(({ code }) => code)).toEqual(['provider', 'provider', 'provider']);
    for (const [i, { from, to, endpoints }] of json.worseThanUsual.entries()) {
      const [begin, end] = truth[i] ?? [0, 0];
      expect(Math.abs(Date.parse(from) - begin)).toBeLessThanOrEqual(HOUR / 4);
      expect(Math.abs(Date.parse(to) - end)).toBeLessThanOrEqual(HOUR / 4);
      expect(endpoints.map(({ worse }) => worse)).toEqual([false, true, true, true]);
    }
    const estimates = Object.values(json.callQuality.counts).reduce((all, count) => all + count, 0);
    expect(estimates).toBeGreaterThan(17_000);
  });
});

describe.skipIf(withoutChromium)('the page of the report', () => {
  it('opens without a network, loads nothing, and says the numbers of the text', async () => {
    const page = join(folder, 'report.html');
    expect(pingem('report', record, '--html', page)).toEqual({ status: 0, stdout: '', stderr: '' });
    const browser = await startChromium({ zone: 'America/New_York' });
    try {
      const tab = await browser.newPage({ viewport: { width: 360, height: 780 } });
      const requests: string[] = [];
      const complaints: string[] = [];
      tab.on('request', (request) => requests.push(request.url()));
      tab.on('console', (message) => complaints.push(message.text()));
      tab.on('pageerror', (error) => complaints.push(error.message));
      await tab.goto(`file://${page}`);
      expect(requests).toEqual([`file://${page}`]);
      expect(complaints).toEqual([]);
      const cells = (id: string): Promise<string[][]> =>
        tab.$$eval(`#${id} tbody tr`, (rows) =>
          rows.map((row) =>
            [...row.querySelectorAll('td')].map((cell) => cell.textContent).filter((said) => said !== ''),
          ),
        );
      expect([...(await cells('totals')), ...(await cells('rtts'))]).toEqual(
        rowsOf(sectionOf('ALL OF IT')).slice(0, 8),
      );
      expect(await cells('days')).toEqual(rowsOf(sectionOf('BY DAY')));
      const hours = await cells('hours');
      expect(hours.length).toBeGreaterThan(30);
      expect(hours).toEqual(rowsOf(sectionOf('BY HOUR')).slice(0, hours.length));
      expect(await cells('quality')).toEqual(rowsOf(sectionOf('CALL QUALITY (ESTIMATED)')).slice(0, 4));
      const said = await tab.$$eval('ul.summary li', (items) => items.map((item) => item.textContent));
      expect(said.map((one) => `- ${one}`).join(' ')).toBe(
        sectionOf('IN SHORT').replace('IN SHORT', '').trim().replaceAll(/\s+/g, ' '),
      );
      // On a phone only tables scroll sideways.
      expect(await tab.$eval('html', (html) => html.scrollWidth)).toBeLessThanOrEqual(360);
      const provider = await tab.$$eval('svg.map rect.c-provider', (rects) => rects.length);
      expect(provider).toBeGreaterThanOrEqual(12);
      const data = await tab.$eval('#report', (block) => block.textContent);
      const inPage = JSON.parse(data) as unknown;
      expect(inPage).toEqual(json);
    } finally {
      await browser.close();
    }
  }, 60_000);
});
