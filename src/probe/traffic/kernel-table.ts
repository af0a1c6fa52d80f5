// A table of the kernel's read in libuv's pool: some drivers ask their hardware before they answer, and the prober's thread
// waits for nobody.

import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** That of some thousand interfaces. What comes after it is not read. */
const LARGEST_BYTES = 1 << 18;
const PIECE_BYTES = 1 << 13;

/** Its text; empty where there is no such table, as on other systems than Linux. */
export const readKernelTable = async (path: string): Promise<string> => {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    const pieces: Buffer[] = [];
    for (let length = 0; length < LARGEST_BYTES;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, null);
      if (bytesRead === 0) break;
      pieces.push(buffer.subarray(0, bytesRead));
      length += bytesRead;
    }
    return Buffer.concat(pieces).toString('latin1');
  } catch {
    return '';
  } finally {
    await file?.close();
  }
};
