// Keys, mouse, pastes and sizes at random, on a run that goes on: a real prober on a simulated network, its diagnosis, and
// the screen, whose wishes the run carries out. Time is the test's own. MONKEY_EVENTS and MONKEY_SEED ask for more, or for
// another one:
//
//     MONKEY_EVENTS=200000 MONKEY_SEED=7 npx vitest run test/tui/monkey.test.ts --testTimeout=600000

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { DiagnosedStream } from '../../src/cli/diagnosed-stream.js';
import { RunControl } from '../../src/cli/run-control.js';
import type { ProbeEvent } from '../../src/events/events.js';
import { keyBindings } from '../../src/tui/input/keys.js';
import { seeded } from '../chaos/random.js';
import type { Random } from '../chaos/random.js';
import { answers, silence } from '../support/simulated-network.js';
import type { SimulatedSession } from '../support/simulated-network-session.js';
import { simulatedSession } from '../support/simulated-network-session.js';
import { TestScreen } from '../support/terminal-screen.js';

const EVENTS = Number(process.env['MONKEY_EVENTS'] ?? 10_000);
const SEED = Number(process.env['MONKEY_SEED'] ?? 11);

const HOSTS = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
const TYPED = [
  'a1=10.0.0.9,interval=2',
  '{bold}x{/bold}=10.0.0.7',
  '日本語\u0301\u202e=10.0.0.8',
  '14:30',
  '-2h',
  '@gateway',
  'no such host',
  '\u001b]0;title\u0007',
];
/** As terminals send them; what stands for itself is typed by `shown`. */
const SEQUENCES = [
  '\u001b',
  '\u001b[A',
  '\u001b[B',
  '\u001b[C',
  '\u001b[D',
  '\u001b[H',
  '\u001b[F',
  '\u001b[5~',
  '\u001b[6~',
  '\u001b[1;5C',
  '\u001bOP',
  '\r',
  '\t',
  ' ',
  '\u007f',
  '\u0003',
  '\u000c',
  '\u0000',
  'ü',
  '\u001b[99~',
  '\u001b[<0;1',
];
const LETTERS = keyBindings.flatMap(({ shown }) => shown.split(', ')).filter((key) => key.length === 1);

/** Smaller ones more often: there is more to go wrong, and they are drawn faster. */
const sideOf = (random: Random, most: number): number => Math.max(1, Math.round(most * random.between(0, 1) ** 2));

type Size = { columns: number; rows: number };

class Monkey {
  readonly random: Random;
  readonly screen: TestScreen;
  readonly session: SimulatedSession;
  readonly control: RunControl;
  size: Size = { columns: 80, rows: 24 };
  #waiting: ProbeEvent[] = [];
  #handled = 0;

