// The record of a chaos run on a small disk of its own, and all that was taken away from it: rotated files, the content of
// removed and of truncated ones. Put together in order they are the whole record.

import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readFileSync, readSync } from 'node:fs';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Room for a run of no length, and for what an hour adds: 40 slots a second of 110 bytes, and as much again. Not more,
 * because filling the disk up takes its time. */
const DISK_MIB = 16;
const DISK_MIB_PER_HOUR = 32;
const HOUR_S = 3600;

/** All bytes of an open file, whatever has become of its name. */
const contentOf = (fd: number): Buffer => {
  const content = Buffer.alloc(fstatSync(fd).size);
  let length = 0;
  for (let got = -1; got !== 0; length += got) got = readSync(fd, content, length, content.length - length, length);
  return content.subarray(0, length);
};

export class RecordPieces {
  readonly disk: string;
  readonly path: string;
  /** What was set aside, oldest first. Read at the end: a rotated file may still be written to. */
  readonly #aside: (() => Buffer)[] = [];
  readonly #held: number[] = [];

  constructor(folder: string, compressed: boolean, seconds: number) {
    this.disk = join(folder, 'disk');
    mkdirSync(this.disk);
    const size = Math.ceil(DISK_MIB + (DISK_MIB_PER_HOUR * seconds) / HOUR_S);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m`, 'pingem-chaos', this.disk]);
    this.path = join(this.disk, compressed ? 'record.gz' : 'record');
  }

  get there(): boolean {
    return existsSync(this.path);
  }

  /** As log rotation does it; the program is then to be told. */
  rotate(): void {
    const name = `${this.path}.${this.#aside.length}`;
    renameSync(this.path, name);
    this.#aside.push(() => readFileSync(name));
  }

  /** The name goes, and with it, for everybody but us, the content. */
  remove(): void {
    const fd = openSync(this.path, 'r');
    rmSync(this.path);
    this.#held.push(fd);
    this.#aside.push(() => contentOf(fd));
  }

  /** As logrotate's copytruncate does it, with nothing between the copy and the cut. */
  truncate(): void {
    const fd = openSync(this.path, 'r+');
    let content = contentOf(fd);
    while (fstatSync(fd).size !== content.length) content = contentOf(fd);
    ftruncateSync(fd, 0);
    closeSync(fd);
    this.#aside.push(() => content);
  }

  /** Takes what room there is. Returns what gives it back. */
  fillDisk(): () => void {
    const filler = join(this.disk, 'filler');
    for (const size of [1024 * 1024, 4096]) {
      try {
        for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: 'a' });
      } catch {
        // ENOSPC: full, to this size.
      }
    }
    return () => rmSync(filler);
  }

  /** Every piece, oldest first, the file that is written to last. */
  all(): Buffer[] {
    return [...this.#aside.map((read) => read()), ...(this.there ? [readFileSync(this.path)] : [])];
  }

  dispose(): void {
    for (const fd of this.#held.splice(0)) closeSync(fd);
    execFileSync('umount', ['-l', this.disk]);
  }
}
