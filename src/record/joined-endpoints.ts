// The endpoints of a record, those of all its sessions put together: which of them a session means by its ids, where its
// sequences stand, and who is watched. Format 2 joins them by their keys, format 1 by target and label.

import { isSameEndpoint, PLAIN_HOST } from '../events/endpoint-info.js';
import type { EndpointInfo } from '../events/endpoint-info.js';
import type { EndpointId, ProbeSeq } from '../events/units.js';
import { keyStart } from './lines/endpoint-keys.js';
import { MOST_ENDPOINTS, toMillis } from './lines/line-format.js';
import type { RecordedEndpoint, SessionLine1 } from './lines/line-format.js';

export type JoinedEndpoint = {
  /** As it was told last. */
  info: EndpointInfo;
  /** Null while only sessions of format 1 have had it. */
  key: string | null;
  present: boolean;
};

/** What the session that is being read calls endpoint n. */
type Mapping = { endpoint: EndpointId; seqShift: number };

/** Of an endpoint in a session line or a line of its own. */
export type Joining = 'new' | 'changed' | 'known' | 'too many' | 'same key';

export class JoinedEndpoints {
  /** By the id that they have on the joined record. */
  readonly list: JoinedEndpoint[] = [];
  /** By the same: the sequence after the highest seen. */
  readonly nextSeqs: ProbeSeq[] = [];
  readonly #shifts: number[] = [];
  readonly #byKey = new Map<string, EndpointId>();
  readonly #byLabel = new Map<string, EndpointId>();
  /** Those without a key, by target. */
  readonly #keyless = new Map<string, EndpointId[]>();
  #mappings: (Mapping | undefined)[] = [];

  /** The endpoint that the session calls `id`; undefined if it has none such. */
  endpoint(id: EndpointId): EndpointId | undefined {
    return this.#mappings[id]?.endpoint;
  }

  /** What the session counts as `seq`, on the joined record. */
  seq(id: EndpointId, seq: ProbeSeq): ProbeSeq {
    return seq + (this.#mappings[id]?.seqShift ?? 0);
  }

  probed(endpoint: EndpointId, seq: ProbeSeq): void {
    if (seq >= (this.nextSeqs[endpoint] ?? 0)) this.nextSeqs[endpoint] = seq + 1;
  }

  /** Another session begins: what the one before called its endpoints means nothing to it. */
  forgetIds(): void {
    this.#mappings = [];
  }

  /** One of a session line of format 1. */
  joinByLabel(
    { id, target, label, address, firstSeq }: SessionLine1['endpoints'][number],
    { interval, sizeBytes }: Pick<EndpointInfo, 'interval' | 'sizeBytes'>,
    isSameRun: boolean,
  ): Joining {
    let endpoint = this.#byLabel.get(labelKey(target, label));
    let joining: Joining = 'known';
    if (endpoint === undefined) {
      if (this.list.length >= MOST_ENDPOINTS) return 'too many';
      endpoint = this.#add({ ...PLAIN_HOST, id, target, label, address, interval, sizeBytes }, null);
      this.#keyless.set(target, [...(this.#keyless.get(target) ?? []), endpoint]);
      joining = 'new';
    }
    const known = this.list[endpoint] as JoinedEndpoint;
    if (!known.present) joining = 'changed';
    known.present = true;
    this.#map(id, endpoint, firstSeq ?? 0, isSameRun);
    return joining;
  }

  /** Which of those on record each of `endpoints` is, undefined where it is none of them. */
  match(endpoints: readonly RecordedEndpoint[]): (EndpointId | undefined)[] {
    return joinInTurn(endpoints, [
      ({ key }) => this.#byKey.get(key),
      ({ kind, target, label }) => (kind === 'host' ? this.#keylessLabelled(target, label) : undefined),
      ({ kind, target, size }, taken) => (kind === 'host' ? this.#keylessHost(target, size, taken) : undefined),
    ]);
  }

  /**
   * The same for a run that is about to go on with the record, and knows no keys. Of several towards the same host those
   * still watched go first, then those that are alike in interval and label.
   */
  matchNew(endpoints: readonly EndpointInfo[]): (EndpointId | undefined)[] {
    const alike = [
      (wanted: EndpointInfo, { info }: JoinedEndpoint) =>
        info.interval === wanted.interval && info.label === wanted.label,
      (wanted: EndpointInfo, { info }: JoinedEndpoint) => info.interval === wanted.interval,
      (wanted: EndpointInfo, { info }: JoinedEndpoint) => info.label === wanted.label,
      () => true,
    ];
    const find =
      (mustBePresent: boolean, isAlike: (wanted: EndpointInfo, known: JoinedEndpoint) => boolean) =>
      (wanted: EndpointInfo, taken: ReadonlySet<EndpointId>): EndpointId | undefined =>
        this.list.find(
          (known) =>
            isOneOf(known, wanted) &&
            (known.present || !mustBePresent) &&
            isAlike(wanted, known) &&
            !taken.has(known.info.id),
        )?.info.id;
    return joinInTurn(endpoints, [
      ...[true, false].flatMap((mustBePresent) => alike.map((isAlike) => find(mustBePresent, isAlike))),
      ({ kind, target, label }) => (kind === 'host' ? this.#keylessLabelled(target, label) : undefined),
      ({ kind, target, sizeBytes }, taken) =>
        kind === 'host' ? this.#keylessHost(target, sizeBytes, taken) : undefined,
    ]);
  }

  /** One of format 2, which is `endpoint` on record or, if undefined, a new one. */
  join(recorded: RecordedEndpoint, endpoint: EndpointId | undefined, isSameRun: boolean): Joining {
    const { id, key, firstSeq } = recorded;
    const holder = this.#byKey.get(key);
    if (holder !== undefined && holder !== endpoint) return 'same key';
    if (endpoint === undefined) {
      if (this.list.length >= MOST_ENDPOINTS) return 'too many';
      this.#map(id, this.#add(infoOf(recorded, this.list.length), key), firstSeq, isSameRun);
      return 'new';
    }
    this.#map(id, endpoint, firstSeq, isSameRun);
    return this.change(recorded, endpoint);
  }

  /** Of one that the session has: what is said of it now. */
  change(recorded: RecordedEndpoint, endpoint: EndpointId): 'changed' | 'known' {
    const info = infoOf(recorded, endpoint);
    const known = this.list[endpoint] as JoinedEndpoint;
    const joining = known.present && isSameEndpoint(known.info, info) ? 'known' : 'changed';
    this.list[endpoint] = { info, key: recorded.key, present: true };
    this.#byKey.set(recorded.key, endpoint);
    return joining;
  }

  /** Whether it was watched until now. */
  remove(endpoint: EndpointId): boolean {
    const known = this.list[endpoint];
    if (known === undefined || !known.present) return false;
    known.present = false;
    return true;
  }

  /** A host that only sessions of format 1 have had, of that target and label. */
  #keylessLabelled(target: string, label: string): EndpointId | undefined {
    const endpoint = this.#byLabel.get(labelKey(target, label));
    return endpoint !== undefined && this.list[endpoint]?.key === null ? endpoint : undefined;
  }

  /** The first such host of that target and size that none of `taken` is. */
  #keylessHost(target: string, sizeBytes: number, taken: ReadonlySet<EndpointId>): EndpointId | undefined {
    return this.#keyless.get(target)?.find((endpoint) => {
      const { key, info } = this.list[endpoint] as JoinedEndpoint;
      return key === null && info.sizeBytes === sizeBytes && !taken.has(endpoint);
    });
  }

