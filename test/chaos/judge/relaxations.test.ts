// What the judge lets pass, each with the most that it lets pass and what is just beyond. The first of each pair fails where
// the relaxation is taken away, the second where it is too wide.

import { describe, expect, it } from 'vitest';
import { PLAN, SLOTS, START } from './sample.js';
import type { Sample } from './sample.js';
import { change, cloud, delay, drop, gap, isSlot, judged, kill, skip, unseen } from './spoil.js';

const INTERVAL = PLAN.intervalMs;
const at = (slot: number): number => START + slot * INTERVAL;

const WELL = { unaccounted: [], differences: [] };
const noLine = (endpoint: number, seq: number) =>
  expect.stringMatching(new RegExp(`endpoint ${endpoint}: no line of slot ${seq}, due`)) as string;
const noSlot = expect.stringMatching(/: no slot, due/) as string;

/** Ends a run after so many slots, and with it the record and the log. */
const shorten = (run: Sample, slots: number): void => {
  drop(run, (line) => 'seq' in line && line.seq >= slots);
  run.log = run.log.filter(({ seq16 }) => seq16 < slots);
  run.launches[0] = { at: START - 500, ready: START, end: { at: at(slots) + 500, how: 'ended' } };
};

const delayAll = (run: Sample, late: (seq: number) => number, slots = SLOTS): void => {
  for (let seq = 0; seq < slots; seq++) delay(run, 0, seq, late(seq));
};

describe('the account of slots', () => {
  it('takes slots that lie within two milliseconds for punctual, though more are late alike', () => {
    const spread = (run: Sample): void => delayAll(run, (seq) => (seq % 5 === 0 ? 4.5 : (seq * 0.019) % 1.9));
    expect(judged(spread)).toMatchObject({ ...WELL, planned: 2 * SLOTS });
    const { unaccounted } = judged((run) => {
      spread(run);
      drop(run, isSlot(0, 12));
    });
    expect(unaccounted).toEqual([noLine(0, 12)]);
  });

  it.each([
    [2.5, true],
    [5, false],
  ])('lets one slot of four be %s ms sooner than most: %s', (ms, passes) => {
    const { unaccounted, differences } = judged((run) => delayAll(run, (seq) => (seq % 4 === 0 ? 0 : ms)));
    expect([...unaccounted, ...differences].length === 0).toBe(passes);
  });

  it('takes the few punctual slots of a short run for the plan, where most were late together', () => {
    const late = (run: Sample): void => {
      shorten(run, 30);
      delayAll(run, (seq) => [5, 10, 10][seq % 3] ?? 0, 30);
    };
    expect(judged(late)).toMatchObject({ ...WELL, planned: 60 });
    const { unaccounted } = judged((run) => {
      late(run);
      drop(run, isSlot(0, 12));
    });
    expect(unaccounted).toEqual([noLine(0, 12)]);
  });

  it.each([
    ['in steps that add up to 20 ms', (seq: number) => (seq < 4 ? seq * 5 : 20)],
    ['in one step of 12 ms', (seq: number) => (seq === 0 ? 0 : 12)],
  ])('finds slots of a short run that were sent too soon, %s', (_name, late) => {
    const { unaccounted } = judged((run) => {
      shorten(run, 30);
      delayAll(run, late, 30);
    });
    expect(unaccounted).not.toEqual([]);
  });

  it('gives a slot that was sent more than an interval late its own place', () => {
    const late = (run: Sample): void => {
      delay(run, 0, 40, 1.3 * INTERVAL);
      delay(run, 0, 41, 0.35 * INTERVAL);
    };
    expect(judged(late)).toMatchObject({ ...WELL, planned: 2 * SLOTS });
    const { unaccounted } = judged((run) => {
      late(run);
      drop(run, isSlot(0, 39));
    });
    expect(unaccounted).toEqual([noLine(0, 39)]);
  });

  it('gives a slot that was sent in a gap the place before it', () => {
    const inGap = (run: Sample): void => {
      skip(run, 40, 45);
      run.record.push(gap(39.8, 44.8));
      delay(run, 0, 39, 1.5 * INTERVAL);
    };
    expect(judged(inGap)).toMatchObject({ ...WELL, inGaps: 10, recorded: 2 * SLOTS - 10 });
    const { unaccounted } = judged((run) => {
      inGap(run);
      drop(run, isSlot(0, 38));
    });
    expect(unaccounted).toEqual([noLine(0, 38)]);
  });

  it("leaves slots where they are in a gap that was another endpoint's", () => {
    const others = (run: Sample): void => void run.record.push(gap(39.8, 44.8));
    expect(judged(others)).toMatchObject({ ...WELL, inGaps: 0, recorded: 2 * SLOTS });
    expect(
      judged((run) => {
        others(run);
        drop(run, isSlot(0, 42));
      }).differences,
    ).toEqual(['run 1, endpoint 0, slot 42: came to the responder, but is not on record']);
  });

  it.each([
    [4, 0],
    [8, 1],
  ])('takes a gap that begins %s ms after a slot was due for one that holds it: %s unaccounted', (ms, count) => {
    const { unaccounted } = judged((run) => {
      skip(run, 30, 35);
      run.record.push(gap(30 + ms / INTERVAL, 35));
    });
    expect(unaccounted).toEqual(Array.from({ length: count }, () => noSlot));
  });

  it.each([
    [5, 0],
    [7, 4],
  ])('wants no slot that was due in the last second: of %s, %s are unaccounted for', (slots, count) => {
    const silent = (run: Sample): void => {
      drop(run, (line) => 'seq' in line && line.seq >= SLOTS - slots);
      run.log = run.log.filter(({ seq16 }) => seq16 < SLOTS - slots);
    };
    expect(judged(silent).unaccounted).toHaveLength(count);
    // What was sent then has to be on record.
    expect(judged((run) => drop(run, isSlot(0, SLOTS - 1))).differences).toHaveLength(1);
  });
});

