// Bad input: one line for stderr that says what was wrong and what would be right. Exit status 2.

export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly exitStatus = 2;
}