  #add(info: EndpointInfo, key: string | null): EndpointId {
    const endpoint = this.list.length;
    this.list.push({ info: { ...info, id: endpoint }, key, present: true });
    if (key !== null) this.#byKey.set(key, endpoint);
    const label = labelKey(info.target, info.label);
    if (!this.#byLabel.has(label)) this.#byLabel.set(label, endpoint);
    return endpoint;
  }

  /**
   * The same run in a rotated file counts on as it did: what was in flight then may stand in either file. From 0: a run of its
   * own, goes on behind what is there. Above all that is there: --resume, has counted on itself.
   */
  #map(id: EndpointId, endpoint: EndpointId, first: ProbeSeq, isSameRun: boolean): void {
    const next = this.nextSeqs[endpoint] ?? 0;
    const known = this.#shifts[endpoint];
    const seqShift = isSameRun && known !== undefined ? known : first === 0 ? next : first >= next ? 0 : (known ?? 0);
    this.#shifts[endpoint] = seqShift;
    this.nextSeqs[endpoint] = next;
    this.#mappings[id] = { endpoint, seqShift };
  }
}

const labelKey = (target: string, label: string): string => JSON.stringify([target, label]);

const infoOf = (recorded: RecordedEndpoint, id: EndpointId): EndpointInfo => ({
  id,
  target: recorded.target,
  label: recorded.label,
  kind: recorded.kind,
  place: recorded.place ?? null,
  hop: recorded.hop ?? null,
  interval: toMillis(recorded.interval),
  sizeBytes: recorded.size,
  address: recorded.address,
});

/** Whether the key that `wanted` has is that of `known`, but for its number; its size may have changed since it came. */
const isOneOf = ({ info, key }: JoinedEndpoint, wanted: EndpointInfo): boolean =>
  key !== null &&
  info.target === wanted.target &&
  info.kind === wanted.kind &&
  info.hop === wanted.hop &&
  (info.sizeBytes === wanted.sizeBytes || key.startsWith(keyStart(wanted)));

/** Each of `wanted` by the first rule that finds somebody whom no other has; earlier rules go first for all of them. */
const joinInTurn = <T>(
  wanted: readonly T[],
  rules: readonly ((one: T, taken: ReadonlySet<EndpointId>) => EndpointId | undefined)[],
): (EndpointId | undefined)[] => {
  const found: (EndpointId | undefined)[] = wanted.map(() => undefined);
  const taken = new Set<EndpointId>();
  for (const rule of rules) {
    for (const [i, one] of wanted.entries()) {
      const endpoint = found[i] === undefined ? rule(one, taken) : undefined;
      if (endpoint === undefined || taken.has(endpoint)) continue;
      found[i] = endpoint;
      taken.add(endpoint);
    }
  }
  return found;
};
