// Records on a real file system: appending, tearing, rotation, removal, things that are no record.

import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hostInfo } from '../support/endpoint-info.js';
import type { SessionInfo } from '../../src/events/session-info.js';
import { SessionTotals } from '../../src/history/totals/session-totals.js';
import { endLines } from '../../src/cli/report/summary-lines.js';
import { RecordFile } from '../../src/record/record-file.js';
import { RecordReader } from '../../src/record/record-reader.js';
import { mayBeRecordStart, RecordFileError } from '../../src/record/record-start.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pingem-record-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const info: SessionInfo = {
  startedAt: 1_763_826_054_000,
  interval: 100,
  timeout: 2000,
  sizeBytes: 56,
  clock: 'kernel',
  endpoints: [hostInfo({ id: 0, target: 'a', address: '10.0.0.1' })],
};

const open = (path: string, troubles: (string | null)[] = []): RecordFile =>
  new RecordFile(path, info, {
    version: 'test',
    onTrouble: (message) => troubles.push(message),
    wallClock: () => 1_763_826_055_000,
  });

const probe = (file: RecordFile, seq: number): void => {
  file.event({ type: 'sent', endpoint: 0, seq, at: info.startedAt + seq * 100 });
  file.event({ type: 'lost', endpoint: 0, seq });
};

const types = (text: string): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { type: unknown }).type);

