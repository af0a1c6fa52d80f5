// All paths that are watched, one for each host that is to have its hops. A reader of the stream of events, by which it
// knows who is watched; what it does about them it does after the event, as the prober may be in the middle of one.

import type { EndpointInfo } from '../../events/endpoint-info.js';
import { EndpointRoster } from '../../events/endpoint-roster.js';
import type { ProbeEvent, ResolvedEvent } from '../../events/events.js';
import type { EventSink } from '../../events/sink.js';
import type { EndpointId, Millis, ProbeSeq } from '../../events/units.js';
import type { TargetAddress } from '../names/endpoint-address.js';
import { BALANCED_HEAD_BYTES } from '../packet/echo-payload.js';
import type { Timers } from '../ports.js';
import type { Prober } from '../prober.js';
import { PathWatch } from './path-watch.js';

/** Whose path, and how its hops are to be probed. */
export type PathPlan = { host: EndpointId; interval: Millis; sizeBytes: number };

/** What a path is watched through. */
export type PathProber = Pick<Prober, 'add' | 'restore' | 'remove' | 'nextId' | 'scout' | 'addressOf' | 'expectMore'>;

export type PathsOptions = {
  timers: Timers;
  /** Those that are watched from the start. */
  endpoints: readonly EndpointInfo[];
  /** By EndpointId: where the sequences of a resumed record go on. */
  firstSeqs: readonly ProbeSeq[];
  /** Ids end below this. */
  mostIds: number;
  /** There is no room for another hop. */
  onFull: () => void;
};

/** Of hops, unless told: a Linux router sends one Time Exceeded a second to each address, and others limit them too. */
export const HOP_INTERVAL: Millis = 1000;

/** The least that a hop's probe can have. */
export const hopSize = (sizeBytes: number): number => Math.max(sizeBytes, BALANCED_HEAD_BYTES);

export class Paths implements EventSink {
  readonly #options: PathsOptions;
  readonly #roster: EndpointRoster;
  /** By host. */
  readonly #paths = new Map<EndpointId, PathWatch>();
  #prober: PathProber | null = null;
  readonly #addresses = new Map<EndpointId, string>();

  constructor(options: PathsOptions) {
    this.#options = options;
    this.#roster = new EndpointRoster(options.endpoints);
  }

  /** To be called when probing has begun, before the first `watch`. */
  begin(prober: PathProber): void {
    this.#prober = prober;
  }

  event(event: ProbeEvent): void {
    this.#roster.apply(event);
    if (event.type === 'resolved') this.#resolved(event);
    else if (event.type === 'removed') this.#removed(event.endpoint);
  }

  close(): Promise<void> {
    for (const path of this.#paths.values()) path.stop();
    return Promise.resolve();
  }

  /** Finds the hops to a host and watches them from now on. Whether that is new. */
  watch({ host, interval, sizeBytes }: PathPlan): boolean {
    const prober = this.#prober;
    if (prober === null || this.#paths.has(host)) return false;
    const { timers } = this.#options;
    const path = new PathWatch({
      scout: prober.scout,
      timers,
      target: () => prober.addressOf(host),
      watch: (target, hops) => this.#watchHop(prober, host, target, { hops, interval, sizeBytes: hopSize(sizeBytes) }),
      forget: (hop) => {
        if (this.#isWatched(hop)) prober.remove(hop);
      },
      onFound: prober.expectMore(),
    });
    this.#paths.set(host, path);
    path.start();
    return true;
  }

  #isWatched(id: EndpointId): boolean {
    return this.#roster.all[id] !== undefined && !this.#roster.isRemoved(id);
  }

  #resolved({ endpoint: id, address }: ResolvedEvent): void {
    const before = this.#addresses.get(id) ?? null;
    if (address === before) return;
    this.#addresses.set(id, address);
    this.#afterEvent(() => {
      this.#paths.get(id)?.hostMoved();
      for (const path of this.#paths.values()) path.routerOf(id, address, before);
    });
  }

  /** The hops of a host that isn't watched any more lead nowhere. */
  #removed(id: EndpointId): void {
    const path = this.#paths.get(id);
    if (path === undefined) return;
    this.#paths.delete(id);
    this.#afterEvent(() => {
      path.stop();
      for (const hop of path.hops) if (this.#isWatched(hop)) this.#prober?.remove(hop);
    });
  }

  #afterEvent(act: () => void): void {
    this.#options.timers.after(0, act);
  }

  #watchHop(
    prober: PathProber,
    host: EndpointId,
    target: TargetAddress,
    { hops, interval, sizeBytes }: { hops: number; interval: Millis; sizeBytes: number },
  ): EndpointId | null {
    const { firstSeqs, mostIds, onFull } = this.#options;
    const former = this.#formerHop(target.text, hops);
    const id = former ?? prober.nextId;
    if (id >= mostIds) {
      onFull();
      return null;
    }
    const plan = {
      id,
      target: target.text,
      label: this.#labelFor(hops, host),
      kind: 'hop' as const,
      place: null,
      hop: hops,
      interval,
      sizeBytes,
      family: target.family,
      firstSeq: firstSeqs[id] ?? 0,
    };
    if (former === null) prober.add(plan);
    else prober.restore(plan);
    return id;
  }

  /** The same hop, where it was watched before, in this run or in the record that it goes on with. */
  #formerHop(target: string, hops: number): EndpointId | null {
    const former = this.#roster.all.find(
      (one) => one.kind === 'hop' && one.hop === hops && one.target === target && this.#roster.isRemoved(one.id),
    );
    return former?.id ?? null;
  }

  #labelFor(hops: number, host: EndpointId): string {
    const labels = new Set(this.#roster.present.map(({ label }) => label));
    const short = `hop ${hops}`;
    if (!labels.has(short)) return short;
    const long = `${short} to ${this.#roster.all[host]?.label ?? ''}`;
    let label = long;
    for (let n = 2; labels.has(label); n++) label = `${long} (${n})`;
    return label;
  }
}
