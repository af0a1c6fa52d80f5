// A live run, from the sockets to the summary: opens what needs privileges, drops them, wires the one stream of events
// to whoever wants it, waits for the end, and leaves terminal and files in order.

import { setPriority } from 'node:os';
import { PLAIN_HOST } from '../events/endpoint-info.js';
import type { ProbeEvent } from '../events/events.js';
import type { SessionInfo } from '../events/session-info.js';
import { SessionTotals } from '../history/totals/session-totals.js';
import type { EndpointId, Millis, ProbeSeq, UnixMillis } from '../events/units.js';
import { keepInheritedDescriptors } from '../probe/process/children.js';
import { Prober } from '../probe/prober.js';
import { SessionClock } from '../probe/clock/session-clock.js';
import {
  monotonicClock,
  systemRandom,
  systemResolver,
  systemTimers,
  systemUptime,
  wallClock,
} from '../probe/system-ports.js';
import { RecordFile } from '../record/record-file.js';
import type { PreparedScreen } from '../tui/prepared-screen.js';
import { placesText } from '../tui/terminal/terminal-kind.js';
import { systemZone } from '../view/wall-clock.js';
import type { LiveOptions } from './arguments/arguments.js';
import { refuseOpenDebugger } from './process/debugger.js';
import { diagnosticsRemark } from './report/diagnostics-remark.js';
import { openOutput } from './output/output.js';
import type { Output, OutputKind } from './output/output.js';
import { loadPast } from './past.js';
import type { Past } from './past.js';
import { dropPrivileges, unprivilegedAccount } from './process/privileges.js';
import { inMicroseconds } from './output/resolution.js';
import { RunEnd } from './process/run-end.js';
import type { EndReason } from './process/run-end.js';
import { SessionEnd } from './report/session-end.js';
import { say } from './output/say.js';
import { openSockets } from './process/sockets.js';
import type { IcmpSockets } from './process/sockets.js';
import { openStdout, writeWithin } from './output/stdout.js';
import { endLines } from './report/summary-lines.js';
import { summaryText } from './report/summary.js';

/** Raised above the screen thread and the programs of a video call, below the kernel's own. */
const PROBER_NICENESS = -10;
/**
 * How long what is left to write may wait for a terminal, a reader or a disk that has stopped. Whoever sent a signal
 * wants an end; at an end of the run's own nobody is in a hurry, and a reader such as less may take its time.
 */
const PATIENCE: Readonly<Record<EndReason['why'], Millis>> = {
  done: 2 ** 31 - 1,
  deadline: 2 ** 31 - 1,
  quit: 2 ** 31 - 1,
  'reader gone': 0,
  signal: 400,
  crash: 400,
};
/** The record's reader is no terminal: a disk always gets the time for its last lines. A full one stays full. */
const RECORD_PATIENCE = { least: 400, most: 5000 } as const;
/** sysexits(3): EX_SOFTWARE. */
const CRASHED = 70;

/**
 * Returns the exit status: 0 if every endpoint answered at least once, 1 if not, 70 after a crash.
 * @throws UsageError, StartError or RecordFileError, each before anything is sent
 */
