// Finds outages in send records: maximal runs of failed probes in order of sending.

import type { ErrorNames } from './error-names.js';
import type { GapList } from './gap-list.js';
import type { Outage } from './outage-ledger.js';
import type { SendRecords } from './send-records.js';
import { isAlive, isFailed } from './state-code.js';
import type { EndpointId } from './units.js';

export const findOutages = (
  endpoint: EndpointId,
  records: SendRecords,
  gaps: GapList,
  errors: ErrorNames,
): Outage[] => {
  const found: Outage[] = [];
  let lost = 0;
  let from = 0;
  let last = 0;
  let error: string | null = null;
  const end = (to: number | null): void => {
    if (lost >= 3 && (to ?? last) - from >= 1000) found.push({ endpoint, from, to, lost, error });
    lost = 0;
    error = null;
  };
  for (let seq = records.oldest; seq < records.next; seq++) {
    const state = records.stateOf(seq);
    const at = records.timeOf(seq);
    if (isAlive(state)) end(at);
    else if (isFailed(state)) {
      if (lost > 0 && gaps.interrupts(last, at)) end(last);
      if (lost === 0) from = at;
      lost++;
      last = at;
      error ??= errors.textOf(records.error[seq & records.mask] as number);
    }
  }
  end(lost > 0 && gaps.interrupts(last, Infinity) ? last : null);
  return found;
};