describe('a run that was killed', () => {
  const killedAt = (SLOTS - 0.2) * INTERVAL;
  /** Without the lines of the last moment, which waited in memory. */
  const killed = (run: Sample): void => {
    kill(run, START + killedAt);
    drop(run, (line) => 'seq' in line && line.seq >= SLOTS - 7);
  };

  it('has no line of a probe in flight, unless its reply had come', () => {
    // Endpoint 1 answers slot 87 never, slot 85 at once.
    const without = (seq: number) => (run: Sample) => {
      killed(run);
      drop(run, isSlot(1, seq));
    };
    expect(judged(without(87))).toMatchObject({ ...WELL, killed: 15 });
    expect(judged(without(85))).toMatchObject({ unaccounted: [noLine(1, 85)] });
    expect(judged(without(72)).unaccounted).toEqual([noLine(1, 72)]);
    const disturbed = judged((run) => {
      without(85)(run);
      run.diary = [cloud(85, 86, 'packets')];
    });
    expect(disturbed).toMatchObject(WELL);
  });

  it('was hindered by what came before what hindered it last', () => {
    const hindered = (...diary: Sample['diary']) =>
      judged((run) => {
        kill(run, START + killedAt);
        drop(run, (line) => 'seq' in line && line.seq >= SLOTS - 40);
        run.diary = diary;
      });
    const full = cloud(SLOTS - 20, SLOTS + 5, 'writing');
    expect(hindered(full, cloud(SLOTS - 40, SLOTS - 25, 'running'))).toMatchObject({ ...WELL, killed: 80 });
    expect(hindered(full, cloud(SLOTS - 40, SLOTS - 32, 'running')).unaccounted).not.toEqual([]);
  });

  it.each([
    [700, []],
    [1500, ['run 2 is not on record at all']],
  ])('left no record within %s ms', (ms, unaccounted) => {
    const second = START + SLOTS * INTERVAL + 1000;
    const found = judged((run) => {
      run.launches.push({ at: second, ready: second + 100, end: { at: second + ms, how: 'killed' } });
    });
    expect(found).toMatchObject({ unaccounted, differences: [] });
  });
});

type Change = (run: Sample) => void;

