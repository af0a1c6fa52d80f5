// What the run says about itself in the summary: whether its own numbers can be believed.

import type { ProberDiagnostics } from '../../probe/diagnostics.js';
import { counted, preciseRttText } from '../../view/format.js';

export const diagnosticsRemark = (diagnostics: ProberDiagnostics): string => {
  const { latenessP50, latenessP99, stalls, longestStall, missedSlots, overruns, clock } = diagnostics;
  const time = [
    `${clock} clock`,
    `sent late by p50 ${preciseRttText(latenessP50)}, p99 ${preciseRttText(latenessP99)} ms`,
  ];
  const gaps = [
    stalls === 0 ? 'no stalls' : `${counted(stalls, 'stall')}, the longest ${preciseRttText(longestStall)} ms`,
    `${counted(missedSlots, 'slot')} missed`,
    ...(overruns === null ? [] : [`${counted(overruns, 'packet')} dropped`]),
  ];
  // Two lines, because all of it is wider than 80 columns.
  return `self: ${time.join('; ')}\n      ${gaps.join('; ')}`;
};
