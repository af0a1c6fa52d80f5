// What the thread that draws and the thread that restores the terminal see at once.

import type { TerminalPort } from './frame-writer.js';

/**
 * 32-bit numbers at these places: `STOPPED.forGood` once nothing more may be written, because the terminal is being restored,
 * or `STOPPED.forNow` until the program goes on; not 0 once anything was written.
 */
export const sharedFlags = { stop: 0, touched: 1, bytes: 8 } as const;

export const STOPPED = { not: 0, forGood: 1, forNow: 2 } as const;

/** Of the thread that draws: what it writes goes to the terminal again, which is as it was before anything was drawn. */
export const goOn = (flags: Int32Array): void => {
  Atomics.compareExchange(flags, sharedFlags.stop, STOPPED.forNow, STOPPED.not);
};

/** A port that writes nothing once the main thread has taken the terminal back, and tells it what was written to. */
export const untilStopped = (port: TerminalPort, flags: Int32Array): TerminalPort => ({
  write: (bytes) => {
    const stopped = Atomics.load(flags, sharedFlags.stop);
    if (stopped !== STOPPED.not) return stopped === STOPPED.forNow ? { again: true } : { gone: true };
    Atomics.store(flags, sharedFlags.touched, 1);
    return port.write(bytes);
  },
});
