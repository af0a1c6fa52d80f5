// export --csv --episodes: a row per episode, as csv-report.ts has rows per epoch, with the same units and guards.

import { stringify } from 'csv-stringify/sync';
import { CODE_WORDS } from '../../diagnosis/wording/names.js';
import type { Episode } from '../../diagnosis/episodes/ledger.js';
import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import type { Zone } from '../../view/wall-clock.js';
import { isoText } from '../../view/wall-clock.js';
import { csvCell, rounded } from './csv-cells.js';

const HEADER = ['from', 'to', 'lasted_s', 'code', 'fault', 'endpoints', 'worst_loss', 'worst_p50_ms', 'outages'];

export type EpisodeRowsContext = {
  endpoints: readonly EndpointInfo[];
  /** The end of the record, where an episode that lasts is cut off. */
  endedAt: UnixMillis;
  clockOffset: Millis;
  zone: Zone;
};

/** The whole table. `to` is empty where the episode lasted when the record ended. */
export const episodeRows = (episodes: readonly Episode[], context: EpisodeRowsContext): string => {
  const { endpoints, endedAt, clockOffset, zone } = context;
  const iso = (at: UnixMillis): string => isoText(at + clockOffset, zone);
  const rows = episodes.map(({ from, to, code, endpoints: ids, worstLoss, worstP50, outages }) => [
    iso(from),
    to === null ? null : iso(to),
    rounded(Math.max(0, (to ?? endedAt) - from) / 1000, 3),
    code,
    CODE_WORDS[code].short,
    csvCell(ids.map((id) => endpoints[id]?.label ?? '').join('; ')),
    rounded(worstLoss, 6),
    rounded(worstP50, 3),
    outages,
  ]);
  return stringify([HEADER]) + stringify(rows, { escape_formulas: true });
};
