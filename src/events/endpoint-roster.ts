// Who is watched, as the stream tells: the endpoints that a session begins with, those that come later, and which of
// them have been removed. Every reader that needs the list folds the stream by this one.

import type { EndpointInfo } from './endpoint-info.js';
import type { ProbeEvent } from './events.js';
import type { EndpointId } from './units.js';

export class EndpointRoster {
  private readonly infos: EndpointInfo[];
  private readonly removed = new Set<EndpointId>();

  constructor(initial: readonly EndpointInfo[]) {
    this.infos = [...initial];
  }

  /** By EndpointId, the removed ones among them, each as it was told last. */
  get all(): readonly EndpointInfo[] {
    return this.infos;
  }

  /** Those that are watched. */
  get present(): readonly EndpointInfo[] {
    return this.removed.size === 0 ? this.infos : this.infos.filter(({ id }) => !this.removed.has(id));
  }

  isRemoved(id: EndpointId): boolean {
    return this.removed.has(id);
  }

  /** Takes any event. Whether it said something about who is watched. */
  apply(event: ProbeEvent): boolean {
    if (event.type === 'endpoint') {
      // Ids count up by one: one further ahead was never announced, and means nothing.
      if (event.endpoint > this.infos.length) return false;
      this.infos[event.endpoint] = event.info;
      this.removed.delete(event.endpoint);
      return true;
    }
    if (event.type !== 'removed' || this.infos[event.endpoint] === undefined) return false;
    this.removed.add(event.endpoint);
    return true;
  }
}
