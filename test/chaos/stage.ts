// Everything that a chaos run stands on: two namespaces, a responder with a log of the truth, a name service, a small disk
// for the record, and pingem in a terminal.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeNetPair } from '../support/netns.js';
import type { NetPair } from '../support/netns.js';
import { startResponder } from '../support/responder-client.js';
import type { Responder } from '../support/responder-client.js';
import { INTERVAL_MS, nameAddresses, PAYLOAD_BYTES, script, targets, TIMEOUT_MS } from './endpoints.js';
import { Names } from './names.js';
import { RecordPieces } from './record-pieces.js';
import { Subject } from './subject.js';

const FAR_ADDRESSES = 4;

export type Stage = {
  pair: NetPair;
  responder: Responder;
  names: Names;
  record: RecordPieces;
  subject: Subject;
  /** For the files of a run. */
  folder: string;
  dispose(): Promise<void>;
};

/** However this fails, and whatever ends the run later: the janitor of the run takes away what is left. */
export const setStage = async (compressed: boolean, seconds: number): Promise<Stage> => {
  const folder = mkdtempSync(join(tmpdir(), 'pingem-chaos-'));
  const pair = makeNetPair(FAR_ADDRESSES);
  const names = new Names(pair.near);
  names.point(nameAddresses(pair)[0] ?? '');
  const record = new RecordPieces(folder, compressed, seconds);
  const responder = await startResponder(pair, script(pair));
  const plan = ['-i', INTERVAL_MS / 1000, '-W', TIMEOUT_MS / 1000, '-s', PAYLOAD_BYTES, '-I', 'eth0'].map(String);
  const args = [...plan, '--resolve', '3s', '--record', record.path, '--resume', ...targets(pair)];
  const subject = new Subject(pair.near, folder, args);
  return {
    pair,
    responder,
    names,
    record,
    subject,
    folder,
    dispose: async () => {
      subject.dispose();
      await responder.stop();
      record.dispose();
      pair.dispose();
      rmSync(folder, { recursive: true });
    },
  };
};
