// What there is to know of one endpoint besides its numbers, in short pieces, what matters most first.

import type { EndpointHistory } from '../../history/endpoint-history.js';
import type { LedgerEvent } from '../../history/outages/outage-ledger.js';
import type { UnixMillis } from '../../events/units.js';
import { planText } from '../endpoint-text.js';
import { counted } from '../format.js';

/** `timeText` tells an instant of the timeline; `events` are those of the session. */
export const endpointFacts = (
  endpoint: EndpointHistory,
  events: readonly LedgerEvent[],
  timeText: (at: UnixMillis) => string,
): string[] => {
  const { info, address, ttls, duplicates, rejected, removedAt } = endpoint;
  const moves = events.filter((event) => event.type === 'address' && event.endpoint === info.id);
  const last = moves.at(-1);
  const change = ttls.list.at(-1);
  return [
    removedAt === null ? '' : `removed ${timeText(removedAt)}`,
    last?.type === 'address' && last.before !== null
      ? `${last.address} since ${timeText(last.at)} (was ${last.before}${moves.length > 2 ? `, ${moves.length - 1} changes` : ''})`
      : '',
    address === null ? 'not resolved' : '',
    change === undefined || ttls.ttl === null
      ? ''
      : `TTL ${ttls.ttl} since ${timeText(change.at)} (was ${change.before}${ttls.list.length > 1 ? `, ${ttls.list.length} changes` : ''})`,
    change === undefined && ttls.ttl !== null ? `TTL ${ttls.ttl}` : '',
    counted(duplicates, 'duplicate'),
    `${rejected} rejected`,
    planText(info),
  ].filter((fact) => fact !== '');
};
