// What a report doesn't prove, as far as it applies to this one.

import type { SessionInfo } from '../../../events/session-info.js';
import type { Millis } from '../../../events/units.js';
import { positionOf } from '../../../diagnosis/place/place.js';
import { counted, durationText, widthText } from '../../../view/format.js';
import type { Report } from '../report-model.js';

type Told = Omit<Report, 'limits' | 'worst' | 'days' | 'stretches' | 'causes' | 'episodes' | 'quality' | 'marks'>;

export const limitsOf = (report: Told, { clock }: SessionInfo, clockSteps: number): string[] => {
  const { endpoints, gapTime, gapCount, hasTraffic } = report;
  const sides = endpoints.map((endpoint) => positionOf(endpoint).side);
  const hosts = sides.filter((side) => side === 'beyond').length;
  const has = (side: (typeof sides)[number]): boolean => sides.includes(side);
  const longest = endpoints.reduce<Millis>((most, { interval }) => Math.max(most, interval), 0);
  const limits = [
    'Ping (ICMP echo) was measured, not the traffic of an application. Routers may answer ping late or seldom ' +
      'and still forward well: loss or delay at a router with nothing behind it affected blames nobody here.',
    'Which way a packet was lost, there or back, ping does not tell. ' +
      'It was measured from one place: what others see is not in here.',
  ];
  if (endpoints.length < 2) limits.push('Only one endpoint was watched: whose fault it was cannot be told from that.');
  else if (!has('gateway')) {
    limits.push("No router of one's own was watched: trouble at home and trouble of the line look the same.");
  } else if (!has('provider') && hosts < 2) {
    limits.push("Behind the own router only one host was watched: the provider's fault and the host's look the same.");
  } else if (!has('provider')) {
    limits.push(
      "No router of the provider was watched: the line, the provider and what is behind it aren't told apart.",
    );
  }
  if (!hasTraffic) {
    limits.push("This machine's own traffic is not on record: that it filled the line itself is not ruled out.");
  }
  if (longest > 0) limits.push(`What lasted less than ${widthText(longest)} may have been missed between two probes.`);
  if (gapCount > 0) {
    limits.push(
      `In ${durationText(gapTime)} (${counted(gapCount, 'gap')}) nobody looked: that counts neither as good nor as bad.`,
    );
  }
  limits.push(
    'What lasts for more than an hour becomes the usual state to the verdict, which ends then; ' +
      'what was worse than usual over the whole record is told beside it.',
  );
  if (clock === 'javascript')
    limits.push('Replies were stamped by the program, not by the kernel: RTTs may be too long.');
  limits.push(
    "Times are those of this machine's clock" +
      (clockSteps > 0
        ? `, which was set ${counted(clockSteps, 'time')} meanwhile; shown is how it stood at the end.`
        : '.'),
  );
  limits.push('Percentiles are within 1 % over the whole record, within 2.5 % for parts of it. Counts are exact.');
  return limits;
};
