// How a record is known for one, and what is said of a path that is none.

import { constants, inflateRawSync } from 'node:zlib';
import type { ByteSource } from './byte-source.js';
import { bodyOf, nextHeader } from './gzip/gzip-header.js';

/** The path can't be used as a record: one line for stderr. */
export class RecordFileError extends Error {
  readonly exitStatus = 2;
}

/** How much of a file is looked at. */
export const HEAD_BYTES = 64 * 1024;

/** So many headers of members are looked behind: a torn one is followed by a whole one, not by hundreds torn. */
const MOST_TRIES = 100;

/** Some tools that a file has gone through put a byte order mark in front. */
const FIRST_LINE = /^\u{feff}?\{"type":"session","format":\d/u;
/** A file that was cut down while it was written (logrotate's copytruncate) may begin with other lines. */
const LATER_LINE = /^\{"type":"session","format":\d/mu;
/** And the first of them may be the rest of one whose beginning was cut away. */
const LINES_OF_RECORD = /^(\s*|[^\n]*\}\n)\{"type":"/u;

export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** Whether bytes may be how a record begins; cheap, for what can be read only once. */
export const mayBeRecordStart = (head: Buffer): boolean =>
  isGzip(head) || /^(\u{feff}|\s)*(\{|$)/u.test(head.toString('utf8', 0, 16)) || isRecordStart(head, false);

/** Whether the head of a file, up to HEAD_BYTES, is that of a record: lines, one of which begins a session. */
export const isRecordStart = (head: Buffer, compressed: boolean): boolean => {
  if (compressed) return membersIn(head).some((text) => FIRST_LINE.test(text) || LATER_LINE.test(text));
  const text = head.toString();
  return FIRST_LINE.test(text) || (LINES_OF_RECORD.test(text) && LATER_LINE.test(text));
};

/** What each of the members in `head` begins with: the first may be torn, the last is cut. */
const membersIn = (head: Buffer): string[] => {
  const file: ByteSource = { size: head.length, bytes: (at, length) => head.subarray(at, at + length) };
  const texts: string[] = [];
  for (let at = 0, tries = 0; at < head.length && tries < MOST_TRIES; at = nextHeader(file, at + 1), tries++) {
    const body = bodyOf(file, at);
    const text = body === null ? null : inflated(head.subarray(body));
    if (text !== null) texts.push(text);
  }
  return texts;
};

const inflated = (input: Buffer): string | null => {
  try {
    return inflateRawSync(input, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8', 0, HEAD_BYTES);
  } catch {
    return null;
  }
};
