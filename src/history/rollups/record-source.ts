// Send records as what the 5 s rollups are made from.

import type { RollupSource } from './rollup-level.js';
import type { SendRecords } from '../probe-log/send-records.js';
import type { Tally } from '../statistics/tally.js';
import type { ProbeSeq, UnixMillis } from '../../events/units.js';

export class RecordSource implements RollupSource {
  wholeFrom: UnixMillis = -Infinity;
  private readonly records: SendRecords;

  constructor(records: SendRecords) {
    this.records = records;
  }

  addWhole(from: UnixMillis, to: UnixMillis, tally: Tally): void {
    const first = this.records.lowerBound(from);
    tally.addRecords(this.records, first, this.records.lowerBound(to, first));
  }

  addSpan(from: UnixMillis, to: UnixMillis, tally: Tally): void {
    if (from < to) this.addWhole(from, to, tally);
  }

  seqAt(at: UnixMillis): ProbeSeq {
    return this.records.lowerBound(at);
  }
}
