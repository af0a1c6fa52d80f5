// The routers on the way to one host, watched as hops: finds them, and follows the path as it becomes longer, shorter or
// another one. Routers answer few probes that have outlived their time (Linux: one a second to each address), so those that
// are watched are not asked besides: only the target is, at the distance where it was found.

import type { EndpointId, Millis } from '../../events/units.js';
import type { TargetAddress } from '../names/endpoint-address.js';
import type { TimerHandle, Timers } from '../ports.js';
import { findPath } from '../route/path-finder.js';
import type { FoundHop } from '../route/path-finder.js';
import type { Scout } from '../route/scouts.js';

/** How often the target is looked for at its distance; and the path, while nobody on it has answered. */
const LOOK_EVERY: Millis = 10_000;
/** How often what is behind the last hop is looked for where the target itself keeps silent. */
const SILENT_EVERY: Millis = 60_000;
/** So many looks in a row that nobody answers: the target is lost, or behind a router that keeps silent. */
const UNANSWERED = 2;

export type PathWatchOptions = {
  scout: Scout;
  timers: Timers;
  /** Where the host's probes go at present, null while that isn't known. */
  target: () => TargetAddress | null;
  /** Watches the router so many hops away as an endpoint; null where there is no room for another. */
  watch: (target: TargetAddress, hops: number) => EndpointId | null;
  /** Watches it no more. */
  forget: (hop: EndpointId) => void;
  /** The first search is over, or there will be none; may be called more than once. */
  onFound: () => void;
};

export class PathWatch {
  readonly #options: PathWatchOptions;
  /** By distance. One that the user has removed stays in it, so that it isn't found anew. */
  readonly #hops = new Map<number, EndpointId>();
  #target: TargetAddress | null = null;
  /** Where the target has answered, null while it hasn't. */
  #distance: number | null = null;
  /** Counts searches, so that one that has been overtaken is not listened to. */
  #search = 0;
  #isFinding = false;
  #isUnresolved = false;
  /** Looks at the end of the path that nobody has answered, in a row. */
  #unanswered = 0;
  #timer: TimerHandle | null = null;

  constructor(options: PathWatchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#look();
  }

  /** The hops are left as they are. */
  stop(): void {
    this.#search++;
    this.#timer?.cancel();
    this.#options.onFound();
  }

  /** Those that are watched, nearest first. */
  get hops(): readonly EndpointId[] {
    return [...this.#hops].sort(([a], [b]) => a - b).map(([, id]) => id);
  }

  /** Who answers for a hop now, and who did before; null where nobody had. */
  routerOf(hop: EndpointId, address: string, before: string | null): void {
    const at = [...this.#hops].find(([, id]) => id === hop)?.[0];
    if (at === undefined) return;
    // Where the target itself answers, the path is over.
    if (address === this.#target?.canonical) this.#endAt(at);
    else if (before !== null && !this.#isFinding) this.#look();
  }

  /** The host's probes may go elsewhere now. */
  hostMoved(): void {
    if (this.#options.target()?.canonical !== this.#target?.canonical) this.#look();
  }

  #look(): void {
    const target = this.#options.target();
    if (target !== null && target.canonical !== this.#target?.canonical) this.#beginAnew(target);
    const from = this.#distance;
    if (target === null) this.#awaitTarget();
    else if (from === null) void this.#find(target, 1 + Math.max(0, ...this.#hops.keys()));
    else void this.#lookAtEnd(target, from);
  }

  /** Its name isn't resolved. Whoever waits for the path has waited long enough the second time. */
  #awaitTarget(): void {
    if (this.#isUnresolved) this.#options.onFound();
    this.#isUnresolved = true;
    this.#lookAgainIn(LOOK_EVERY);
  }

  #beginAnew(target: TargetAddress): void {
    this.#target = target;
    this.#distance = null;
    this.#removeFrom(0);
  }

  async #lookAtEnd(target: TargetAddress, distance: number): Promise<void> {
    const search = ++this.#search;
    const answer = await this.#options.scout({ ...target, hops: distance });
    if (search !== this.#search) return;
    this.#unanswered = answer === null ? this.#unanswered + 1 : 0;
    // A router in its place, perhaps a silent one: the path has become longer.
    const isLonger = answer === null ? this.#unanswered >= UNANSWERED : !answer.reached;
    if (isLonger) void this.#find(target, distance);
    else this.#lookAgainIn(LOOK_EVERY);
  }

  /** `first`: the nearest hop that is to be found. */
  async #find(target: TargetAddress, first: number): Promise<void> {
    const { scout, onFound } = this.#options;
    const search = ++this.#search;
    this.#isFinding = true;
    this.#unanswered = 0;
    const onHop = ({ hops, reached }: FoundHop): boolean => {
      if (search !== this.#search) return true;
      if (reached) this.#endAt(hops);
      else this.#watch(target, hops);
      return false;
    };
    const end = await findPath(scout, target, first, onHop);
    if (search !== this.#search) return;
    this.#isFinding = false;
    onFound();
    this.#lookAgainIn(end === 'reached' || this.#hops.size === 0 ? LOOK_EVERY : SILENT_EVERY);
  }

  #watch(target: TargetAddress, hops: number): void {
    if (this.#hops.has(hops)) return;
    const id = this.#options.watch(target, hops);
    if (id !== null) this.#hops.set(hops, id);
  }

  #endAt(distance: number): void {
    this.#distance = distance;
    this.#removeFrom(distance);
  }

  #removeFrom(first: number): void {
    for (const [hops, id] of this.#hops) {
      if (hops < first) continue;
      this.#hops.delete(hops);
      this.#options.forget(id);
    }
  }

  #lookAgainIn(delay: Millis): void {
    this.#timer?.cancel();
    this.#timer = this.#options.timers.after(delay, () => this.#look());
  }
}
