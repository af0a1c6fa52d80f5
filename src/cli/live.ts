// A live run, from the sockets to the summary: opens what needs privileges, drops them, wires the one stream of events
// to whoever wants it, waits for the end, and leaves terminal and files in order.

import { setPriority } from 'node:os';
import { PLAIN_HOST } from '../events/endpoint-info.js';
import type { ProbeEvent } from '../events/events.js';
import type { SessionInfo } from '../events/session-info.js';
import { ORDINARY_EPOCH } from '../history/epoch-widths.js';
import { applying, fanOut } from '../events/sink.js';
import type { EventSink } from '../events/sink.js';
import { SessionTotals } from '../history/totals/session-totals.js';
import type { Millis, UnixMillis } from '../events/units.js';
import { keepInheritedDescriptors } from '../probe/process/children.js';
import { lowerThreads } from '../probe/process/niceness.js';
import { Prober } from '../probe/prober.js';
import { SessionClock } from '../probe/clock/session-clock.js';
import { watchTraffic } from '../probe/traffic/system-traffic.js';
import {
  monotonicClock,
  systemRandom,
  systemResolver,
  systemRoutes,
  systemTimers,
  systemUptime,
  wallClock,
} from '../probe/system-ports.js';
import type { Resumed } from '../record/lines/session-head.js';
import type { Observer } from '../observer/observer.js';
import type { PreparedObserver } from '../observer/prepared-observer.js';
import { systemZone } from '../view/wall-clock.js';
import { alertSinks } from './alerts/alert-sinks.js';
import type { LiveOptions } from './arguments/live-arguments.js';
import { DiagnosedStream } from './diagnosed-stream.js';
import { diagnosisNews, STATES_LIVE } from './diagnosis-news.js';
import { refuseOpenDebugger } from './process/debugger.js';
import { exitStatus } from './report/exit-status.js';
import { diagnosticsRemark } from './report/diagnostics-remark.js';
import { fittingOutput } from './output/fitting-output.js';
import { EPISODE_COMMAND, Notices, noticeOnStderr } from './output/notices.js';
import { recordSink } from './output/record-sink.js';
import { jsonLines, textLines } from './output/stdout-lines.js';
import { drawOn, observerOf, reportDiagnostics } from './observed.js';
import { lightenEngine } from './light-engine.js';
import { formerEvents, loadPast, NO_PAST } from './past.js';
import type { Past } from './past.js';
import { dropPrivileges, refuseUnreadable, unprivilegedAccount } from './process/privileges.js';
import { RunControl } from './run-control.js';
import { statusPathOf } from './status/status-place.js';
import { watchedPaths } from './watched-paths.js';
import { inMicroseconds } from './output/resolution.js';
import { pictureOf, RunEnd } from './process/run-end.js';
import type { EndReason } from './process/run-end.js';
import { SessionEnd } from './report/session-end.js';
import { resultsOf } from './report/summary-lines.js';
import { say } from './output/say.js';
import { openSockets } from './process/sockets.js';
import type { IcmpSockets } from './process/sockets.js';
import { openStdout, writeWithin } from './output/stdout.js';
import { summaryText } from './report/summary.js';
import { WebStart } from './web/web-start.js';

/** Raised above the observer thread and the programs of a video call, below the kernel's own. */
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
const BELL = '\u0007';
/** sysexits(3): EX_SOFTWARE. */
const CRASHED = 70;

/**
 * Returns the exit status, 70 after a crash.
 * @throws UsageError, StartError, RecordFileError, StatusFileError, TokenFileError or WebError, each before anything is sent
 */
