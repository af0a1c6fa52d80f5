// The code of an error from Node or the system, such as ENETUNREACH or ENOTFOUND: what an unsent probe carries as its
// cause.

/** Empty where the error has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