describe('a record file', () => {
  it('takes a second session behind the first, after a line that a kill has torn', async () => {
    const path = join(folder, 'r');
    const first = open(path);
    probe(first, 0);
    await first.close(
      (clockOffset) => endLines({ totals: new SessionTotals(info), episodes: () => [] }, clockOffset),
      1000,
    );
    appendFileSync(path, '{"type":"probe","endp');
    const second = open(path);
    probe(second, 0);
    await second.close(
      (clockOffset) => endLines({ totals: new SessionTotals(info), episodes: () => [] }, clockOffset),
      1000,
    );
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines[3]).toBe('{"type":"probe","endp');
    expect(types(lines.toSpliced(3, 1).join('\n'))).toEqual([
      'session',
      'probe',
      'summary',
      'session',
      'probe',
      'summary',
    ]);
  });

  it('writes what is in flight at the end as such', async () => {
    const path = join(folder, 'r');
    const file = open(path);
    file.event({ type: 'sent', endpoint: 0, seq: 0, at: info.startedAt });
    await file.close(
      (clockOffset) => endLines({ totals: new SessionTotals(info), episodes: () => [] }, clockOffset),
      1000,
    );
    expect(readFileSync(path, 'utf8')).toContain('"state":"in-flight"');
  });

  it('compresses a .gz so that any gunzip reads it, two sessions as well', async () => {
    const path = join(folder, 'r.gz');
    for (let session = 0; session < 2; session++) {
      const file = open(path);
      probe(file, 0);
      await file.close(
        (clockOffset) => endLines({ totals: new SessionTotals(info), episodes: () => [] }, clockOffset),
        2000,
      );
    }
    expect(types(gunzipSync(readFileSync(path)).toString())).toEqual([
      'session',
      'probe',
      'summary',
      'session',
      'probe',
      'summary',
    ]);
  });

  it.each(['notes.txt', 'notes.txt.gz'])('never touches %s, which is no record', (name) => {
    const path = join(folder, name);
    writeFileSync(path, 'dear diary\n');
    expect(() => open(path)).toThrow(RecordFileError);
    expect(readFileSync(path, 'utf8')).toBe('dear diary\n');
  });

  it('goes on behind the rest of a line whose beginning was cut away', async () => {
    const path = join(folder, 'r');
    const session = { type: 'session', format: 1, started: 1, interval: 1, timeout: 1, size: 56, endpoints: [] };
    const torn = `1,"state":"lost"}\n${JSON.stringify(session)}\n`;
    writeFileSync(path, torn);
    const file = open(path);
    await file.close(() => [], 1000);
    const text = readFileSync(path, 'utf8');
    expect(text.startsWith(torn)).toBe(true);
    expect(types(text.slice(torn.length))).toEqual(['session']);
    expect(mayBeRecordStart(Buffer.from(torn))).toBe(true);
    expect(mayBeRecordStart(Buffer.from('dear {diary}\n'))).toBe(false);
    RecordReader.open(path, 'r').close();
  });

  it.each(['', 'no/such/folder/r'])('says that %j can not be a record', (name) => {
    expect(() => open(join(folder, name))).toThrow(/give --record/);
  });

  it('goes on in a new file after rotation, and both files start with a session', async () => {
    const path = join(folder, 'r');
    const file = open(path);
    await expect.poll(() => readFileSync(path, 'utf8')).toContain('"firstSeq":0');
    probe(file, 0);
    renameSync(path, `${path}.1`);
    file.reopen();
    probe(file, 1);
    await file.close(
      (clockOffset) => endLines({ totals: new SessionTotals(info), episodes: () => [] }, clockOffset),
      1000,
    );
    const [old, current] = [readFileSync(`${path}.1`, 'utf8'), readFileSync(path, 'utf8')];
    // Lines that were still in memory follow into the new file.
    expect(types(current)[0]).toBe('session');
    expect(types(old + current).filter((type) => type === 'probe').length).toBe(2);
    expect(current).toContain('"firstSeq":1');
  });

  it('names after rotation whoever is watched then, with key and next sequence, and who has just gone', async () => {
    const path = join(folder, 'r');
    const file = open(path);
    const [a] = info.endpoints;
    if (a === undefined) throw new Error('no endpoint');
    const at = info.startedAt + 50;
    const b = { ...a, id: 1, label: 'b', target: 'b', interval: 500 };
    file.event({ type: 'endpoint', endpoint: 1, info: b, at });
    file.event({ type: 'sent', endpoint: 1, seq: 0, at });
    file.event({ type: 'lost', endpoint: 1, seq: 0 });
    file.event({ type: 'endpoint', endpoint: 1, info: { ...b, label: 'changed', sizeBytes: 1000 }, at });
    file.event({ type: 'removed', endpoint: 0, at });
    // While the session's own first line is still owed, the new file would begin with that one.
    await vi.waitFor(() => expect(readFileSync(path, 'utf8')).toContain('removed'));
    renameSync(path, `${path}.1`);
    file.reopen();
    await file.close(() => [], 1000);
    const [head = ''] = readFileSync(path, 'utf8').split('\n');
    expect(JSON.parse(head)).toMatchObject({
      type: 'session',
      format: 2,
      endpoints: [
        { id: 0, key: 'host a 56 0', firstSeq: 0, removed: at / 1000 },
        { id: 1, key: 'host b 56 0', label: 'changed', interval: 0.5, size: 1000, firstSeq: 1 },
      ],
    });
  });

  it('says that it was removed, goes on in a new file, and takes the warning back', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const troubles: (string | null)[] = [];
    const path = join(folder, 'r');
    const file = open(path, troubles);
    rmSync(path);
    vi.advanceTimersByTime(2000);
    await expect.poll(() => troubles).toEqual([`the record ${path} was removed, and goes on in a new file`]);
    vi.advanceTimersByTime(2000);
    await expect.poll(() => troubles.slice(1)).toEqual([null]);
    probe(file, 0);
    await file.close(
      (clockOffset) => endLines({ totals: new SessionTotals(info), episodes: () => [] }, clockOffset),
      1000,
    );
    // The first session line had not been written yet.
    expect(types(readFileSync(path, 'utf8'))).toEqual(['session', 'probe', 'summary']);
  });

  it('says once that it can not be reopened, and goes on when it can', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const troubles: (string | null)[] = [];
    const inner = join(folder, 'logs');
    mkdirSync(inner);
    open(join(inner, 'r'), troubles);
    rmSync(inner, { recursive: true });
    const removed = [expect.stringContaining('was removed'), expect.stringContaining("can't be reopened")];
    for (let looks = 0; looks < 3; looks++) {
      vi.advanceTimersByTime(2000);
      await expect.poll(() => troubles).toEqual(removed);
      await sleep(20);
    }
    mkdirSync(inner);
    for (let looks = 0; looks < 2; looks++) {
      vi.advanceTimersByTime(2000);
      await sleep(20);
    }
    await expect.poll(() => troubles.slice(2)).toEqual([null]);
  });

  it('tells of trouble once, keeps the lines, and says afterwards what happened', async () => {
    // /dev/full fails each write with ENOSPC (full(4)); a fresh file then stands for the space that was freed.
    if (!existsSync('/dev/full')) return;
    const troubles: (string | null)[] = [];
    const path = join(folder, 'r');
    writeFileSync(path, '');
    const file = open('/dev/full', troubles);
    probe(file, 0);
    await file.close(
      (clockOffset) => endLines({ totals: new SessionTotals(info), episodes: () => [] }, clockOffset),
      700,
    );
    expect(troubles).toEqual([expect.stringContaining('ENOSPC')]);
  });

  it.each([
    ['r', 0],
    ['r', 25],
    ['r.gz', 0],
  ])('notices that %s was cut down to %i bytes, begins the session again and warns', async (name, left) => {
    const troubles: (string | null)[] = [];
    const path = join(folder, name);
    const file = open(path, troubles);
    const size = (): number => statSync(path).size;
    probe(file, 0);
    while (size() === 0) await sleep(20);
    const before = size();
    truncateSync(path, left);
    probe(file, 1);
    while (size() === left) await sleep(20);
    probe(file, 2);
    await file.close(
      (clockOffset) => endLines({ totals: new SessionTotals(info), episodes: () => [] }, clockOffset),
      2000,
    );
    expect(before).toBeGreaterThan(left);
    const bytes = readFileSync(path);
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().slice(left === 0 ? 0 : left + 1);
    expect(types(text)).toEqual(['session', 'probe', 'probe', 'summary']);
    expect(text).toContain('"firstSeq":2');
    expect(troubles).toEqual([`the record ${path} was cut down by someone; what was in it is gone, and it goes on`]);
  });
});
