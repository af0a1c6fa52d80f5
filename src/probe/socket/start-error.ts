// What keeps a session from starting, as a value that the command line can print in one line.

export class StartError extends Error {
  override readonly name = 'StartError';
  /** Errno name: EPERM, ENODEV, EAFNOSUPPORT ... */
  readonly code: string;
  /** What to do about it, or null. */
  readonly hint: string | null;
  readonly exitStatus = 2;

  constructor(message: string, code: string, hint: string | null) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
