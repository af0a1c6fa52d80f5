// Interarrival jitter as RFC 3550 defines it (section 6.4.1 and appendix A.8): a running mean of |differences| with
// gain 1/16. The RFC compares the transit times of packets in order of arrival; here it is the round-trip times of
// answered probes in order of sending, so that a replayed session gives the same number.

import { toMillis } from '../../events/rtt/micros.js';
import type { SendRecords } from '../probe-log/send-records.js';
import { ANSWERED } from '../../events/state-code.js';
import type { Millis, ProbeSeq } from '../../events/units.js';

const GAIN = 1 / 16;

export class Rfc3550Jitter {
  private jitter = 0;
  private last = -1;
  private pairs = 0;

  /** Null with fewer than two RTTs. */
  get value(): Millis | null {
    return this.pairs === 0 ? null : toMillis(this.jitter);
  }

  /** Goes on with the answered probes of [from, to) that are not uncertain. */
  addRecords(records: SendRecords, from: ProbeSeq, to: ProbeSeq): void {
    for (let seq = from; seq < to; seq++) {
      const slot = seq & records.mask;
      // The flag of an uncertain RTT would make it another number.
      if (records.state[slot] === ANSWERED) this.add(records.rtt[slot] as number);
    }
  }

  copy(): Rfc3550Jitter {
    const copy = new Rfc3550Jitter();
    copy.jitter = this.jitter;
    copy.last = this.last;
    copy.pairs = this.pairs;
    return copy;
  }

  private add(micros: number): void {
    if (this.last >= 0) {
      this.jitter += (Math.abs(micros - this.last) - this.jitter) * GAIN;
      this.pairs++;
    }
    this.last = micros;
  }
}
