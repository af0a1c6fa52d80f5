// The body of a request: small JSON, or nothing is read of it.

import type { IncomingMessage } from 'node:http';
import { Refusal } from './reply.js';

/** 64 endpoints with all their settings are a tenth of it. */
export const MOST_BODY_BYTES = 65_536;

/**
 * @returns the fields of the JSON object that was sent
 * @throws Refusal where it is too long, no JSON, or no object
 */
export const readJson = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  if (!/^application\/json *(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new Refusal(415, 'send it as application/json');
  }
  // Without a look at a single byte of it.
  if (Number(request.headers['content-length'] ?? 0) > MOST_BODY_BYTES) throw tooLong();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BODY_BYTES) throw tooLong();
    chunks.push(chunk);
  }
  return objectOf(Buffer.concat(chunks).toString('utf8'));
};

const tooLong = (): Refusal => new Refusal(413, `that is longer than ${MOST_BODY_BYTES} bytes`);

const objectOf = (text: string): Record<string, unknown> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'that is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, 'that is no JSON object');
  }
  return value as Record<string, unknown>;
};
