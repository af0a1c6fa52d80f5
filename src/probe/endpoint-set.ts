// The endpoints of a run by id: those that are probed, and for a while those that were, because what is in flight when an
// endpoint is removed settles as ever. Ids are never used again, so nothing that arrives can mean another endpoint.

import type { ProbeEvent } from '../events/events.js';
import type { EndpointId, Millis, ProbeSeq } from '../events/units.js';
import { Destinations } from './destinations.js';
import { MOST_ENDPOINT_IDS } from './endpoint-plan.js';
import type { EndpointPlan, ProbePlan } from './endpoint-plan.js';
import { EndpointProber } from './endpoint-prober.js';
import { EndpointAddress } from './names/endpoint-address.js';
import type { AddressSource, TargetAddress } from './names/endpoint-address.js';
import type { Identity } from './packet/echo-payload.js';
import type { Family, ProberPorts } from './ports.js';
import { GatewayAddress } from './route/gateway-address.js';
import { ProviderAddress } from './route/provider-address.js';
import { SCOUT_BYTES, SCOUT_ID, Scouts } from './route/scouts.js';
import { wellKnown } from './route/well-known.js';

/** So long, or the timeout if that is longer, a late reply to an endpoint that was removed still counts. */
const REMEMBERED_AFTER_REMOVAL: Millis = 60_000;

export type EndpointSetOptions = Omit<ProberPorts, 'random'> &
  Pick<ProbePlan, 'timeout' | 'resolveEvery' | 'takenIds'> & {
    identities: Readonly<Record<Family, Identity>>;
    sink: (event: ProbeEvent) => void;
  };

export class EndpointSet {
  readonly destinations = new Destinations();
  /** Probes that look for routers. */
  readonly scouts: Scouts;
  readonly #options: EndpointSetOptions;
  readonly #byId = new Map<EndpointId, EndpointProber>();
  /** When each of those that were removed may be forgotten. */
  readonly #removed = new Map<EndpointId, Millis>();
  /** Of those that were forgotten: the sequence to go on with. */
  readonly #nextSeqs = new Map<EndpointId, ProbeSeq>();
  #nextId: EndpointId = 0;

  constructor(options: EndpointSetOptions) {
    this.#options = options;
    const { identities, sockets, timers } = options;
    const { destinations, waits } = this;
    this.scouts = new Scouts({ identities, sockets, timers, destinations, waits });
  }