  constructor(seed: number) {
    this.random = seeded(seed);
    const stream: { event: (event: ProbeEvent) => void } = { event: () => {} };
    this.session = simulatedSession({
      targets: HOSTS,
      interval: 1000,
      timeout: 2000,
      sink: (event) => stream.event(event),
    });
    const { sessionClock, network, prober } = this.session;
    for (const host of ['10.0.0.1', '10.0.0.2', '10.0.0.7', '10.0.0.8', '10.0.0.9']) network.host(host, answers(5));
    const { startedAt } = sessionClock;
    this.screen = new TestScreen({ startedAt, now: startedAt, endpoints: HOSTS, interval: 1000, epoch: null });
    const diagnosed = new DiagnosedStream({ ...this.screen.history.info });
    const diagnosedEvents = diagnosed.to([{ event: (event) => this.#waiting.push(event) }]);
    stream.event = (event) => diagnosedEvents.event(event);
    this.control = new RunControl({
      defaults: { interval: 1000, sizeBytes: 56, family: null },
      timeout: 2000,
      families: [4],
      present: () => this.screen.history.endpoints.flatMap(({ info, removedAt }) => (removedAt === null ? [info] : [])),
      onQuit: () => {},
      answer: (answer) => this.screen.app.news(answer),
    });
    prober.start();
    this.control.begin({ prober, paths: { watch: () => true }, emit: (event) => this.#waiting.push(event) });
  }

  /** Time passes, and the screen hears of it as it does from the thread that probes. */
  pass(ms: number): void {
    const { session, screen } = this;
    const down = this.random.int(0, 40) === 0;
    if (down) session.network.host('10.0.0.2', this.random.pick([silence, answers(40), answers(5)]));
    session.clock.advance(ms);
    screen.now = session.sessionClock.now();
    screen.events(this.#waiting.splice(0));
    screen.app.frame();
  }

  /** What the screen has asked of the run since. */
  carryOut(): void {
    const { screen } = this;
    for (const { text, at } of screen.marks.splice(0)) this.control.command({ type: 'mark', text, at });
    for (; this.#handled < screen.requests.length; this.#handled++) {
      const request = screen.requests[this.#handled];
      // There is room for so many, and no more by a rule of its own.
      if (request !== undefined && this.session.prober.nextId < 60) this.control.command(request);
    }
  }

  anything(): string {
    const { random, size } = this;
    const [x, y] = [random.int(1, size.columns + 2), random.int(1, size.rows + 2)];
    switch (random.int(0, 9)) {
      case 0:
      case 1:
        return `\u001b[<${random.pick([0, 0, 0, 1, 2, 4, 35, 64, 65])};${x};${y}${random.pick(['M', 'M', 'm'])}`;
      case 2:
        return `\u001b[200~${random.pick(TYPED)}${random.pick(['', '\r\n', 'q'])}\u001b[201~`;
      case 3:
        return random.pick(TYPED).concat(random.pick(['', '\r']));
      case 4:
      case 5:
      case 6:
        return random.pick(SEQUENCES);
      default:
        return random.pick(LETTERS);
    }
  }

  /** Some of them at once, cut in two somewhere. */
  async act(count: number): Promise<void> {
    const bytes = Buffer.from(Array.from({ length: count }, () => this.anything()).join(''));
    const at = this.random.int(0, bytes.length);
    for (const piece of [bytes.subarray(0, at), bytes.subarray(at)]) {
      this.screen.app.input(piece);
      if (this.random.int(0, 2) === 0) this.screen.runTimers();
    }
    this.screen.runTimers();
    this.carryOut();
    await this.screen.terminal.settled();
  }

  /** The pane is as large as that, and the terminal around it larger, so that what is drawn outside is seen. */
  async resize(size: Size): Promise<void> {
    this.size = size;
    const { columns, rows } = size;
    this.screen.terminal.resize(columns + 4, rows + 2);
    this.screen.app.resize(size);
    await this.screen.draw();
  }

  outside(): string[] {
    const { columns, rows } = this.size;
    const { terminal } = this.screen;
    return terminal.lines().map((line, y) => {
      if (y >= rows) return line;
      return Array.from({ length: 4 }, (_, i) => terminal.cell(columns + i, y).char.trim()).join('');
    });
  }

  /** Each cell of the pane, with its place. */
  picture(): string[] {
    const { columns, rows } = this.size;
    const { terminal } = this.screen;
    return Array.from({ length: rows * columns }, (_, i) => {
      const [x, y] = [i % columns, Math.floor(i / columns)];
      return `${x},${y} ${JSON.stringify(terminal.cell(x, y))}`;
    });
  }
}

/** The keys by which one who has just come sees what another one does. */
const lookLike = async (fresh: TestScreen, other: TestScreen): Promise<void> => {
  const { view } = other.app;
  const keys: [string, () => boolean][] = [
    ['s', () => fresh.app.view.scale === view.scale],
    ['i', () => fresh.app.view.diagnosticsShown === view.diagnosticsShown],
    ['R', () => fresh.app.view.removedShown === view.removedShown],
    ['Down', () => fresh.app.view.selected === view.selected],
  ];
  for (const [key, isDone] of keys) for (let i = 0; i < 100 && !isDone(); i++) await fresh.press(key);
  // Neither has anything to say, and both show the selection.
  for (const screen of [fresh, other]) await screen.press('Up', 'Down', 'Down', 'Up');
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heapMiB = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

describe('a monkey', () => {
  it(`of seed ${SEED} breaks nothing with ${EVENTS} events`, { timeout: Math.max(60_000, EVENTS * 6) }, async () => {
    const monkey = new Monkey(SEED);
    const { screen, random } = monkey;
    await monkey.resize(monkey.size);
    const heaps: number[] = [];
    const redrawn: string[] = [];
    let looks = 0;
    for (let events = 0; events < EVENTS;) {
      const count = random.int(1, 15);
      events += count;
      if (random.int(0, 7) === 0) await monkey.resize({ columns: sideOf(random, 300), rows: sideOf(random, 80) });
      // The terminal may have stopped reading meanwhile.
      screen.reading = random.int(0, 30) !== 0;
      await monkey.act(count);
      monkey.pass(random.pick([50, 250, 250, 1000]));
      screen.reading = true;
      await screen.draw();
      expect(monkey.outside().join('')).toBe('');
      if (Math.floor(events / 250) > looks) {
        looks = Math.floor(events / 250);
        // What was drawn bit by bit is what is drawn at once. In a frozen view the column that was not full then goes on
        // to fill unseen.
        if (screen.app.view.frozenAt !== null) await screen.press('Escape', 'Escape', 'Escape', 'End');
        const before = monkey.picture();
        screen.app.repaint();
        await screen.terminal.settled();
        const after = monkey.picture();
        redrawn.push(...after.filter((cell, i) => cell !== before[i]).slice(0, 5));
        if (looks % 4 === 0) heaps.push(heapMiB());
      }
    }
    expect(redrawn).toEqual([]);
    const [early = 0, late = 0] = [heaps[Math.floor(heaps.length / 3)], heaps.at(-1)];
    expect(late - early).toBeLessThan(12);
    // Right at the end: what somebody sees who looks at the same run for the first time, in the same way.
    await screen.press('Escape', 'Escape', 'Escape', 'End');
    await monkey.resize({ columns: 96, rows: 30 });
    expect(screen.app.view.page).toBe('wall');
    const { startedAt } = screen.history.info;
    const { width } = screen.app.view;
    const fresh = new TestScreen({
      startedAt,
      now: screen.now,
      columns: 96,
      rows: 30,
      epoch: width,
      sessionOf: screen,
    });
    await fresh.draw();
    await lookLike(fresh, screen);
    const shown = screen.terminal.lines().slice(0, 30);
    expect(shown).toEqual(fresh.terminal.lines());
    expect(shown.join()).toContain('10.0.0');
    expect(screen.history.endpoints.length).toBeGreaterThan(HOSTS.length);
  });
});
