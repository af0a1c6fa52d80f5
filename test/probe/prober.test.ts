// What becomes of probes: every state by every road, on a simulated network.

import { describe, expect, it } from 'vitest';
import { altered, answers, fails, silence, unreachableBy } from '../support/simulated-network.js';
import type { Behaviour } from '../support/simulated-network.js';
import { echoReply, icmp } from '../support/simulated-network-packets.js';
import { simulatedSession } from '../support/simulated-network-session.js';

const HOST = '198.51.100.7';
const HOST6 = '2001:db8::7';

/** The first probe is treated as `first` says, the others are answered. */
const firstOnly =
  (first: Behaviour, others: Behaviour = answers(10)): Behaviour =>
  (request) =>
    request.seq === 0 ? first(request) : others(request);

/** One host, thirty probes, run to the end. */
const run = (behaviour: Behaviour, address = HOST, options = {}): ReturnType<typeof simulatedSession> => {
  const session = simulatedSession({ targets: [address], count: 30, ...options });
  session.network.host(address, behaviour);
  session.prober.start();
  session.clock.advance(10_000);
  return session;
};

/** Types of the events about probe 0, in order. */
const fateOf = ({ events }: ReturnType<typeof simulatedSession>): string[] =>
  events.filter((event) => 'seq' in event && event.seq === 0).map(({ type }) => type);

describe.each([HOST, HOST6])('a probe to %s', (address) => {
  it('is answered with the RTT that the network took', () => {
    const session = run(answers(12.345), address);
    expect(fateOf(session)).toEqual(['sent', 'answered']);
    for (const { rtt, ttl } of session.of('answered')) {
      expect(rtt).toBeCloseTo(12.345, 9);
      expect(ttl).toBe(address === HOST ? 57 : null);
    }
    expect(session.of('answered')).toHaveLength(30);
    expect(session.done()).toBe(true);
  });

  it('is lost when the timeout has passed, not before, and late when it is answered after all', () => {
    const session = run(firstOnly(answers(1_500)), address);
    expect(fateOf(session)).toEqual(['sent', 'lost', 'late']);
    expect(session.of('late')[0]?.rtt).toBeCloseTo(1_500, 9);
  });

  it('is answered at the last moment of the timeout', () => {
    expect(fateOf(run(firstOnly(answers(1_000)), address))).toEqual(['sent', 'answered']);
    expect(fateOf(run(firstOnly(answers(1_001)), address))).toEqual(['sent', 'lost', 'late']);
  });

  it('is unsent with the errno when sendto fails', () => {
    const session = run(firstOnly(fails('EPERM')), address);
    expect(fateOf(session)).toEqual(['sent', 'unsent']);
    expect(session.of('unsent')).toEqual([{ type: 'unsent', endpoint: 0, seq: 0, error: 'EPERM' }]);
  });

  it('is unreachable when an ICMP error quotes it, and answered by a genuine reply even then', () => {
    const router = address === HOST ? '203.0.113.1' : '2001:db8:ffff::1';
    const error = unreachableBy(router, 3, 1, 5);
    expect(fateOf(run(firstOnly(error), address))).toEqual(['sent', 'unreachable']);
    const both: Behaviour = (request) => [...(error(request) as []), ...(answers(20)(request) as [])];
    const session = run(firstOnly(both), address);
    expect(fateOf(session)).toEqual(['sent', 'unreachable', 'answered']);
    expect(session.of('unreachable')[0]).toMatchObject({ from: router, icmpType: 3, icmpCode: 1 });
    const lateToo: Behaviour = (request) => [...(error(request) as []), ...(answers(1_200)(request) as [])];
    expect(fateOf(run(firstOnly(lateToo), address))).toEqual(['sent', 'unreachable', 'late']);
  });

  it('is not told unreachable again once it is lost or answered', () => {
    const router = address === HOST ? '203.0.113.1' : '2001:db8:ffff::1';
    expect(fateOf(run(firstOnly(unreachableBy(router, 3, 1, 1_200, 64)), address))).toEqual(['sent', 'lost']);
    const both: Behaviour = (request) => [
      ...(answers(5)(request) as []),
      ...(unreachableBy(router, 3, 1, 20)(request) as []),
    ];
    expect(fateOf(run(firstOnly(both), address))).toEqual(['sent', 'answered']);
  });

  it('has duplicates told, each with its RTT', () => {
    const thrice: Behaviour = (request) => [5, 7, 1_400].flatMap((after) => answers(after)(request) as []);
    const session = run(firstOnly(thrice), address);
    expect(fateOf(session)).toEqual(['sent', 'answered', 'duplicate', 'duplicate']);
    expect(session.of('duplicate').map(({ rtt }) => Math.round(rtt))).toEqual([7, 1_400]);
  });
});

