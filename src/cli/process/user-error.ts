// Errors that are the user's to mend, from whichever layer: they carry an exit status and end in one line on stderr.
// Everything else is a bug and keeps its stack trace.

export type UserError = Error & {
  exitStatus: number;
  /** Errno name, where there is one. */
  code?: string;
  /** What would be right, where the message doesn't say. */
  hint?: string | null;
};

export const isUserError = (error: unknown): error is UserError =>
  error instanceof Error && 'exitStatus' in error && typeof error.exitStatus === 'number';