  /** The least id that the next one may have. */
  get nextId(): EndpointId {
    return Math.max(this.#nextId, this.#options.takenIds ?? 0);
  }

  /** How many are probed. */
  get size(): number {
    return this.#byId.size - this.#removed.size;
  }

  get(id: EndpointId): EndpointProber | undefined {
    return this.#byId.get(id);
  }

  /** All that may still be answered. */
  all(): Iterable<EndpointProber> {
    return this.#byId.values();
  }

  /** Those that are probed. */
  present(): EndpointProber[] {
    return [...this.#byId.values()].filter(({ id }) => !this.#removed.has(id));
  }

  /** @throws RangeError if the id is not that of an endpoint that is probed */
  mustGet(id: EndpointId): EndpointProber {
    const endpoint = this.#byId.get(id);
    if (endpoint === undefined || this.#removed.has(id)) throw new RangeError(`endpoint ${id}: there is none`);
    return endpoint;
  }

  /** @throws RangeError if the id was used before, or has more than 16 bits */
  create(plan: EndpointPlan): EndpointProber {
    const { id } = plan;
    if (id < this.#nextId) throw new RangeError(`endpoint ${id}: that id has been used`);
    if (id >= MOST_ENDPOINT_IDS) throw new RangeError(`endpoint ${id}: ids end at ${MOST_ENDPOINT_IDS - 1}`);
    this.#nextId = id + 1;
    return this.#make(plan);
  }

  /**
   * Probes one that was removed, of this run or of the record that it goes on with: it has its old id, and its sequence
   * goes on.
   * @throws RangeError if that id is nobody's, or that of one that is probed
   */
  restore(plan: EndpointPlan): EndpointProber {
    const { id } = plan;
    const known = this.#byId.get(id);
    if (known !== undefined) {
      if (!this.#removed.delete(id)) throw new RangeError(`endpoint ${id}: it is probed already`);
      known.change(plan);
      return known;
    }
    if (id >= this.nextId) throw new RangeError(`endpoint ${id}: there was none`);
    return this.#make({ ...plan, firstSeq: this.#nextSeqs.get(id) ?? plan.firstSeq ?? 0 });
  }

  remove(endpoint: EndpointProber): void {
    const { clock, timeout } = this.#options;
    endpoint.retire();
    this.#removed.set(endpoint.id, clock.now() + Math.max(REMEMBERED_AFTER_REMOVAL, timeout));
  }

  /** Lets go of those whose time has come. */
  forgetRemoved(now: Millis): void {
    for (const [id, until] of this.#removed) {
      if (until > now) continue;
      this.#nextSeqs.set(id, this.#byId.get(id)?.nextSeq ?? 0);
      this.#removed.delete(id);
      this.#byId.delete(id);
    }
  }

  /** Whether that probe is in flight. */
  readonly waits = (id: EndpointId, seq: ProbeSeq): boolean =>
    id === SCOUT_ID ? this.scouts.waits(seq) : (this.#byId.get(id)?.waits(seq) ?? false);

  /** When that probe was sent, monotonic; Infinity where there is no such endpoint. */
  sentAt(id: EndpointId, seq: ProbeSeq): Millis {
    return this.#byId.get(id)?.sentAt(seq) ?? Infinity;
  }

  /** Payload bytes that this probe was sent with; Infinity where there is no such endpoint. */
  readonly sentSize = (id: EndpointId, seq: ProbeSeq): number =>
    id === SCOUT_ID ? SCOUT_BYTES : (this.#byId.get(id)?.sentSize(seq) ?? Infinity);

  /** Whether that endpoint's probes have a balanced checksum: those that are to take one way. */
  readonly isBalanced = (id: EndpointId): boolean => id === SCOUT_ID || (this.#byId.get(id)?.isHop ?? false);

  #make(plan: EndpointPlan): EndpointProber {
    const { timeout, clock, sessionClock, sockets, identities, sink } = this.#options;
    const { destinations, waits } = this;
    const shared = { timeout, clock, sessionClock, sockets, identities, sink, destinations, waits };
    const endpoint = new EndpointProber({ plan, address: this.#addressOf(plan), ...shared });
    this.#byId.set(plan.id, endpoint);
    return endpoint;
  }

  #addressOf({ id, target, family, hop }: EndpointPlan): AddressSource {
    const { clock, sessionClock, timers, resolver, sockets, resolveEvery, sink, routes } = this.#options;
    const usable = ([4, 6] as const).filter((one) => sockets[one] !== null);
    const families = family === null ? usable : usable.filter((one) => one === family);
    const known = wellKnown(target);
    const towards = known?.addresses ?? null;
    if (known?.kind === 'provider' && towards !== null) {
      return new ProviderAddress({ routes, families, towards, scout: this.scouts.ask, clock, timers });
    }
    const onChange = ({ text, hops }: TargetAddress): void => {
      // Of a hop it is the router that has an address, and only its answers tell which.
      if (hops === null) sink({ type: 'resolved', endpoint: id, address: text, at: sessionClock.now() });
    };
    if (known?.kind === 'gateway') return new GatewayAddress({ routes, families, timers, onChange });
    return new EndpointAddress({
      target,
      family,
      hops: hop,
      usable,
      resolveEvery,
      clock,
      timers,
      resolver: towards === null ? resolver : { resolve: (_, forced) => Promise.resolve(addressesOf(towards, forced)) },
      onChange,
    });
  }
}

const addressesOf = (of: Readonly<Record<Family, string>>, forced: Family | null): readonly string[] =>
  forced === null ? [of[4], of[6]] : [of[forced]];