describe('replies that are not genuine', () => {
  const rejections = (behaviour: Behaviour): { fate: string[]; rejected: object[] } => {
    const session = run(firstOnly(behaviour));
    return { fate: fateOf(session), rejected: session.of('rejected') };
  };

  it.each<[string, (reply: Buffer) => Buffer]>([
    ['checksum', (m) => ((m[60] = 0), m)],
    ['cookie', (m) => icmp(4, 0, 0, m.subarray(4, 8), m.subarray(8).fill(1, 0, 8))],
    ['payload', (m) => icmp(4, 0, 0, m.subarray(4, 8), m.subarray(8).fill(1, 50))],
    ['malformed', (m) => icmp(4, 0, 0, m.subarray(4, 8), m.subarray(8, 20))],
  ])('are rejected for their %s and leave the probe as it was', (reason, change) => {
    const { fate, rejected } = rejections(altered(10, change));
    expect(fate).toEqual(['sent', 'lost']);
    expect(rejected).toEqual([{ type: 'rejected', endpoint: 0, reason, count: 1 }]);
  });

  it('are rejected for their source', () => {
    const { fate, rejected } = rejections(({ family, message }) => [
      { after: 5, message: echoReply(family, message), source: '198.51.100.8' },
    ]);
    expect(fate).toEqual(['sent', 'lost']);
    expect(rejected).toEqual([{ type: 'rejected', endpoint: 0, reason: 'source', count: 1 }]);
  });

  it('are rejected for an endpoint that is none, and for a sequence not sent yet', () => {
    const claim = (endpoint: number, seq: number): Behaviour =>
      altered(5, (m) => {
        m.writeUInt16BE(endpoint, 16);
        m.writeUIntBE(seq, 18, 6);
        m.writeUInt16BE(seq % 65_536, 6);
        return icmp(4, 0, 0, m.subarray(4, 8), m.subarray(8));
      });
    expect(rejections(claim(9, 0)).rejected).toMatchObject([{ endpoint: null, reason: 'endpoint' }]);
    expect(rejections(claim(0, 2)).rejected).toMatchObject([{ endpoint: 0, reason: 'sequence' }]);
  });

  it('do not keep the genuine one out', () => {
    const session = run(
      firstOnly((request) => [
        { after: 1, message: echoReply(4, request.message), source: '198.51.100.8' },
        { after: 10, message: echoReply(4, request.message) },
      ]),
    );
    expect(fateOf(session)).toEqual(['sent', 'answered']);
    expect(session.of('answered')[0]?.rtt).toBeCloseTo(10, 9);
  });

  it('come in bunches, not one event each', () => {
    const session = simulatedSession({ targets: [HOST] });
    session.network.host(HOST, answers(5));
    session.prober.start();
    session.clock.advance(50);
    const [request] = session.network.requests;
    if (request === undefined) throw new Error('nothing was sent');
    for (let i = 0; i < 20_000; i++) {
      session.network.inject(4, '198.51.100.9', echoReply(4, request.message), i * 0.05);
    }
    session.clock.advance(2_000);
    session.prober.stop();
    const rejected = session.of('rejected');
    expect(rejected.reduce((sum, { count }) => sum + count, 0)).toBe(20_000);
    expect(rejected.length).toBeLessThanOrEqual(6);
    expect(session.prober.diagnostics.rejected).toBe(20_000);
  });
});