export const runLive = async (
  options: LiveOptions,
  version: string,
  prepared: PreparedObserver | null,
): Promise<number> => {
  const kind = fittingOutput(options.output);
  refuseOpenDebugger();
  keepInheritedDescriptors();
  const account = unprivilegedAccount(options.user, process.env);
  const stdout = openStdout();
  const sockets = openSockets(options);
  raisePriority();
  const view = kind === 'screen' || kind === 'line' ? kind : null;
  if (account !== null) {
    dropPrivileges(account);
    if (view !== null || options.status !== null || options.web !== null) refuseUnreadable(account);
  }
  const statusPath = options.status === null ? null : statusPathOf(options.status.file, account);

  const clock = new SessionClock(monotonicClock, wallClock, systemUptime);
  const info = sessionInfo(options, sockets, clock.startedAt);
  const totals = new SessionTotals(info);
  const sessionEnd = new SessionEnd(info);
  const end = new RunEnd();
  const control = new RunControl({
    defaults: options,
    timeout: options.timeout,
    families: ([4, 6] as const).filter((family) => sockets[family] !== null),
    present: () => totals.present,
    onQuit: (picture) => end.end({ why: 'quit', picture }),
    answer: (answer) => observer?.news(answer),
  });
  const screen = view === 'screen';
  const notices = new Notices((about, message) => {
    observer?.news({ type: 'notice', text: message });
    if (view === null) noticeOnStderr(about, message);
  });
  const web = options.web === null ? null : new WebStart(options.web, version);
  const observer =
    view !== null || statusPath !== null || web !== null
      ? observerOf({
          info,
          now: () => clock.now(),
          prepared,
          end,
          onCommand: control.command,
          onTrouble: (watcher, message) => notices.tell(watcher, message),
          onWeb: (news) => web?.hear(news),
        })
      : null;
  if (observer !== null) {
    await web?.start(observer, end.reason);
    if (!screen) web?.say();
    if (view !== null) drawOn(observer, view, options, end);
    if (screen) web?.show(observer);
    if (statusPath !== null) observer.watch({ type: 'watch', watcher: 'status', options: { path: statusPath } });
  }
  const diagnosed = new DiagnosedStream(info);
  // Only who shows the past has a use for it: totals and record are of this run alone.
  const observing = observer === null ? [] : [observer, diagnosisNews(diagnosed.diagnosis, observer, STATES_LIVE)];
  const past = await loadPastOf(options, info, diagnosed.to(observing), observer);
  for (const problem of past.problems) notices.past.add(problem);
  const { paths, sinks: pathSinks } = watchedPaths(options, {
    info,
    resumed: past.resumed,
    now: () => clock.now(),
    emit: (event) => emit(event),
    onTrouble: (message) => notices.tell('path', message),
  });
  const toStdout = { fd: stdout, onReaderGone: () => end.end({ why: 'reader gone' }) };
  const results = resultsOf(totals, diagnosed.diagnosis, info.startedAt);
  // Of this run alone.
  const others: EventSink[] = [
    applying(totals),
    applying(sessionEnd),
    ...pathSinks,
    ...(options.record === null
      ? []
      : [
          recordSink(options.record, {
            info,
            version,
            resumed: past.resumed,
            results,
            onTrouble: (message) => notices.tell('record', message),
          }),
        ]),
    ...(kind === 'json' ? [jsonLines(info, results, { version, resumed: past.resumed }, toStdout)] : []),
    ...(kind === 'text' ? [textLines(info, options.epoch ?? ORDINARY_EPOCH, toStdout)] : []),
  ];
  if (web !== null) observer?.send({ type: 'message', watcher: 'web', message: { type: 'begin' } });
  const toOthers = fanOut(others);
  for (const event of formerEvents(past, info.startedAt)) toOthers.event(event);
  const stream = diagnosed.to([
    ...others,
    ...observing,
    ...alertSinks(options, {
      diagnosis: diagnosed.diagnosis,
      totals,
      end: sessionEnd,
      startedAt: info.startedAt,
      now: () => clock.now(),
      strike: () => {
        // The thread that draws has the terminal.
        if (view !== null) observer?.news({ type: 'bell' });
        else if (process.stdout.isTTY) void writeWithin(stdout, BELL, 100);
      },
      onTrouble: (message) => notices.tell(EPISODE_COMMAND, message),
    }),
  ]);
  const emit = (event: ProbeEvent): void => stream.event(inMicroseconds(event));
  const prober = createProber(options, info, past.resumed, sockets, clock, emit, () => end.end({ why: 'done' }));
  if (observer !== null && (screen || web !== null)) reportDiagnostics(observer, () => prober.diagnostics);
  if (options.deadline !== null) end.endAfter(options.deadline);
  lightenEngine(
    info.endpoints.map(({ interval }) => interval),
    screen,
  );
  // Those of libuv's pool, which the files above have started.
  lowerThreads(process.pid);
  prober.start();
  paths.begin(prober);
  if (options.path !== null) paths.watch(options.path);
  control.begin({ prober, paths, emit });
  const traffic = options.traffic ? watchTraffic({ ...options, sessionClock: clock, sink: emit }) : null;

  const reason = await end.reason;
  const { diagnostics } = prober;
  prober.stop();
  traffic?.stop();
  const patience = PATIENCE[reason.why];
  await stream.close(patience);
  if (kind !== 'json') {
    const remarks = [diagnosticsRemark(diagnostics), ...notices.past];
    const { callQuality: quality } = diagnosed.diagnosis;
    const about = { end: sessionEnd, episodes: results.episodes(), quality, zone: systemZone, remarks };
    const summary = summaryText(totals, about);
    const result = await writeWithin(stdout, pictureOf(reason) ?? summary, patience);
    if (result.end === 'failed') say(`the summary can't be written (${result.error})`);
  }
  if (reason.why === 'crash') {
    const [first = '', ...trace] = crashText(reason.error).split('\n');
    say(`ended by a bug, please report it: ${first}`, ...trace);
    return CRASHED;
  }
  return exitStatus(totals);
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
  endpoints: options.endpoints.map(({ label, target, kind, family, interval, sizeBytes, place }, id) => ({
    ...PLAIN_HOST,
    kind,
    id,
    label,
    target,
    interval,
    sizeBytes,
    place,
    address: family === null ? null : target,
  })),
});

/** Before the first probe: nothing that is read from a disk may come between two of them. */
const loadPastOf = async (
  options: LiveOptions,
  info: SessionInfo,
  stream: EventSink,
  observer: Observer | null,
): Promise<Past> => {
  if (!options.resume || options.record === null) return NO_PAST;
  const name = options.record;
  const past = await loadPast(name, info, stream, (fraction) => {
    observer?.news({ type: 'progress', progress: { fraction, text: `reading ${name}` } });
  });
  observer?.news({ type: 'progress', progress: null });
  return past;
};

const createProber = (
  options: LiveOptions,
  info: SessionInfo,
  { firstSeqs, keys }: Resumed,
  sockets: IcmpSockets,
  sessionClock: SessionClock,
  emit: (event: ProbeEvent) => void,
  onDone: () => void,
): Prober => {
  const { timeout, count, family, resolveEvery } = options;
  const endpoints = info.endpoints.map((endpoint) => ({ ...endpoint, family, firstSeq: firstSeqs[endpoint.id] ?? 0 }));
  return new Prober(
    { timeout, count, resolveEvery, endpoints, takenIds: keys.length },
    {
      clock: monotonicClock,
      sessionClock,
      timers: systemTimers,
      random: systemRandom,
      resolver: systemResolver,
      routes: systemRoutes,
      sockets,
    },
    emit,
    onDone,
  );
};
