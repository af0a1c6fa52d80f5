// A judge who finds nothing is worth something only if he finds what is there: each test spoils a perfect run in one way.

import { describe, expect, it } from 'vitest';
import { readWhole } from './recorded.js';
import { PLAN, sample, SLOTS, START } from './sample.js';
import type { Sample } from './sample.js';
import { change, cloud, drop, gap, isSlot, judged, kill, skip } from './spoil.js';

describe('the judge', () => {
  it('reads a line that is torn as none, and the one behind it as one', () => {
    const texts = sample().record.map((line) => JSON.stringify(line));
    const [session = '', ...rest] = texts;
    const { runs, torn, orphans } = readWhole([`${rest[0]?.slice(0, 30)}${session}`, ...rest, '{"type":"pro']);
    expect({ torn, orphans, runs: runs.length }).toEqual({ torn: 2, orphans: 0, runs: 1 });
    expect(runs[0]?.slots.map(({ size }) => size)).toEqual([SLOTS, SLOTS]);
    expect(readWhole(rest)).toEqual({ runs: [], torn: 0, orphans: rest.length });
  });

  it('finds nothing in a perfect run', () => {
    expect(judged(() => {})).toEqual({
      runs: 1,
      planned: 2 * SLOTS,
      recorded: 2 * SLOTS,
      inGaps: 0,
      killed: 0,
      unaccounted: [],
      differences: [],
    });
  });

  it('takes every phase that an endpoint may have, and misses its slots none the less', () => {
    const together = (run: Sample): void => {
      const earlier = PLAN.intervalMs / PLAN.endpoints;
      run.record = run.record.map((line) =>
        line.type === 'probe' && line.endpoint === 1 ? { ...line, sent: line.sent - earlier / 1000 } : line,
      );
      run.log = run.log.map((line) => (line.to === 'b' ? { ...line, at: line.at - earlier } : line));
    };
    expect(judged(together)).toMatchObject({ planned: 2 * SLOTS, unaccounted: [], differences: [] });
    const { unaccounted } = judged((run) => {
      together(run);
      drop(run, isSlot(1, 0));
    });
    expect(unaccounted).toEqual([expect.stringMatching(/^run 1, endpoint 1: no line of slot 0, due at /)]);
  });

  it('knows the plan of a machine so busy that two slots of three are late', () => {
    const busy = (run: Sample): void => {
      const late = (seq: number): number => (seq % 3 === 0 ? 0 : (seq * 7) % 45);
      run.record = run.record.map((line) =>
        line.type === 'probe' && line.endpoint === 0 ? { ...line, sent: line.sent + late(line.seq) / 1000 } : line,
      );
      run.log = run.log.map((line) => (line.to === 'a' ? { ...line, at: line.at + late(line.seq16) } : line));
    };
    expect(judged(busy)).toMatchObject({ planned: 2 * SLOTS, unaccounted: [], differences: [] });
    const { unaccounted } = judged((run) => {
      busy(run);
      drop(run, isSlot(1, 0));
    });
    expect(unaccounted).toEqual([expect.stringMatching(/^run 1, endpoint 1: no line of slot 0, due at /)]);
  });

  it('finds a slot that has no line', () => {
    const { unaccounted, differences } = judged((run) => drop(run, isSlot(0, 40)));
    expect(unaccounted).toEqual([expect.stringMatching(/^run 1, endpoint 0: no line of slot 40, due at /)]);
    expect(differences).toEqual(['run 1, endpoint 0, slot 40: came to the responder, but is not on record']);
  });

  it('finds slots that were never sent, unless a gap says so', () => {
    const silent = judged((run) => skip(run, 30, 35));
    expect(silent.unaccounted).toHaveLength(10);
    expect(silent.unaccounted[0]).toMatch(/no slot, due at /);
    const said = judged((run) => {
      skip(run, 30, 35);
      run.record.push(gap(30, 35));
    });
    expect(said).toMatchObject({ unaccounted: [], differences: [], inGaps: 10, recorded: 2 * SLOTS - 10 });
    const halfSaid = judged((run) => {
      skip(run, 30, 35);
      run.record.push(gap(30, 33));
    });
    expect(halfSaid.unaccounted.length).toBeGreaterThanOrEqual(3);
  });

  it('finds two lines of one slot, and a run that is not there', () => {
    expect(judged((run) => void run.record.push(...run.record.filter(isSlot(0, 3)))).differences).toEqual([
      'run 1, two lines of slot 3 of endpoint 0',
    ]);
    expect(judged((run) => void run.record.splice(0)).unaccounted).toEqual(['run 1 is not on record at all']);
  });

  it.each([
    ['answered where nothing was sent back', 1, 7, { state: 'answered', rtt: 5 }, 'no genuine reply was sent'],
    ['lost where a reply came', 0, 40, { state: 'lost' }, 'a genuine reply came after 5 ms'],
    ['lost where an error came', 1, 8, { state: 'lost' }, 'an error came after 5 ms'],
    ['unreachable without an error', 1, 7, { state: 'unreachable', from: 'x', icmp: '3/1' }, 'no error was sent'],
    ['unsent, but it arrived', 0, 40, { state: 'unsent', error: 'EPERM' }, 'the responder saw it'],
    ['void, but nothing stood still', 1, 7, { state: 'void' }, 'nothing stood still'],
    ['an RTT below the truth', 0, 40, { rtt: 4 }, 'RTT 4 ms, but the replies took 5 ms'],
    ['an RTT far above it', 0, 40, { rtt: 800 }, 'RTT 800 ms'],
    ['in flight long after its timeout', 1, 7, { state: 'in-flight' }, 'its timeout had passed'],
  ])('finds %s', (_name, endpoint, seq, to, said) => {
    const { differences } = judged((run) => change(run, endpoint, seq, to));
    expect(differences).toEqual([expect.stringContaining(`endpoint ${endpoint}, slot ${seq}, `)]);
    expect(differences[0]).toContain(said);
  });

  it('finds what is unsent or lost without ever having come, unless the network was disturbed', () => {
    const lose = (run: Sample): void => {
      run.log = run.log.filter(({ seq16, to }) => to !== 'a' || seq16 !== 40);
      change(run, 0, 40, { state: 'unsent', error: 'ENETUNREACH' });
    };
    expect(judged(lose).differences).toEqual([expect.stringContaining('the network was in order')]);
    const disturbed = judged((run) => {
      lose(run);
      run.diary = [cloud(39, 41, 'packets')];
    });
    expect(disturbed.differences).toEqual([]);
    // Endpoint 0 needs no name.
    const nameless = judged((run) => {
      lose(run);
      run.diary = [cloud(39, 41, 'names')];
    });
    expect(nameless.differences).toHaveLength(1);
  });

  it('lets a disturbed network lose a reply, and no other', () => {
    const lost = (seq: number) => (run: Sample) => {
      change(run, 0, seq, { state: 'lost' });
      run.diary = [cloud(39, 41, 'packets')];
    };
    expect(judged(lost(40)).differences).toEqual([]);
    expect(judged(lost(45)).differences).toHaveLength(1);
  });

  it('takes from a killed run what waited in memory or was in flight, and nothing more', () => {
    const at = START + (SLOTS - 0.2) * PLAN.intervalMs;
    const cut = (slots: number) => (run: Sample) => {
      kill(run, at);
      drop(run, (line) => 'seq' in line && line.seq >= SLOTS - slots);
    };
    expect(judged(cut(5))).toMatchObject({ unaccounted: [], differences: [], killed: 10 });
    expect(judged(cut(20)).unaccounted.length).toBeGreaterThan(10);
    const full = judged((run) => {
      cut(20)(run);
      run.diary = [cloud(SLOTS - 21, SLOTS + 5, 'writing')];
    });
    expect(full).toMatchObject({ unaccounted: [], differences: [], killed: 40 });
    const stood = judged((run) => {
      cut(20)(run);
      run.diary = [cloud(SLOTS - 18, SLOTS - 4, 'running')];
    });
    expect(stood).toMatchObject({ unaccounted: [], differences: [], killed: 40 });
    const stoodBefore = judged((run) => {
      cut(20)(run);
      run.diary = [cloud(SLOTS - 24, SLOTS - 20, 'running')];
    });
    expect(stoodBefore.unaccounted).not.toEqual([]);
  });

  it('calls void right where the process stood still over its timeout', () => {
    const stopped = (reason: 'stall' | 'stopped') => (run: Sample) => {
      // Never answered, sent just before slots 38 to 52 were missed.
      skip(run, 38, 53);
      run.record.push(gap(37.9, 53, reason));
      change(run, 1, 37, { state: 'void' });
    };
    expect(judged(stopped('stopped'))).toMatchObject({ unaccounted: [], differences: [], inGaps: 30 });
    expect(judged(stopped('stall')).differences).toHaveLength(1);
  });
});
