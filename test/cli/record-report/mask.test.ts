// Names and addresses masked: always by the same word, everywhere, and nothing slips through in any of the three forms.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProbeEvent } from '../../../src/events/events.js';
import { Mask } from '../../../src/cli/record-report/masking/mask.js';
import { hostInfo } from '../../support/endpoint-info.js';
import { NOON, recordText, sampleInfo, sampleProbes } from '../../support/record-sample.js';
import { pingemProgram } from '../../support/pingem-run.js';

const info = {
  ...sampleInfo([]),
  endpoints: [
    hostInfo({ id: 0, target: '@gateway', label: 'fritz.box', kind: 'gateway', address: '192.168.178.1' }),
    hostInfo({ id: 1, target: 'anna.example.org', label: 'Anna', address: '203.0.113.77' }),
    hostInfo({ id: 2, target: '2001:db8::53', address: '2001:db8::53' }),
    hostInfo({ id: 3, target: 'anna.example.org', label: 'towards Anna', kind: 'hop', hop: 3 }),
  ],
};
const SECRETS = /fritz|anna|192\.168|203\.0|198\.51|2001:db8|00:1b|mail@|secret-record/i;

const outage = Array.from({ length: 40 }, (): 'lost' => 'lost');
const events: ProbeEvent[] = [
  ...info.endpoints.flatMap(({ id }) =>
    sampleProbes(id, [...Array.from({ length: 300 }, () => 10), ...outage, 10, 12]),
  ),
  { type: 'resolved', endpoint: 1, address: '203.0.113.78', at: NOON + 20_000 },
  { type: 'mark', at: NOON + 10_000, text: "Anna's call (203.0.113.77, via 198.51.100.9) bad at 12:00:10" },
  {
    type: 'mark',
    at: NOON + 11_000,
    text: 'tell mail@anna.example.org: Fritz.Box, 00:1b:44:11:3a:b7 and 2001:db8::53',
  },
];

let folder: string;
let record: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-mask-'));
  record = join(folder, 'secret-record.jsonl');
  writeFileSync(record, recordText(info, events));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const report = (...args: string[]) => {
  const env = { ...process.env, TZ: 'UTC' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [pingemProgram, 'report', ...args], {
    encoding: 'utf8',
    env,
  });
  return { status, stdout, stderr };
};

describe('pingem report --mask', () => {
  it.each([[[]], [['--json']], [['--html', '-']]])('lets nothing through: %j', (form) => {
    const open = report(record, ...form);
    expect(open.stdout).toMatch(/Anna/);
    const { status, stdout, stderr } = report(record, '--mask', ...form);
    expect([status, stderr]).toEqual([0, '']);
    expect(SECRETS.exec(stdout)?.[0]).toBeUndefined();
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('at 12:00:10');
    for (const word of ['gateway', 'host-1', 'host-2', 'hop-3', 'address-']) expect(stdout).toContain(word);
  });

  it('says the same numbers as without', () => {
    const numbers = (text: string): string[] => text.match(/\d+\.\d+ %|\d+ %/g) ?? [];
    expect(numbers(report(record, '--mask').stdout)).toEqual(numbers(report(record).stdout));
  });
});

describe('a mask', () => {
  it('is the same for the same text, whatever its case and wherever it stands', () => {
    const mask = new Mask();
    const [gateway, anna] = info.endpoints.map((endpoint) => mask.endpoint(endpoint));
    expect(gateway).toMatchObject({ label: 'gateway', target: 'gateway', address: 'address-1' });
    expect(anna).toMatchObject({ label: 'host-1', target: 'host-1', address: 'address-2' });
    expect(mask.text('ANNA and Joanna, 192.168.178.1, anna.example.org.')).toBe(
      'host-1 and Joanna, address-1, host-1.',
    );
    expect(mask.address('203.0.113.77')).toBe('address-2');
    expect(mask.text('3/1 from 10.1.2.3')).toBe('3/1 from address-3');
    expect(mask.text('no route (ENETUNREACH), 12:30:05, 3.5 ms, version 0.1.0')).toBe(
      'no route (ENETUNREACH), 12:30:05, 3.5 ms, version 0.1.0',
    );
  });
});

describe('pingem report --html OUT', () => {
  it('replaces a page, by its link too, and nothing that is no page', () => {
    const page = join(folder, 'page.html');
    const link = join(folder, 'link.html');
    expect(report(record, '--html', page)).toEqual({ status: 0, stdout: '', stderr: '' });
    writeFileSync(page, '<!DOCTYPE html><title>the one before</title>');
    symlinkSync(page, link);
    expect(report(record, '--html', link).status).toBe(0);
    expect(readFileSync(page, 'utf8')).toContain('<h1>Network report by pingem');
    const before = readFileSync(record, 'utf8');
    const { status, stderr } = report(record, '--html', record);
    expect([status, stderr.split('\n').length]).toEqual([2, 2]);
    expect(stderr).toMatch(/is there already and no page: it stays as it is; give another name\n$/);
    expect(readFileSync(record, 'utf8')).toBe(before);
    // Nothing is left beside.
    expect(readdirSync(folder).sort()).toEqual(['link.html', 'page.html', 'secret-record.jsonl']);
  });

  it.each([
    ['.', /is a folder/],
    ['/nowhere/at/all.html', /can't be written \(ENOENT\)/],
  ])('says in one line why it can not be %s', (out, why) => {
    const { status, stdout, stderr } = report(record, '--html', out);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(why);
    expect(stderr.trimEnd().split('\n').length).toBe(1);
  });

  it('is not taken together with --json', () => {
    const { status, stderr } = report(record, '--json', '--html', 'x.html');
    expect([status, stderr]).toEqual([2, 'pingem: --json and --html exclude each other: give one of them\n']);
  });

  it('escapes what stands in names and marks', () => {
    const nasty = '</script><script>alert(1)</script><b>"&';
    const text = recordText({ ...sampleInfo([nasty]) }, [
      ...sampleProbes(0, [10]),
      { type: 'mark', at: NOON, text: nasty },
    ]);
    const path = join(folder, 'nasty.jsonl');
    writeFileSync(path, text);
    const { stdout } = report(path, '--html', '-');
    rmSync(path);
    expect(stdout.match(/<script/g)?.length).toBe(1);
    expect(stdout).not.toContain('<b>"&');
    expect(stdout).toContain('&lt;b&gt;');
  });
});
