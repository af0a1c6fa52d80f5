// Questions to the server. An answer that isn't one becomes an ApiError with one line for the user.

import type { ErrorAnswer } from '../../wire/answers.js';

export class ApiError extends Error {
  /** The session isn't known any more: only the address with its token, as the program printed it, helps. */
  readonly isForbidden: boolean;

  constructor(message: string, isForbidden = false) {
    super(message);
    this.isForbidden = isForbidden;
  }
}

const PATIENCE_MS = 10_000;

const isError = (answer: unknown): answer is ErrorAnswer =>
  typeof answer === 'object' && answer !== null && 'error' in answer && typeof answer.error === 'string';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const request = async <Answer>(path: string, options: RequestInit): Promise<Answer> => {
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE_MS) });
    answer = parsed(await response.text());
  } catch {
    throw new ApiError('no answer from pingem');
  }
  if (response.ok && answer !== null) return answer as Answer;
  const isForbidden = response.status === 401 || response.status === 403;
  throw new ApiError(isError(answer) ? answer.error : `pingem answered ${response.status}`, isForbidden);
};

export const get = <Answer>(path: string, query: Readonly<Record<string, string | number>> = {}): Promise<Answer> => {
  const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  return request<Answer>(text === '' ? path : `${path}?${text}`, {});
};

export const post = <Answer>(path: string, body: unknown): Promise<Answer> =>
  request<Answer>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
