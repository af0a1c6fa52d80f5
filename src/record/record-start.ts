// How a record is known for one, and what is said of a path that is none.

import { gunzipSync, constants as zlib } from 'node:zlib';

/** The path can't be used as a record: one line for stderr. */
export class RecordFileError extends Error {
  readonly exitStatus = 2;
}

/** Whether bytes are how a record begins: a session line. */
export const isRecordStart = (head: Uint8Array, compressed: boolean): boolean => {
  try {
    const text = compressed ? gunzipSync(head, { finishFlush: zlib.Z_SYNC_FLUSH }) : Buffer.from(head);
    return /^\{"type":"session","format":\d/.test(text.toString());
  } catch {
    return false;
  }
};
