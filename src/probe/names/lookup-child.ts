// The process in which names are resolved (see forked-resolver.ts): one request a message, one answer a message. Kills
// itself when the parent is gone, because an ordinary exit would wait for getaddrinfo.

import { lookup } from 'node:dns/promises';
import type { Family } from '../ports.js';

export type LookupRequest = { id: number; host: string; family: Family | null };
export type LookupAnswer = { id: number; addresses: readonly string[] } | { id: number; code: string };

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EAI_FAIL';

const answer = async ({ id, host, family }: LookupRequest): Promise<LookupAnswer> => {
  try {
    const found = await lookup(host, { all: true, verbatim: true, family: family ?? 0 });
    return { id, addresses: found.map(({ address }) => address) };
  } catch (error) {
    return { id, code: codeOf(error) };
  }
};

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (request: LookupRequest) => {
  void answer(request).then((message) => process.send?.(message));
});
