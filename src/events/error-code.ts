// The code of whatever was thrown: an errno name such as ENOSPC, or a resolver's such as EAI_AGAIN.

/** `unknown` is returned for what has no code. */
export const codeOf = (error: unknown, unknown: string): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : unknown;
