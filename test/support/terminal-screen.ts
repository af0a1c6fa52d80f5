// The whole screen in one process: events and keys in, a terminal emulator out, and a clock that stands still until it
// is set. What only the thread adds (messages, timers, descriptors) is left out.

import { isIP } from 'node:net';
import { decode, EventBatch } from '../../src/events/event-batch.js';
import { SessionHistory } from '../../src/history/session-history.js';
import { hostInfo } from './endpoint-info.js';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import type { ProbeEvent } from '../../src/events/events.js';
import type { EndpointInfo, Place } from '../../src/events/endpoint-info.js';
import type { SessionInfo } from '../../src/events/session-info.js';
import type { Millis, UnixMillis } from '../../src/events/units.js';
import { FrameWriter } from '../../src/tui/terminal/frame-writer.js';
import type { WriteOutcome } from '../../src/tui/terminal/frame-writer.js';
import { ScreenApp } from '../../src/tui/screen-app.js';
import { terminalKind } from '../../src/tui/terminal/terminal-kind.js';
import type { Environment } from '../../src/tui/terminal/terminal-kind.js';
import type { EndpointRequest } from '../../src/view/run-command.js';
import { NO_OWN_COLOURS } from '../../src/view/theme/palette.js';
import type { OwnColours, ThemeName } from '../../src/view/theme/palette.js';
import { VerdictLog } from '../../src/view/verdict/verdict-log.js';
import { TestTerminal } from './terminal.js';

export type TestScreenOptions = {
  columns?: number;
  rows?: number;
  /** Hosts, or `label=host`, or `label=host,place=gateway`. */
  endpoints?: readonly string[];
  startedAt: UnixMillis;
  now: UnixMillis;
  /** 5 s where left out; null: as wide as the history takes. */
  epoch?: Millis | null;
  interval?: Millis;
  env?: Environment;
  ascii?: boolean;
  mode?: 'live' | 'replay';
  theme?: ThemeName;
  colours?: OwnColours;
  mouse?: boolean;
  /** Looks at the session of another one. */
  sessionOf?: TestScreen;
  /** Gets what is written to the terminal. */
  heard?: (text: string) => void;
};

const named: Readonly<Record<string, string>> = {
  Left: '\u001b[D',
  Right: '\u001b[C',
  Up: '\u001b[A',
  Down: '\u001b[B',
  Home: '\u001b[H',
  End: '\u001b[F',
  PgUp: '\u001b[5~',
  PgDn: '\u001b[6~',
  Enter: '\r',
  Tab: '\t',
  Escape: '\u001b',
  Space: ' ',
  Backspace: '\u007f',
  'Ctrl-C': '\u0003',
  'Ctrl-L': '\u000c',
};

const PLACES = ['gateway', 'provider', 'beyond'] as const satisfies readonly Place[];

const endpointInfo = (text: string, id: number, interval: Millis): EndpointInfo => {
  const [name = '', stated = null] = text.split(',place=');
  const [first = '', target = first] = name.split('=');
  const place = PLACES.find((known) => known === stated) ?? null;
  // A name has no address yet.
  return hostInfo({ id, target, label: first, interval, place, address: isIP(target) === 0 ? null : target });
};

export class TestScreen {
  readonly app: ScreenApp;
  readonly history: SessionHistory;
  readonly verdicts: VerdictLog;
  readonly terminal: TestTerminal;
  readonly marks: { text: string; at: UnixMillis }[] = [];
  /** What was asked of the run about its endpoints. */
  readonly requests: EndpointRequest[] = [];
  now: UnixMillis;
  quits = 0;
  /** What the last of them leaves behind. */
  picture: string | null = null;
  bytes = 0;
  /** False: the terminal has stopped reading. */
  reading = true;
  readonly #timers: (() => void)[] = [];
  readonly #heard: (text: string) => void;

