// What the thread that draws and the thread that restores the terminal see at once.

import type { TerminalPort } from './frame-writer.js';

/**
 * 32-bit numbers at these places: not 0 once nothing more may be written, because the terminal is being restored; not
 * 0 once anything was written.
 */
export const sharedFlags = { stop: 0, touched: 1, bytes: 8 } as const;

/** A port that writes nothing once the main thread has taken the terminal back, and tells it what was written to. */
export const untilStopped = (port: TerminalPort, flags: Int32Array): TerminalPort => ({
  write: (bytes) => {
    if (Atomics.load(flags, sharedFlags.stop) !== 0) return { gone: true };
    Atomics.store(flags, sharedFlags.touched, 1);
    return port.write(bytes);
  },
});