export const runLive = async (
  options: LiveOptions,
  version: string,
  prepared: PreparedScreen | null,
): Promise<number> => {
  const kind = options.output ?? fittingOutput();
  refuseOpenDebugger();
  keepInheritedDescriptors();
  const account = unprivilegedAccount(options.user, process.env);
  const stdout = openStdout();
  const sockets = openSockets(options);
  raisePriority();
  if (account !== null) dropPrivileges(account);

  const clock = new SessionClock(monotonicClock, wallClock, systemUptime);
  const info = sessionInfo(options, sockets, clock.startedAt);
  const totals = new SessionTotals(info);
  const sessionEnd = new SessionEnd(info);
  const end = new RunEnd();
  const output = await openOutput(kind, { options, info, totals, version, stdout, end, clock, prepared });
  const troubles: string[] = [];
  const onTrouble = (message: string | null): void => {
    if (message !== null) troubles.push(message);
    output.notice(message);
  };
  const past = await loadPastOf(options, info, output);
  troubles.push(...past.problems);
  const record = options.record === null ? null : openRecord(options.record, info, version, past.firstSeqs, onTrouble);
  const emit = (raw: ProbeEvent): void => {
    const event = inMicroseconds(raw);
    totals.apply(event);
    sessionEnd.apply(event);
    record?.event(event);
    output.event(event);
  };
  const prober = createProber(options, info, past.firstSeqs, sockets, clock, emit, () => end.end({ why: 'done' }));
  output.begin({ emit, diagnostics: () => prober.diagnostics });
  if (options.deadline !== null) end.endAfter(options.deadline);
  prober.start();

  const reason = await end.reason;
  const { diagnostics } = prober;
  prober.stop();
  const patience = PATIENCE[reason.why];
  const recordPatience = Math.min(Math.max(patience, RECORD_PATIENCE.least), RECORD_PATIENCE.most);
  await Promise.all([
    output.close(patience),
    record?.close((clockOffset) => endLines(totals, clockOffset), recordPatience),
  ]);
  if (kind !== 'json') {
    const remarks = [diagnosticsRemark(diagnostics), ...new Set(troubles)];
    const summary = summaryText(totals, { end: sessionEnd, zone: systemZone, remarks });
    const error = await writeWithin(stdout, summary, patience);
    if (error !== null) say(`the summary can't be written (${error})`);
  }
  if (reason.why === 'crash') {
    const [first = '', ...trace] = crashText(reason.error).split('\n');
    say(`ended by a bug, please report it: ${first}`, ...trace);
    return CRASHED;
  }
  return totals.present.every(({ id }) => hasAnswered(totals, id)) ? 0 : 1;
};

/** A screen, if there is a terminal that can draw one. */
const fittingOutput = (): OutputKind => {
  if (!process.stdout.isTTY) return 'text';
  if (placesText(process.env)) return 'screen';
  process.stderr.write(
    `pingem: no screen with TERM=${process.env['TERM']}, so a line per endpoint per epoch instead\n`,
  );
  return 'text';
};

const hasAnswered = (totals: SessionTotals, id: EndpointId): boolean => {
  const { counts } = totals.endpoint(id);
  return counts.answered + counts.late > 0;
};

const crashText = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** Where the privileges don't allow it, the prober runs at the priority that it was given. */
const raisePriority = (): void => {
  try {
    setPriority(PROBER_NICENESS);
  } catch {
    // EACCES without CAP_SYS_NICE.
  }
};

const sessionInfo = (options: LiveOptions, sockets: IcmpSockets, startedAt: UnixMillis): SessionInfo => ({
  startedAt,
  interval: options.interval,
  timeout: options.timeout,
  sizeBytes: options.sizeBytes,
  clock: [sockets[4], sockets[6]].some((socket) => socket?.clock === 'javascript') ? 'javascript' : 'kernel',
  endpoints: options.endpoints.map(({ label, target, family }, id) => ({
    ...PLAIN_HOST,
    id,
    label,
    target,
    interval: options.interval,
    sizeBytes: options.sizeBytes,
    address: family === null ? null : target,
  })),
});

const openRecord = (
  path: string,
  info: SessionInfo,
  version: string,
  firstSeqs: readonly ProbeSeq[],
  onTrouble: (message: string | null) => void,
): RecordFile => {
  const record = new RecordFile(path, info, { version, firstSeqs, onTrouble, wallClock: () => wallClock.now() });
  process.on('SIGUSR2', () => record.reopen());
  return record;
};

/** Before the first probe: nothing that is read from a disk may come between two of them. */
const loadPastOf = async (options: LiveOptions, info: SessionInfo, output: Output): Promise<Past> => {
  if (!options.resume || options.record === null) return { firstSeqs: [], problems: [] };
  const name = options.record;
  const past = await loadPast(name, info, output.past, (fraction) => {
    output.progress({ fraction, text: `reading ${name}` });
  });
  output.progress(null);
  return past;
};

const createProber = (
  options: LiveOptions,
  info: SessionInfo,
  firstSeqs: readonly ProbeSeq[],
  sockets: IcmpSockets,
  sessionClock: SessionClock,
  emit: (event: ProbeEvent) => void,
  onDone: () => void,
): Prober => {
  const { timeout, count, family, resolveEvery } = options;
  const endpoints = info.endpoints.map((endpoint) => ({ ...endpoint, family, firstSeq: firstSeqs[endpoint.id] ?? 0 }));
  return new Prober(
    { timeout, count, resolveEvery, endpoints },
    {
      clock: monotonicClock,
      sessionClock,
      timers: systemTimers,
      random: systemRandom,
      resolver: systemResolver,
      sockets,
    },
    emit,
    onDone,
  );
};
