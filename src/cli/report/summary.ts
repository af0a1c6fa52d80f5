// What stands on the normal screen after the run: whose fault it was and when, then per endpoint what it added up to, then
// the outages.

import { callWords } from '../../diagnosis/wording/call-words.js';
import type { Episode } from '../../diagnosis/episodes/ledger.js';
import type { EndpointTotals, SessionTotals } from '../../history/totals/session-totals.js';
import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { EndpointId, UnixMillis } from '../../events/units.js';
import type { WorstCallQuality } from '../../events/verdict.js';
import { intervalsText, planText, plansDiffer } from '../../view/endpoint-text.js';
import { counted, durationText, lossText, preciseRttText, widthText } from '../../view/format.js';
import { episodeLine, episodesToday, episodeWords } from '../../view/verdict/episode-text.js';
import { errorText, ledgerEventText } from '../../view/outage-text.js';
import { inPathOrder } from '../../view/path/path-of.js';
import { printable } from '../../view/text.js';
import { instantText, localOf } from '../../view/wall-clock.js';
import type { LocalMillis, Zone } from '../../view/wall-clock.js';
import { otherStates } from './other-states.js';
import { STATISTIC_VIEWS } from '../../view/statistics.js';
import type { SessionEnd } from './session-end.js';

/** Of a long list of episodes or outages, the newest. */
const EPISODES_SHOWN = 20;
const OUTAGES_SHOWN = 20;
const EVENTS_SHOWN = 20;

export type SummaryContext = {
  end: SessionEnd;
  episodes: readonly Episode[];
  /** What a call would have been like at the end; null where that can't be told. */
  quality: WorstCallQuality | null;
  zone: Zone;
  /** Lines about the run itself: the prober's account of itself, trouble with the record. */
  remarks: readonly string[];
};

export const summaryText = (totals: SessionTotals, context: SummaryContext): string => {
  const { info } = totals;
  const endpoints = outward(totals);
  const whole = durationText(context.end.at - context.end.startedAt);
  const every = endpoints.length === 0 ? '' : `  every ${intervalsText(endpoints)}`;
  const differ = plansDiffer(endpoints);
  const lines = [
    `pingem  ${whole}${every}  timeout ${widthText(info.timeout)}`,
    ...episodeLines(totals, context),
    ...qualityLines(totals, context),
    ...endpoints.flatMap((endpoint) => endpointLines(endpoint, totals.endpoint(endpoint.id), differ, context)),
    ...outageLines(totals, context),
    ...eventLines(totals, context),
    ...context.remarks,
  ];
  return `${lines.join('\n')}\n`;
};

/** Hops in front of the host that they lead to. */
const outward = (totals: SessionTotals): readonly EndpointInfo[] => {
  const { told, endpoints } = totals;
  if (!told.some(({ kind }) => kind === 'hop')) return told;
  const placed = endpoints.map((info) => {
    const { lastAddress, removedAt } = totals.endpoint(info.id);
    return { info, address: lastAddress, isRemoved: removedAt !== null };
  });
  return inPathOrder(
    placed,
    told.map(({ id }) => id),
  ).flatMap((id) => endpoints[id] ?? []);
};

const episodeLines = (totals: SessionTotals, { end, episodes, zone }: SummaryContext): string[] => {
  if (episodes.length === 0) return [];
  const local = (at: UnixMillis): LocalMillis => localOf(at + end.clockOffset, zone);
  const nameOf = (id: EndpointId): string => printable(totals.endpoints[id]?.label ?? '', true);
  const shown = episodes.slice(-EPISODES_SHOWN);
  const lines = shown.map((episode) => `  ${episodeLine(episodeWords(episode, end.at, local, nameOf))}`);
  const today = `${episodesToday(episodes, end.at, local)} on the last day`;
  const head = lines.length < episodes.length ? `the newest ${lines.length} of ${episodes.length}` : episodes.length;
  return [`episodes: ${head}, ${today}`, ...lines];
};

/** Of the last minute: what it is about is a call now, not the whole run. */
const qualityLines = (totals: SessionTotals, { quality }: SummaryContext): string[] =>
  quality === null
    ? []
    : [`at the end  ${callWords(quality, printable(totals.endpoints[quality.endpoint]?.label ?? '', true))}`];

