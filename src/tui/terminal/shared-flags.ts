// What the thread that draws and the thread that restores the terminal see at once.

/**
 * 32-bit numbers at these places: not 0 once nothing more may be written, because the terminal is being restored; not
 * 0 once anything was written.
 */
export const sharedFlags = { stop: 0, touched: 1, bytes: 8 } as const;
