// The screen as an output of the run: events go to it, quit and marks come back.

import type { Millis } from '../../events/units.js';
import type { ProberDiagnostics } from '../../probe/diagnostics.js';
import type { Diagnostics } from '../../tui/protocol.js';
import { openScreen } from '../../tui/screen.js';
import type { Output, OutputContext, RunHandle } from './output.js';

/** How often the prober's account of itself goes to the screen. */
const DIAGNOSE_EVERY: Millis = 1000;

export const screenOutput = ({ info, options, end, clock, prepared }: OutputContext): Output => {
  let run: RunHandle | null = null;
  const screen = openScreen({
    info,
    epoch: options.epoch,
    mode: 'live',
    stdin: process.stdin,
    stdout: process.stdout,
    env: process.env,
    ascii: options.ascii,
    now: () => clock.now(),
    ...(prepared === null ? {} : { prepared }),
    onQuit: () => end.end({ why: 'quit' }),
    onHangup: () => end.end({ why: 'reader gone' }),
    // The screen reckons with what the user typed: nothing that is no number may enter the stream.
    onMark: (text, at) => {
      if (Number.isFinite(at)) run?.emit({ type: 'mark', at, text });
    },
    onCrash: (error) => end.end({ why: 'crash', error }),
  });
  const diagnose = setInterval(() => {
    if (run !== null) screen.diagnostics(forScreen(run.diagnostics()));
  }, DIAGNOSE_EVERY);
  return {
    begin: (handle) => {
      run = handle;
    },
    event: (event) => screen.events(event),
    past: (event) => screen.events(event),
    progress: (progress) => screen.progress(progress),
    notice: (message) => screen.notice(message),
    close: async () => {
      clearInterval(diagnose);
      await screen.close();
    },
  };
};

const forScreen = (diagnostics: ProberDiagnostics): Diagnostics => ({
  sendLateP50: diagnostics.latenessP50,
  sendLateP99: diagnostics.latenessP99,
  stalls: diagnostics.stalls,
  longestStall: diagnostics.longestStall,
  missedSlots: diagnostics.missedSlots,
  receiveOverruns: diagnostics.overruns ?? 0,
  rejected: diagnostics.rejected,
});