  constructor(options: TestScreenOptions) {
    const { columns = 80, rows = 24, startedAt, now, endpoints = ['192.0.2.1'] } = options;
    this.terminal = new TestTerminal(columns, rows);
    this.#heard = options.heard ?? (() => {});
    this.now = now;
    const interval = options.interval ?? 500;
    const info: SessionInfo = {
      startedAt,
      interval,
      timeout: 2000,
      sizeBytes: 56,
      clock: 'kernel',
      endpoints: endpoints.map((text, id) => endpointInfo(text, id, interval)),
    };
    const writer = new FrameWriter({ write: (bytes) => this.#take(bytes) }, (run) => {
      this.#timers.push(run);
    });
    this.history = options.sessionOf?.history ?? new SessionHistory(info);
    this.verdicts = options.sessionOf?.verdicts ?? new VerdictLog();
    this.app = new ScreenApp({
      info,
      history: this.history,
      verdicts: this.verdicts,
      epoch: options.epoch === undefined ? 5000 : options.epoch,
      mode: options.mode ?? 'live',
      kind: terminalKind(options.env ?? { TERM: 'tmux-256color', LANG: 'C.UTF-8' }, options.ascii ?? false),
      theme: options.theme ?? 'dark',
      colours: options.colours ?? NO_OWN_COLOURS,
      mouse: options.mouse ?? true,
      size: { columns, rows },
      zone: () => 0,
      writer,
      clock: { now: () => this.now, elapsed: () => this.now - startedAt },
      delay: (run) => {
        this.#timers.push(run);
        return () => {
          const at = this.#timers.indexOf(run);
          if (at >= 0) this.#timers.splice(at, 1);
        };
      },
      onCommand: (command) => {
        if (command.type === 'quit') {
          this.quits++;
          this.picture = command.picture;
        } else if (command.type === 'mark') this.marks.push({ text: command.text, at: command.at });
        else this.requests.push(command);
      },
    });
  }

  /** Feeds events as the main thread would: packed. */
  events(events: Iterable<ProbeEvent>): void {
    const batch = new EventBatch();
    for (const event of events) batch.push(event);
    const packed = batch.take();
    if (packed !== null) {
      decode(packed, (event) => {
        if (event.type === 'verdict') this.verdicts.say(event);
        else this.history.apply(event);
      });
    }
  }

  /** How the endpoints are, as the run would tell. */
  hearStates(diagnosis: Diagnosis): void {
    const states = diagnosis.endpoints.flatMap(({ id }) => {
      const state = diagnosis.endpoint(id);
      return state === null ? [] : [[id, state] as const];
    });
    this.verdicts.hear(states);
    this.verdicts.learn(states.map(([id, { usualP50 }]) => [id, usualP50] as const));
    const each = states.map(([id, { quality }]) => [id, quality] as const);
    this.verdicts.hearQuality({ type: 'call quality', quality: diagnosis.callQuality, each });
  }

  /** Runs what waits for time to pass, then draws and lets the terminal take it in. */
  async draw(): Promise<this> {
    this.runTimers();
    this.app.frame();
    await this.terminal.settled();
    return this;
  }

  /** Names as in `named`; everything else is typed as it is. */
  async press(...keys: string[]): Promise<this> {
    for (const key of keys) {
      this.app.input(Buffer.from(named[key] ?? key));
      this.runTimers();
    }
    await this.terminal.settled();
    return this;
  }

  resize(columns: number, rows: number): Promise<this> {
    this.terminal.resize(columns, rows);
    this.app.resize({ columns, rows });
    return this.draw();
  }

  runTimers(): void {
    for (const run of this.#timers.splice(0)) run();
  }

  #take(bytes: Uint8Array): WriteOutcome {
    if (!this.reading) return { again: true };
    this.bytes += bytes.length;
    this.#heard(Buffer.from(bytes).toString());
    this.terminal.write(bytes);
    return { written: bytes.length };
  }
}

export type Outcome = { rtt: Millis } | { late: Millis } | 'lost' | { error: string } | 'in-flight' | 'not sent';

export type ProbePlan = { endpoint?: number; from: UnixMillis; to: UnixMillis; every?: Millis; firstSeq?: number };

const settle = (endpoint: number, seq: number, outcome: Exclude<Outcome, 'in-flight' | 'not sent'>): ProbeEvent[] => {
  if (outcome === 'lost') return [{ type: 'lost', endpoint, seq }];
  if ('error' in outcome) return [{ type: 'unsent', endpoint, seq, error: outcome.error }];
  if ('rtt' in outcome) return [{ type: 'answered', endpoint, seq, rtt: outcome.rtt, ttl: 57 }];
  return [
    { type: 'lost', endpoint, seq },
    { type: 'late', endpoint, seq, rtt: outcome.late, ttl: 57 },
  ];
};

/** A made-up history: one probe every `every` ms, whose outcome `fate` tells from its send time and number. */
export const probes = (plan: ProbePlan, fate: (at: UnixMillis, index: number) => Outcome): ProbeEvent[] => {
  const { endpoint = 0, from, to, every = 500, firstSeq = 0 } = plan;
  const events: ProbeEvent[] = [];
  for (let i = 0; from + i * every < to; i++) {
    const at = from + i * every;
    const outcome = fate(at, i);
    if (outcome === 'not sent') continue;
    const seq = firstSeq + i;
    events.push({ type: 'sent', endpoint, seq, at });
    if (outcome !== 'in-flight') events.push(...settle(endpoint, seq, outcome));
  }
  return events;
};
