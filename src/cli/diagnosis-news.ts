// Tells the observer what the diagnosis knows and no event says. Episodes: with each verdict those that it may have begun,
// changed or ended, and now and then how the one that lasts is getting on. And what RTT is usual at each endpoint, and what
// a call would be like.

import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { EventSink } from '../events/sink.js';
import type { Millis, UnixMillis } from '../events/units.js';
import type { Observer } from '../observer/observer.js';

/** An episode that is back within a minute is the same; so far back one may still change, with some to spare. */
const MAY_CHANGE: Millis = 120_000;
/** The ledger measures an episode that lasts so often. */
const REFRESH_EVERY: Millis = 5000;

export type DiagnosisNews = EventSink & {
  /** At the end of a record: how the endpoints are by then. */
  tellStates: () => void;
};

/** Live: as often as a second is judged. Of a record that is being read nobody looks at what was in between. */
export const STATES_LIVE: Millis = 1000;
export const STATES_OF_PAST: Millis = 60_000;

/**
 * A sink that must come behind the observer's own.
 * @param statesEvery how much of the session's time passes before the states are told anew
 */
export const diagnosisNews = (diagnosis: Diagnosis, observer: Observer, statesEvery: Millis): DiagnosisNews => {
  let statesDueAt: UnixMillis = -Infinity;
  let statesTold = '';
  let dueAt: UnixMillis = -Infinity;
  let usualTold = '';
  let qualityTold = '';
  const tellEpisodes = (at: UnixMillis): void => {
    const { episodes } = diagnosis;
    let first = episodes.length;
    while (first > 0 && (episodes[first - 1]?.to ?? Infinity) >= at - MAY_CHANGE) first--;
    if (first < episodes.length) observer.news({ type: 'episodes', episodes: episodes.slice(first) });
  };
  const tellUsual = (): void => {
    const usual = diagnosis.endpoints.map(({ id }) => [id, diagnosis.endpoint(id)?.usualP50 ?? null] as const);
    const text = usual.map(([id, p50]) => `${id} ${p50?.toPrecision(2)}`).join();
    if (text === usualTold) return;
    usualTold = text;
    observer.news({ type: 'usual', p50: usual });
  };
  const tellQuality = (): void => {
    const { callQuality: quality } = diagnosis;
    const each = diagnosis.endpoints.map(({ id }) => [id, diagnosis.endpoint(id)?.quality ?? null] as const);
    const text = each.map(([id, one]) => `${id} ${one?.r.toFixed(1)}`).join() + quality?.endpoint;
    if (text === qualityTold) return;
    qualityTold = text;
    observer.news({ type: 'call quality', quality, each });
  };
  const tellStates = (): void => {
    const byEndpoint = diagnosis.endpoints.flatMap(({ id }) => {
      const state = diagnosis.endpoint(id);
      return state === null ? [] : [[id, state] as const];
    });
    const text = JSON.stringify(byEndpoint);
    if (text === statesTold) return;
    statesTold = text;
    observer.news({ type: 'states', states: byEndpoint });
  };
  return {
    tellStates: () => {
      tellStates();
      tellQuality();
    },
    event: (event) => {
      if (event.type === 'sent' && event.at >= statesDueAt) {
        statesDueAt = event.at + statesEvery;
        tellStates();
        tellQuality();
      }
      if (event.type === 'verdict') tellEpisodes(event.at);
      else if (event.type === 'sent' && event.at >= dueAt) {
        dueAt = event.at + REFRESH_EVERY;
        if (diagnosis.episodes.at(-1)?.to === null) tellEpisodes(event.at);
        tellUsual();
      }
    },
  };
};
