// What is to be said of one second: the worst of all faults, or that there is none, or that it can't be told yet.

import type { Addition, VerdictCode } from '../../events/verdict.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import { KINDS } from '../endpoint.js';
import type { Kind, WatchedEndpoint } from '../endpoint.js';
import type { OwnTraffic } from '../traffic/own-traffic.js';
import { placeHops } from '../place/provider-hop.js';
import { awaited, blameFor } from './blame.js';
import { faultsOf } from './fault.js';
import type { Fault } from './fault.js';
import { JointEnd, noteSharing } from './joint-end.js';

/** Worst first: what is said where there is more than one. */
const ORDER: readonly VerdictCode[] = ['machine', 'own-traffic', 'local', 'provider', 'beyond', 'host', 'unclear'];

/** So long an answer that could change the code is waited for, or until there are as many probes as mostly tell. */
const PATIENCE: Millis = 30_000;

export type Finding = {
  code: VerdictCode;
  blamed: readonly WatchedEndpoint[];
  since: UnixMillis;
  add: Addition | null;
  /** Some answer that could change it is still missing. */
  isPatient: boolean;
  fault: Fault | null;
};

export type Judgement = {
  /** Worst first. Empty: all fine. */
  findings: readonly Finding[];
  /** Bad, but it can't be told yet whose. */
  isPending: boolean;
};

/** Remembers since when answers have been waited for, and nothing else. */
export class Judge {
  readonly #waiting = new Map<string, UnixMillis>();
  readonly #timeout: Millis;
  /** Faults of loss, as judged last. */
  #losses: readonly Fault[] = [];
  readonly #jointEnd = new JointEnd();

  constructor(timeout: Millis) {
    this.#timeout = timeout;
  }

  forget(): void {
    this.#losses = [];
    this.#jointEnd.forget();
    this.#waiting.clear();
  }

  judge(endpoints: readonly WatchedEndpoint[], traffic: OwnTraffic, now: UnixMillis): Judgement {
    placeHops(endpoints);
    this.#jointEnd.judge(this.#losses, now);
    this.#losses = [];
    const watched = endpoints.filter((endpoint) => endpoint.hasData);
    const silent = endpoints.filter((endpoint) => endpoint.isSilent);
    const coming = endpoints.filter((endpoint) => !endpoint.hasData && !endpoint.isSilent);
    for (const endpoint of watched) endpoint.acquitted = false;
    if (watched.length === 0) return silenceOf(endpoints, silent);
    const findings: Finding[] = [];
    const dark = darkness(watched, silent);
    if (dark !== null) findings.push(dark);
    let isPending = false;
    for (const kind of KINDS) {
      const faults = faultsOf(watched, kind, now, this.#timeout);
      if (faults.length === 0) this.#stopWaiting(kind);
      if (kind === 'lossy') this.#losses = faults;
      for (const fault of faults) {
        for (const endpoint of fault.acquitted) {
          endpoint.acquitted = true;
          endpoint.acquittedBy = fault.cleared.filter(({ position }) => position.rank > endpoint.position.rank);
        }
        if (fault.blamed.length === 0) continue;
        const open = awaited(fault, watched, coming);
        if (open.length > 0 && this.#waits(fault, open, now)) isPending = true;
        else findings.push(findingFor(fault, { watched, silent, traffic, now, isPatient: open.length > 0 }));
      }
    }
    noteSharing(endpoints, this.#losses);
    const told = findings.filter((finding) => !isPremature(finding, findings, watched));
    return { findings: told.sort(byWeight), isPending: isPending || told.length < findings.length };
  }

  #waits(fault: Fault, open: readonly WatchedEndpoint[], now: UnixMillis): boolean {
    const { kind, reference } = fault;
    const key = `${kind} ${reference.id}`;
    const from = this.#waiting.get(key);
    if (from === undefined) {
      this.#waiting.set(key, now);
      return true;
    }
    const slowest = open.reduce((interval, endpoint) => Math.max(interval, endpoint.interval), reference.interval);
    return now - from < PATIENCE || now - this.#timeout - fault.from < fault.tellingProbes * slowest;
  }

  #stopWaiting(kind: Kind): void {
    if (this.#waiting.size === 0) return;
    for (const key of this.#waiting.keys()) if (key.startsWith(kind)) this.#waiting.delete(key);
  }
}

const byWeight = (a: Finding, b: Finding): number => ORDER.indexOf(a.code) - ORDER.indexOf(b.code) || a.since - b.since;

type Scene = {
  watched: readonly WatchedEndpoint[];
  silent: readonly WatchedEndpoint[];
  traffic: OwnTraffic;
  now: UnixMillis;
  isPatient: boolean;
};

const findingFor = (fault: Fault, { watched, silent, traffic, now, isPatient }: Scene): Finding => {
  const { kind, blamed, reference } = fault;
  const fills = kind !== 'lossy' && traffic.fills(reference.tests[kind].since, now);
  const { code, add } = blameFor(fault, watched, silent, fills);
  return { code, blamed, since: sinceOf(fault), add: isPatient ? null : add, isPatient, fault };
};

/** The second earliest among the blamed: the earliest is too often one that was hit by chance before. */
const sinceOf = ({ kind, blamed, reference }: Fault): UnixMillis => {
  const found = blamed
    .filter((endpoint) => endpoint.tests[kind].bad)
    .map((endpoint) => endpoint.tests[kind].since)
    .sort((a, b) => a - b);
  return found[1] ?? found[0] ?? reference.tests[kind].since;
};

/** Whether somebody in front of the blamed is bad too, and it can't be told yet what that is. */
const isPremature = (
  { code, blamed }: Finding,
  findings: readonly Finding[],
  watched: readonly WatchedEndpoint[],
): boolean => {
  if (code === 'unclear') return false;
  const nearest = blamed.reduce((rank, { position }) => Math.min(rank, position.rank), Infinity);
  return watched.some(
    (endpoint) =>
      endpoint.position.rank < nearest &&
      endpoint.isBad &&
      !endpoint.acquitted &&
      !findings.some((other) => other.blamed.includes(endpoint)),
  );
};

const earliest = (endpoints: readonly WatchedEndpoint[]): UnixMillis =>
  endpoints.reduce((at, { from }) => Math.min(at, from), Infinity);

/** Nobody has answered yet. */
const silenceOf = (endpoints: readonly WatchedEndpoint[], silent: readonly WatchedEndpoint[]): Judgement => {
  if (endpoints.length === 0 || silent.length < endpoints.length) return { findings: [], isPending: true };
  const since = earliest(silent);
  const hasGateway = silent.some(({ position }) => position.side === 'gateway');
  const add = hasGateway ? null : 'gateway';
  return {
    findings: [{ code: 'unclear', blamed: silent, since, add, isPatient: false, fault: null }],
    isPending: false,
  };
};

/** Only the gateway answers, and never one of two or more hosts. */
const darkness = (watched: readonly WatchedEndpoint[], silent: readonly WatchedEndpoint[]): Finding | null => {
  if (watched.some(({ position }) => position.side !== 'gateway')) return null;
  if (silent.filter(({ position }) => position.side === 'beyond').length < 2) return null;
  return { code: 'provider', blamed: silent, since: earliest(silent), add: null, isPatient: false, fault: null };
};
