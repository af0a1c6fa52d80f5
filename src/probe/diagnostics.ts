// What the prober knows about itself: how late it sent, where the loop stalled, what it had to skip. A monitor that
// blames the network must be able to show that it wasn't itself.

import type { ReceiveClock } from '../events/session-info.js';
import type { Millis } from '../events/units.js';
import type { SocketPair } from './socket-pair.js';
import { LogHistogram } from './log-histogram.js';

export type ProberDiagnostics = {
  /** Send instant minus planned instant. Null before the first slot. */
  latenessP50: Millis | null;
  latenessP99: Millis | null;
  /** Times at which the main thread came over 20 ms late to what it had planned. */
  stalls: number;
  longestStall: Millis;
  missedSlots: number;
  /** Packets that the kernel dropped for want of receive buffer; null where it doesn't tell. */
  overruns: number | null;
  /** Bytes of receive buffer that the kernel gave, the smaller of the families'; null where it doesn't tell. */
  receiveBufferBytes: number | null;
  rejected: number;
  clock: ReceiveClock;
};

export class DiagnosticsRecorder {
  readonly lateness = new LogHistogram();
  stalls = 0;
  longestStall: Millis = 0;
  missedSlots = 0;

  stalled(duration: Millis): void {
    this.stalls++;
    this.longestStall = Math.max(this.longestStall, duration);
  }

  report(sockets: SocketPair, rejected: number): ProberDiagnostics {
    const { lateness, stalls, longestStall, missedSlots } = this;
    return {
      latenessP50: lateness.percentile(50),
      latenessP99: lateness.percentile(99),
      stalls,
      longestStall,
      missedSlots,
      overruns: sockets.overruns(),
      receiveBufferBytes: sockets.receiveBufferBytes(),
      rejected,
      clock: sockets.clock,
    };
  }
}
