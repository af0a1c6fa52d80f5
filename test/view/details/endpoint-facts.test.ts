import { describe, expect, it } from 'vitest';
import type { ProbeEvent } from '../../../src/events/events.js';
import { SessionHistory } from '../../../src/history/session-history.js';
import { endpointFacts } from '../../../src/view/details/endpoint-facts.js';
import { secondText } from '../../../src/view/wall-clock.js';
import { oneEndpoint, sent, T } from '../../history/fixtures.js';

const factsAfter = (...events: ProbeEvent[]): string[] => {
  const history = new SessionHistory(oneEndpoint);
  for (const event of events) history.apply(event);
  const [endpoint] = history.endpoints;
  return endpoint === undefined ? [] : endpointFacts(endpoint, history.outages.events, secondText);
};

const answered = (seq: number, ttl: number | null): ProbeEvent[] => [
  sent(seq, T + seq * 1000),
  { type: 'answered', endpoint: 0, seq, rtt: 10, ttl },
];

const moved = (at: number, address: string): ProbeEvent => ({ type: 'resolved', endpoint: 0, address, at });

describe('what is told of an endpoint', () => {
  it('is little at first', () => {
    expect(factsAfter()).toEqual(['not resolved', '0 duplicates', '0 rejected', 'every 0.5 s, 56 bytes']);
  });

  it('has the address it had before, and since when it has another', () => {
    expect(factsAfter(moved(T, '192.0.2.1'))[0]).toBe('0 duplicates');
    const [first] = factsAfter(moved(T, '192.0.2.1'), moved(T + 60_000, '192.0.2.2'));
    expect(first).toBe(`192.0.2.2 since ${secondText(T + 60_000)} (was 192.0.2.1)`);
    const often = factsAfter(moved(T, '192.0.2.1'), moved(T + 1000, '192.0.2.2'), moved(T + 2000, '192.0.2.1'));
    expect(often[0]).toContain('(was 192.0.2.2, 2 changes)');
  });

  it('has the TTL of the replies and its changes', () => {
    const facts = factsAfter(moved(T, '192.0.2.1'), ...answered(0, 57));
    expect(facts).toContain('TTL 57');
    const changed = factsAfter(moved(T, '192.0.2.1'), ...answered(0, 57), ...answered(1, 55));
    expect(changed[0]).toBe(`TTL 55 since ${secondText(T + 1000)} (was 57)`);
  });

  it('counts what came twice and what was none of ours, and tells a removal', () => {
    const facts = factsAfter(
      moved(T, '192.0.2.1'),
      ...answered(0, null),
      { type: 'duplicate', endpoint: 0, seq: 0, rtt: 11 },
      { type: 'rejected', endpoint: 0, reason: 'cookie', count: 3 },
      { type: 'removed', endpoint: 0, at: T + 5000 },
    );
    expect(facts).toEqual([`removed ${secondText(T + 5000)}`, '1 duplicate', '3 rejected', 'every 0.5 s, 56 bytes']);
  });
});
