// The real program as a child in the near namespace, and its record read back. Only what the record says is used here;
// nothing is taken from src at run time.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GapLine, OutageLine, RecordLine, SessionLine, SummaryLine } from '../../src/record/lines/line-format.js';
import type { NetPair } from './netns.js';
import { projectRoot } from './responder-client.js';

export const pingemProgram = join(projectRoot, 'bin/pingem.js');

/** What became of one slot in the end, repairs included. Times are Unix milliseconds. */
export type Slot = {
  seq: number;
  sentAt: number;
  state: 'answered' | 'late' | 'lost' | 'unreachable' | 'unsent' | 'void' | 'in-flight';
  rtt: number | null;
  error: string | null;
};

export type PingemRecord = {
  lines: RecordLine[];
  session: SessionLine;
  /** In order of sequence, per endpoint, those that came later among them. */
  slots: Slot[][];
  summaries: SummaryLine[];
  outages: OutageLine[];
  gaps: GapLine[];
  duplicates: number;
  rejected: number;
};

export type PingemRun = {
  child: ChildProcess;
  /** Gone when the run has ended. */
  recordPath: string;
  /** Resolves when it has ended, with its exit code (null: by a signal), output and record. */
  ended: Promise<{ code: number | null; stdout: string; stderr: string; record: PingemRecord }>;
};

/** Root's own environment: no SUDO_UID, so that the program stays root, whoever runs the tests. */
export const rootEnvironment = (): NodeJS.ProcessEnv => {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SUDO_')));
};

/** Reads a record. Throws where a slot has two lines or none: exactly one probe line a slot is part of the format. */
export const readRecord = (text: string): PingemRecord => {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordLine);
  const session = lines.find((line) => line.type === 'session');
  if (!session) throw new Error('the record has no session line');
  const slots: Slot[][] = session.endpoints.map(() => []);
  for (const line of lines) {
    if (line.type === 'endpoint') slots[line.id] ??= [];
    else if (line.type === 'probe') {
      const rtt = line.state === 'answered' ? line.rtt : null;
      let error: string | null = null;
      if (line.state === 'unsent') error = line.error;
      if (line.state === 'unreachable') error = `${line.icmp} from ${line.from}`;
      const own = slots[line.endpoint];
      if (own?.[line.seq]) throw new Error(`endpoint ${line.endpoint} has two lines for slot ${line.seq}`);
      if (own) own[line.seq] = { seq: line.seq, sentAt: line.sent * 1000, state: line.state, rtt, error };
    } else if (line.type === 'late' || line.type === 'answered') {
      const slot = slots[line.endpoint]?.[line.seq];
      if (!slot) throw new Error(`endpoint ${line.endpoint} has a repair of slot ${line.seq} before its line`);
      slot.state = line.type;
      slot.rtt = line.rtt;
    }
  }
  for (const [endpoint, own] of slots.entries()) {
    for (let seq = 0; seq < own.length; seq++) {
      if (!own[seq]) throw new Error(`endpoint ${endpoint} has no line for slot ${seq}`);
    }
  }
  return {
    lines,
    session,
    slots,
    summaries: lines.filter((line) => line.type === 'summary'),
    outages: lines.filter((line) => line.type === 'outage'),
    gaps: lines.filter((line) => line.type === 'gap'),
    duplicates: lines.filter((line) => line.type === 'duplicate').length,
    rejected: lines.filter((line) => line.type === 'rejected').reduce((sum, line) => sum + line.count, 0),
  };
};

/** Starts `pingem <args> --record F` without a terminal. */
export const startPingem = (pair: Pick<NetPair, 'spawnNear'>, args: readonly string[]): PingemRun => {
  const folder = mkdtempSync(join(tmpdir(), 'pingem-record-'));
  // Whoever the program becomes.
  chmodSync(folder, 0o777);
  const path = join(folder, 'record.jsonl');
  const child = pair.spawnNear([process.execPath, pingemProgram, ...args, '--record', path], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: rootEnvironment(),
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => {
    try {
      return { code: code as number | null, stdout, stderr, record: readRecord(readFileSync(path, 'utf8')) };
    } catch (error) {
      throw new Error(`pingem ended with ${code}, record unusable (${String(error)}); it said: ${stdout}${stderr}`, {
        cause: error,
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  return { child, recordPath: path, ended };
};
