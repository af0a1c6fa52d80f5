// What goes back: a status, a type and a body, and the headers that every answer has.

import type { ServerResponse } from 'node:http';
import type { ErrorAnswer } from '../../wire/answers.js';

export type Reply = {
  status: number;
  type: string;
  body: string | Buffer;
  headers?: Readonly<Record<string, string>>;
  /** A script or a style sheet: what holds for a document came with the document. */
  isPart?: true;
};

/** No other page may read it, and nobody guesses what it is. */
const FOR_ALL: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/**
 * Nothing but our own files is loaded or run, nothing is sent elsewhere, and no other page may frame this one or read it
 * (docs/security.md has each of them).
 */
const HEADERS: Readonly<Record<string, string>> = {
  ...FOR_ALL,
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

export const setHeaders = (response: ServerResponse, headers: Readonly<Record<string, string>> = {}): void => {
  for (const [name, value] of Object.entries({ ...HEADERS, ...headers })) response.setHeader(name, value);
};

export const send = (response: ServerResponse, { status, type, body, headers, isPart }: Reply): void => {
  if (isPart === true)
    for (const [name, value] of Object.entries({ ...FOR_ALL, ...headers })) response.setHeader(name, value);
  else setHeaders(response, headers);
  response.statusCode = status;
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(response.req.method === 'HEAD' ? undefined : body);
};

export const json = (answer: object, status = 200): Reply => ({
  status,
  type: 'application/json; charset=utf-8',
  body: `${JSON.stringify(answer)}\n`,
});

/** What is wrong with a request, in one line. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Reply['headers'];

  constructor(status: number, message: string, headers: Reply['headers'] = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

export const refusal = ({ status, message, headers }: Refusal): Reply => ({
  ...json({ error: message } satisfies ErrorAnswer, status),
  ...(headers !== undefined && { headers }),
});
