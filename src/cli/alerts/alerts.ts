// Who is to be told of episodes: of those of the codes wanted, once the bad probes have gone on for 3 s, and again when it
// is over. What ends within 3 s alerts nobody, however late it is found.

import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { Episode } from '../../diagnosis/episodes/ledger.js';
import type { EventSink } from '../../events/sink.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import type { VerdictCode } from '../../events/verdict.js';

const LEAST_LASTING: Millis = 3000;
/** Seconds are judged one by one. */
const LOOK_EVERY: Millis = 1000;

export type Alert = (event: 'begin' | 'end', episode: Episode) => void;

/**
 * A sink that calls `alert`. Episodes from before `startedAt` are the past of a resumed run, and no news.
 * @param codes null for all
 */
export const episodeAlerts = (
  diagnosis: Diagnosis,
  { codes, startedAt }: { codes: ReadonlySet<VerdictCode> | null; startedAt: UnixMillis },
  alert: Alert,
): EventSink => {
  /** The episode that was told of and is not over. */
  let told: Episode | null = null;
  let dueAt: UnixMillis = -Infinity;

  const look = (): void => {
    if (told !== null && told.to !== null) {
      alert('end', told);
      told = null;
    }
    if (told !== null) return;
    const open = diagnosis.episodes.findLast(({ to }) => to === null);
    if (open === undefined || open.lastBadAt < startedAt || open.lastBadAt - open.from < LEAST_LASTING) return;
    if (codes !== null && !codes.has(open.code)) return;
    told = open;
    alert('begin', open);
  };

  return {
    event: (event) => {
      if (event.type === 'sent' && event.at >= dueAt) {
        dueAt = event.at + LOOK_EVERY;
        look();
      } else if (event.type === 'verdict') look();
    },
  };
};
