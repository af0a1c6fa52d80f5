// Who is watched, as session lines and `endpoint` lines say: puts them to the endpoints of the record, and makes the events
// by which readers learn who came, changed and went.

import type { EndpointInfo } from '../events/endpoint-info.js';
import type { EndpointEvent, RemovedEvent } from '../events/events.js';
import type { EndpointId, UnixMillis } from '../events/units.js';
import type { JoinedEndpoint, JoinedEndpoints, Joining } from './joined-endpoints.js';
import { MOST_ENDPOINTS, toMillis } from './lines/line-format.js';
import type { EndpointLine, SessionLine, SessionLine1, UnixSeconds } from './lines/line-format.js';

export type SessionPlace = {
  /** The same run as that of the session line before: it goes on, in a rotated file. */
  isSameRun: boolean;
  startAt: UnixMillis;
  /** The latest instant before this session. */
  endedAt: UnixMillis;
  at: (wall: UnixSeconds) => UnixMillis;
};

export type Called = { gone: RemovedEvent[]; come: EndpointEvent[]; problem: string | null };

export class RollCall {
  /** Those that no event announces: of the first session, and of the sessions of format 1 that follow it. */
  readonly initial: EndpointInfo[] = [];
  readonly #joined: JoinedEndpoints;
  #isFirst = true;

  constructor(joined: JoinedEndpoints) {
    this.#joined = joined;
  }

  /** A session of format 1 names its endpoints; none is ever said to have gone. */
  session1({ endpoints, interval, size }: SessionLine1, { startAt, isSameRun }: SessionPlace): Called {
    this.#isFirst = false;
    const plan = { interval: toMillis(interval), sizeBytes: size };
    const come: EndpointEvent[] = [];
    let leftOut = 0;
    for (const recorded of endpoints) {
      const joining = this.#joined.joinByLabel(recorded, plan, isSameRun);
      if (joining === 'too many') leftOut++;
      else come.push(...this.#told(recorded.id, joining, startAt, true));
    }
    return { gone: [], come, problem: leftOut === 0 ? null : tooMany(leftOut) };
  }

  session2({ endpoints }: SessionLine, { isSameRun, startAt, endedAt, at }: SessionPlace): Called {
    const joined = this.#joined;
    const isInitial = this.#isFirst;
    this.#isFirst = false;
    const [gone, come]: [RemovedEvent[], EndpointEvent[]] = [[], []];
    const here = new Set<EndpointId>();
    let [leftOut, twice] = [0, 0];
    const matches = joined.match(endpoints);
    for (const [i, recorded] of endpoints.entries()) {
      const match = matches[i];
      const wasPresent = match === undefined || joined.list[match]?.present === true;
      const joining = joined.join(recorded, match, isSameRun);
      if (joining === 'too many') leftOut++;
      if (joining === 'same key') twice++;
      const endpoint = joined.endpoint(recorded.id);
      if (joining === 'too many' || joining === 'same key' || endpoint === undefined) continue;
      here.add(endpoint);
      const { removed } = recorded;
      if (removed === undefined || joining === 'new') {
        come.push(...this.#told(recorded.id, joining, isSameRun ? endedAt : startAt, isInitial));
      }
      if (removed === undefined) continue;
      joined.remove(endpoint);
      if (wasPresent) gone.push({ type: 'removed', endpoint, at: at(removed) });
    }
    for (const endpoint of joined.list.keys()) {
      if (!here.has(endpoint) && joined.remove(endpoint)) gone.push({ type: 'removed', endpoint, at: endedAt });
    }
    const problem = twice > 0 ? `${twice} endpoints with a key that another one has left out` : null;
    return { gone, come, problem: leftOut > 0 ? tooMany(leftOut) : problem };
  }

  /** A line of its own within a session. Returns the events, or what is wrong with it. */
  announce(line: EndpointLine, at: UnixMillis): EndpointEvent[] | string {
    const joined = this.#joined;
    const known = joined.endpoint(line.id);
    if (known !== undefined) {
      if (joined.list[known]?.key !== line.key) return 'id is that of another endpoint';
      return this.#told(line.id, joined.change(line, known), at, false);
    }
    const [match] = joined.match([line]);
    const joining = joined.join(line, match, false);
    return joining === 'too many' ? tooMany(1) : this.#told(line.id, joining, at, false);
  }

  #told(id: EndpointId, joining: Joining, at: UnixMillis, mayBeInitial: boolean): EndpointEvent[] {
    const endpoint = this.#joined.endpoint(id);
    if (joining === 'known' || endpoint === undefined) return [];
    const { info } = this.#joined.list[endpoint] as JoinedEndpoint;
    // Ids count up: once one was announced by an event, all that come after it are.
    if (joining === 'new' && mayBeInitial && this.initial.length === endpoint) {
      this.initial.push(info);
      return [];
    }
    return [{ type: 'endpoint', endpoint, info, at }];
  }
}

const tooMany = (leftOut: number): string =>
  `the record has more than ${MOST_ENDPOINTS} endpoints, ${leftOut} of this line left out`;