/** What passes, what is just beyond, and what is said of that. */
const PAIRS: Readonly<Record<string, readonly [passes: Change, beyond: Change, said: string]>> = {
  'a reply that a stopped process found no room for': [
    (run) => {
      run.record.push(gap(40, 44, 'stopped'));
      run.diary = [cloud(39, 45, 'socket')];
      change(run, 0, 42, { state: 'lost' });
    },
    (run) => {
      run.diary = [cloud(39, 45, 'socket')];
      change(run, 0, 42, { state: 'lost' });
    },
    'is lost, but a genuine reply came after 5 ms',
  ],
  'a reply that found no room while the process stood still by what was done to it': [
    (run) => {
      run.diary = [cloud(41, 44, 'running'), cloud(39, 45, 'socket')];
      change(run, 0, 42, { state: 'lost' });
    },
    (run) => {
      run.diary = [cloud(43, 44, 'running'), cloud(39, 45, 'socket')];
      change(run, 0, 42, { state: 'lost' });
    },
    'is lost, but a genuine reply came after 5 ms',
  ],
  'a reply lost in a stop without a flood, which is none': [
    () => {},
    (run) => {
      run.record.push(gap(40, 44, 'stopped'));
      change(run, 0, 42, { state: 'lost' });
    },
    'is lost, but a genuine reply came after 5 ms',
  ],
  'a slot unsent while its name had no address': [
    (run) => {
      unseen(run, 1, 42);
      change(run, 1, 42, { state: 'unsent', error: 'EAI_AGAIN' });
      run.diary = [cloud(41, 43, 'names')];
    },
    (run) => {
      unseen(run, 1, 42);
      change(run, 1, 42, { state: 'lost' });
      run.diary = [cloud(41, 43, 'names')];
    },
    'is lost, but the network was in order and the responder never saw it',
  ],
  'a probe in flight at the end that had not arrived yet': [
    (run) => {
      run.launches[0] = { at: START - 500, ready: START, end: { at: at(SLOTS) + 150, how: 'ended' } };
      unseen(run, 0, SLOTS - 1);
      change(run, 0, SLOTS - 1, { state: 'in-flight' });
    },
    (run) => {
      run.launches[0] = { at: START - 500, ready: START, end: { at: at(SLOTS) + 250, how: 'ended' } };
      unseen(run, 0, SLOTS - 1);
      change(run, 0, SLOTS - 1, { state: 'in-flight' });
    },
    'is in-flight, but the network was in order and the responder never saw it',
  ],
  'a probe in flight at the end whose reply had just come': [
    (run) => {
      run.launches[0] = { at: START - 500, ready: START, end: { at: at(SLOTS) + 150, how: 'ended' } };
      change(run, 0, SLOTS - 1, { state: 'in-flight' });
    },
    (run) => change(run, 0, SLOTS - 3, { state: 'in-flight' }),
    'is in-flight, but a genuine reply came after 5 ms',
  ],
  'a probe in flight at the end, never answered, within its timeout': [
    (run) => change(run, 1, SLOTS - 8, { state: 'in-flight' }),
    (run) => change(run, 1, SLOTS - 13, { state: 'in-flight' }),
    'is in flight, but its timeout had passed',
  ],
  'a void probe whose timeout passed a moment before the process stood still': [
    (run) => {
      change(run, 1, 37, { state: 'void' });
      run.record.push(gap(37.5 + 10.5, 52, 'stopped'));
    },
    (run) => {
      change(run, 1, 37, { state: 'void' });
      run.record.push(gap(37.5 + 10.7, 52, 'stopped'));
    },
    'is void, but nothing stood still',
  ],
  'a void probe whose reply came at the end of the stop': [
    (run) => {
      change(run, 0, 42, { state: 'void' });
      run.record.push(gap(41, 44, 'stopped'));
    },
    (run) => {
      change(run, 0, 42, { state: 'void' });
      run.record.push(gap(41, 46, 'stopped'));
    },
    'is void, but its reply came before the process went on',
  ],
  'an RTT as much below the truth as stamps and reads differ': [
    (run) => change(run, 0, 40, { rtt: 4.6 }),
    (run) => change(run, 0, 40, { rtt: 4.4 }),
    'RTT 4.4 ms, but the replies took 5 ms',
  ],
  'an RTT above the truth by what a busy machine takes': [
    (run) => change(run, 0, 40, { rtt: 250 }),
    (run) => change(run, 0, 40, { rtt: 260 }),
    'RTT 260 ms, but the replies took 5 ms',
  ],
  'an RTT above the truth by what a disturbed network takes': [
    (run) => {
      change(run, 0, 40, { rtt: 800 });
      run.diary = [cloud(40, 41, 'packets')];
    },
    (run) => {
      change(run, 0, 40, { rtt: 800 });
      run.diary = [cloud(41, 42, 'packets')];
    },
    'RTT 800 ms, but the replies took 5 ms',
  ],
  'an error that a disturbed network lost': [
    (run) => {
      change(run, 1, 43, { state: 'lost' });
      run.diary = [cloud(43, 44, 'packets')];
    },
    (run) => {
      change(run, 1, 43, { state: 'lost' });
      run.diary = [cloud(44, 45, 'packets')];
    },
    'is lost, but an error came after 5 ms',
  ],
  'an error that came as the timeout passed': [
    (run) => {
      change(run, 1, 43, { state: 'lost' });
      run.log = run.log.map((line) =>
        line.type === 'emitted' && line.seq16 === 43 && line.to === 'b' ? { ...line, at: line.at + 700 } : line,
      );
    },
    (run) => {
      change(run, 1, 43, { state: 'lost' });
      run.log = run.log.map((line) =>
        line.type === 'emitted' && line.seq16 === 43 && line.to === 'b' ? { ...line, at: line.at + 690 } : line,
      );
    },
    'is lost, but an error came after 695 ms',
  ],
};

describe('the state of a slot', () => {
  it.each(Object.entries(PAIRS))('lets pass %s, and no more', (_name, [passes, beyond, said]) => {
    expect(judged(passes)).toMatchObject(WELL);
    const { unaccounted, differences } = judged(beyond);
    expect(unaccounted).toEqual([]);
    expect(differences).toEqual([expect.stringContaining(said)]);
  });
});