describe('ICMP errors that quote 8 bytes', () => {
  it('are credited by destination, not to another endpoint with the same sequence', () => {
    const session = simulatedSession({ targets: [HOST, '198.51.100.8'], count: 3 });
    session.network.host(HOST, answers(400)).host('198.51.100.8', unreachableBy('203.0.113.1', 3, 1, 60));
    session.prober.start();
    session.clock.advance(3_000);
    expect(session.of('unreachable').map(({ endpoint, seq }) => [endpoint, seq])).toEqual([
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    expect(session.of('answered').map(({ endpoint }) => endpoint)).toEqual([0, 0, 0]);
  });

  it('are nothing where the address was never asked', () => {
    const session = run(
      firstOnly((request) => unreachableBy('203.0.113.1', 3, 1, 5)({ ...request, address: '192.0.2.99' })),
    );
    expect(fateOf(session)).toEqual(['sent', 'lost']);
  });
});

describe('sequences', () => {
  it.each([65_534, 2 ** 32 - 2, 2 ** 40])('go on without a break past %i, errors and replies alike', (firstSeq) => {
    const session = simulatedSession({ targets: [HOST], count: 6, firstSeq });
    const error = unreachableBy('203.0.113.1', 11, 0, 3);
    session.network.host(HOST, (request) => (request.seq % 2 === 0 ? answers(5)(request) : error(request)));
    session.prober.start();
    session.clock.advance(5_000);
    expect(session.of('sent').map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5].map((i) => firstSeq + i));
    expect(session.of('answered').map(({ seq }) => seq)).toEqual([0, 2, 4].map((i) => firstSeq + i));
    expect(session.of('unreachable').map(({ seq }) => seq)).toEqual([1, 3, 5].map((i) => firstSeq + i));
  });

  it('tell a duplicate 65,000 probes later from the probe that has the same 16 bits', () => {
    const session = simulatedSession({ targets: [HOST], interval: 1 });
    session.network.host(HOST, (request) =>
      [5, ...(request.seq === 10 ? [65_000] : [])].flatMap((after) => answers(after)(request) as []),
    );
    session.prober.start();
    session.clock.advance(66_000);
    expect(session.of('duplicate')).toMatchObject([{ seq: 10 }]);
  });

  it('reject a duplicate older than all that is known', () => {
    const session = simulatedSession({ targets: [HOST], interval: 1 });
    session.network.host(HOST, (request) =>
      [5, ...(request.seq === 10 ? [66_000] : [])].flatMap((after) => answers(after)(request) as []),
    );
    session.prober.start();
    session.clock.advance(67_000);
    session.prober.stop();
    expect(session.of('duplicate')).toEqual([]);
    expect(session.of('rejected')).toMatchObject([{ reason: 'sequence', count: 1 }]);
  });

  it('settle a probe before its place in the ring is needed again', () => {
    const session = simulatedSession({ targets: [HOST], interval: 1, timeout: 100_000 });
    session.network.host(HOST, silence);
    session.prober.start();
    session.clock.advance(65_540);
    expect(session.of('lost').map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('the RTT', () => {
  it('does not hold what the sink takes for the send record', () => {
    const rtts: number[] = [];
    const session = simulatedSession({
      targets: [HOST],
      sink: (event) => {
        if (event.type === 'sent') session.clock.spend(3);
        if (event.type === 'answered') rtts.push(event.rtt);
      },
    });
    session.network.host(HOST, answers(10));
    session.prober.start();
    session.clock.advance(1_050);
    expect(rtts).toHaveLength(11);
    for (const rtt of rtts) expect(rtt).toBeCloseTo(10, 9);
  });
});

describe('stopping', () => {
  it('ends when every endpoint has had its count and the last probe has settled', () => {
    const session = simulatedSession({ targets: [HOST, HOST6], count: 10 });
    session.network.host(HOST, answers(3)).host(HOST6, silence);
    session.prober.start();
    session.clock.advance(1_949);
    expect(session.done()).toBe(false);
    session.clock.advance(1.5);
    expect(session.done()).toBe(true);
    expect(session.of('sent').filter(({ endpoint }) => endpoint === 0)).toHaveLength(10);
    expect(session.of('lost')).toHaveLength(10);
    const { length } = session.events;
    session.clock.advance(10_000);
    expect(session.events).toHaveLength(length);
  });

  it('stop() is the end of sending and of events', () => {
    const session = simulatedSession({ targets: [HOST] });
    session.network.host(HOST, answers(50));
    session.prober.start();
    session.clock.advance(520);
    session.prober.stop();
    const { length } = session.events;
    expect(session.network.requests).toHaveLength(6);
    session.clock.advance(5_000);
    expect(session.events).toHaveLength(length);
    expect(session.network.requests).toHaveLength(6);
    expect(session.done()).toBe(false);
  });

  it('may happen inside the sink', () => {
    let left = 7;
    const session = simulatedSession({
      targets: [HOST, HOST6, '198.51.100.8'],
      interval: 10,
      sink: () => {
        if (--left === 0) session.prober.stop();
        if (left < 0) throw new Error('an event after stop');
      },
    });
    session.network.host(HOST, answers(0)).host(HOST6, answers(0)).host('198.51.100.8', fails('EPERM'));
    session.prober.start();
    session.clock.advance(1_000);
    expect(left).toBe(0);
  });

  it('in the sink ends a wake-up in which several slots are due', () => {
    const session = simulatedSession({
      targets: [HOST],
      interval: 10,
      sink: ({ type }) => {
        if (type === 'sent' && session.network.requests.length >= 3) session.prober.stop();
      },
    });
    session.network.host(HOST, answers(1));
    session.prober.start();
    session.clock.advance(15);
    session.clock.stall(40);
    // The one whose send record was being told may still go out.
    expect(session.network.requests).toHaveLength(4);
  });
});

describe('IPv6', () => {
  it('knows an address by any of its spellings, with or without zone', () => {
    const spelt: [string, string][] = [
      ['2001:DB8:0:0:0:0:0:7', '2001:db8::7'],
      ['fe80::1%eth0', 'fe80::1'],
    ];
    for (const [target, source] of spelt) {
      const session = run(({ message }) => [{ after: 5, message: echoReply(6, message), source }], target);
      expect(session.of('answered')).toHaveLength(30);
    }
  });
});