/** @param differ whether each has to say how it was probed */
const endpointLines = (
  endpoint: EndpointInfo,
  all: EndpointTotals,
  differ: boolean,
  { end, zone }: SummaryContext,
): string[] => {
  const { counts, removedAt } = all;
  const local = (at: UnixMillis): LocalMillis => localOf(at + end.clockOffset, zone);
  const title = [
    nameOf(endpoint, all.lastAddress),
    ...(differ ? [planText(endpoint)] : []),
    ...(removedAt === null ? [] : [`removed ${instantText(local(removedAt), local(end.at))}`]),
  ].join('  ');
  const beside: [string, number][] = [
    ['duplicate', all.duplicates],
    ['rejected', all.rejected],
  ];
  const shown = [...otherStates(counts), ...beside.filter(([, count]) => count > 0)];
  const others = shown.map(([name, count]) => `  ${name} ${count}`).join('');
  const head = `  ${counted(all.slots, 'probe')}  answered ${counts.answered}${others}  loss ${lossText(all.loss)}`;
  const texts = STATISTIC_VIEWS.map(({ statistic, caption }) => `${caption} ${preciseRttText(all[statistic])}`);
  const times = texts.filter((_, i) => STATISTIC_VIEWS[i]?.statistic !== 'jitter').join('  ');
  const jitter = `jitter ${preciseRttText(all.jitter)}  rfc3550 ${preciseRttText(all.rfc3550Jitter)}`;
  // Two lines, because all of it is wider than 80 columns.
  const answered = all.min === null ? [] : [`  ${times} ms`, ...(all.jitter === null ? [] : [`  ${jitter} ms`])];
  return [title, head, ...answered];
};

const nameOf = ({ kind, label, target }: EndpointInfo, address: string | null): string => {
  if (kind === 'hop') return printable(`${label} (${address ?? 'silent'}, on the way to ${target})`, true);
  const others = [...new Set([target, address])]
    .filter((name) => name !== null && name !== label)
    .map((name) => printable(name ?? '', true));
  return others.length === 0 ? printable(label, true) : `${printable(label, true)} (${others.join(', ')})`;
};

const outageLines = (totals: SessionTotals, { end: { at: endedAt, clockOffset }, zone }: SummaryContext): string[] => {
  const outages = totals.outages.list();
  if (outages.length === 0) return [];
  const today = localOf(endedAt + clockOffset, zone);
  const instant = (at: UnixMillis): string => instantText(localOf(at + clockOffset, zone), today);
  const lines = outages.slice(-OUTAGES_SHOWN).map(({ endpoint, from, to, lost, error }) => {
    const end = to === null ? 'the end' : instant(to);
    const lasted = durationText((to ?? endedAt) - from);
    const cause = error === null ? '' : `  ${printable(errorText(error), true)}`;
    const label = printable(totals.endpoints[endpoint]?.label ?? '', true);
    return `  ${label}  ${instant(from)} to ${end}  ${lasted}, ${counted(lost, 'probe')}${cause}`;
  });
  const left = outages.length - lines.length;
  return [left > 0 ? `outages, the newest ${lines.length} of ${outages.length}` : 'outages', ...lines];
};

/**
 * Marks, gaps, changed addresses, steps of the clock, who came and went. First addresses, short stalls and whoever had gone
 * before the session began are no news.
 */
const eventLines = (totals: SessionTotals, { end, zone }: SummaryContext): string[] => {
  const today = localOf(end.at + end.clockOffset, zone);
  const nameOf = (id: EndpointId): string => printable(totals.endpoints[id]?.label ?? '', true);
  const events = totals.outages.events.filter(
    (event) =>
      !(event.type === 'address' && event.before === null) &&
      !(event.type === 'gap' && event.reason === 'stall') &&
      !((event.type === 'added' || event.type === 'removed') && event.at <= end.startedAt),
  );
  if (events.length === 0) return [];
  const lines = events.slice(-EVENTS_SHOWN).map((event) => {
    const { what, text } = ledgerEventText(event, nameOf);
    return `  ${instantText(localOf(event.at + end.clockOffset, zone), today)}  ${what}  ${printable(text, true)}`.trimEnd();
  });
  return ['events', ...lines];
};
