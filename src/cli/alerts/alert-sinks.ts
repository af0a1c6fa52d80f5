// What the options --bell, --on-episode and --alert-on come to, as sinks of a live run.

import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { EventSink } from '../../events/sink.js';
import type { EndpointId, UnixMillis } from '../../events/units.js';
import type { SessionTotals } from '../../history/totals/session-totals.js';
import { systemZone } from '../../view/wall-clock.js';
import type { LiveOptions } from '../arguments/live-arguments.js';
import type { SessionEnd } from '../report/session-end.js';
import { episodeAlerts } from './alerts.js';
import { ring } from './bell.js';
import { EpisodeCommand } from './episode-command.js';
import { episodeVariables } from './episode-variables.js';

export type AlertSurroundings = {
  diagnosis: Diagnosis;
  /** Of the run; they must have had each event before the alerts have. */
  totals: SessionTotals;
  end: SessionEnd;
  startedAt: UnixMillis;
  now: () => UnixMillis;
  /** Rings the bell once. */
  strike: () => void;
  /** What is wrong with the command, null when it works again. */
  onTrouble: (message: string | null) => void;
};

export const alertSinks = (options: LiveOptions, around: AlertSurroundings): EventSink[] => {
  const { bell, onEpisode, alertOn } = options;
  const { diagnosis, totals, end, startedAt, now, strike, onTrouble } = around;
  const wanted = { codes: alertOn, startedAt };
  const labelOf = (id: EndpointId): string => totals.endpoints[id]?.label ?? '';
  const sinks: EventSink[] = [];
  if (bell) sinks.push(episodeAlerts(diagnosis, wanted, (event) => ring(event, strike)));
  if (onEpisode !== null) {
    const command = new EpisodeCommand(onEpisode, onTrouble);
    const alerts = episodeAlerts(diagnosis, wanted, (event, episode) => {
      const context = { labelOf, now: now(), clockOffset: end.clockOffset, zone: systemZone };
      command.run(episodeVariables(event, episode, context));
    });
    sinks.push({ ...alerts, close: () => Promise.resolve(command.close()) });
  }
  return sinks;
};
