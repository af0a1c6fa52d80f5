// The process in which names are resolved (see forked-resolver.ts): one request a message, one answer a message. Kills
// itself when the parent is gone, because an ordinary exit would wait for getaddrinfo.

import { lookup, lookupService } from 'node:dns/promises';
import { codeOf } from '../../events/error-code.js';
import type { LookupAnswer, LookupRequest } from './lookup-messages.js';

const answerTo = async (request: LookupRequest): Promise<LookupAnswer> => {
  const { id } = request;
  try {
    if ('address' in request) return { id, name: (await lookupService(request.address, 0)).hostname };
    const found = await lookup(request.host, { all: true, verbatim: true, family: request.family ?? 0 });
    // glibc gives 127.0.0.1 twice for a localhost that /etc/hosts has as ::1 too.
    return { id, addresses: [...new Set(found.map(({ address }) => address))] };
  } catch (error) {
    return { id, code: codeOf(error) || 'EAI_FAIL' };
  }
};

// Without a handler Node opens its debugger at this signal, on a port that every local user can connect to.
process.on('SIGUSR1', () => {});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (request: LookupRequest) => {
  void answerTo(request).then((message) => process.send?.(message));
});
