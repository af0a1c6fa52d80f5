// Whose fault it is: from who shares it and who is cleared to a code. The rules are in docs/diagnosis.md, in this order.

import type { Addition, VerdictCode } from '../../events/verdict.js';
import type { WatchedEndpoint } from '../endpoint.js';
import type { Side } from '../place/place.js';
import type { Fault } from './fault.js';

export type Blame = { code: VerdictCode; add: Addition | null };

const on = (endpoints: readonly WatchedEndpoint[], ...sides: readonly Side[]): readonly WatchedEndpoint[] =>
  endpoints.filter(({ position }) => sides.includes(position.side));

/** Somebody besides the gateway, which may be watched twice: by its address and as the first hop of a path. */
const hasOther = (endpoints: readonly WatchedEndpoint[]): boolean =>
  endpoints.some(({ position }) => position.side !== 'gateway');

/** The hops beyond the provider's router: those behind it, or none while it isn't known. */
const providerRank = (endpoints: readonly WatchedEndpoint[]): number =>
  on(endpoints, 'provider').reduce((rank, { position }) => Math.min(rank, position.rank), Infinity);

/** Whether it stands where the provider's fault shows: the provider's router, or a hop in front of it or of unknown side. */
const isProviderSide = (endpoint: WatchedEndpoint, provider: number): boolean =>
  endpoint.position.side === 'provider' || (endpoint.position.side === 'between' && endpoint.position.rank <= provider);

/** `fills`: own traffic has filled the line for as long as the fault lasts. `watched`: everybody who has data. */
export const blameFor = (
  fault: Fault,
  watched: readonly WatchedEndpoint[],
  silent: readonly WatchedEndpoint[],
  fills: boolean,
): Blame => {
  const { blamed, cleared } = fault;
  const clearedHosts = on(cleared, 'beyond').length;
  const blame = placeOf(fault, watched, gatewayToAdd(watched, silent));
  const isShared = blamed.length >= 2 && clearedHosts === 0;
  const mayBeOwn = blame.code === 'local' || blame.code === 'provider' || blame.code === 'unclear';
  if (fault.kind !== 'lossy' && isShared && mayBeOwn && fills) return { code: 'own-traffic', add: null };
  return blame;
};

const placeOf = ({ blamed, cleared }: Fault, watched: readonly WatchedEndpoint[], gateway: Addition | null): Blame => {
  const provider = providerRank(watched);
  const hosts = on(watched, 'beyond');
  const badHosts = on(blamed, 'beyond').length;
  const nearest = blamed.reduce((rank, { position }) => Math.min(rank, position.rank), Infinity);
  const isFrontCleared = cleared.some(({ position }) => position.rank < nearest);
  if (on(blamed, 'gateway').length > 0) {
    return hasOther(blamed) ? is('local') : unclear(watched.length > 1 ? 'host' : 'provider');
  }
  if (blamed.some((endpoint) => isProviderSide(endpoint, provider))) {
    if (!isFrontCleared) return unclear(gateway);
    return badHosts > 0 || hosts.length === 0 ? is('provider') : unclear('host');
  }
  if (badHosts > 0 && on(cleared, 'beyond').length > 0) return is(badHosts > 1 ? 'beyond' : 'host');
  // Here are only hosts and hops behind the provider's router. A hop that shares speaks for more than one host.
  if (blamed.length < 2) return unclear('host');
  if (cleared.some((endpoint) => isProviderSide(endpoint, provider))) return is('beyond');
  if (isFrontCleared) return is('provider');
  return unclear(gateway);
};

const is = (code: VerdictCode): Blame => ({ code, add: null });
const unclear = (add: Addition | null): Blame => ({ code: 'unclear', add });

/** What to do about the gateway so that it tells: nothing where it never answers, or just hasn't told yet. */
const gatewayToAdd = (watched: readonly WatchedEndpoint[], silent: readonly WatchedEndpoint[]): Addition | null => {
  const gateway = on(watched, 'gateway')[0];
  if (gateway !== undefined) return gateway.losesOften ? 'slower gateway' : null;
  return on(silent, 'gateway').length > 0 ? null : 'gateway';
};

/** Those of the undecided whose answer could change the code. `coming`: who hasn't said enough to be asked yet. */
export const awaited = (
  { blamed, cleared, surelyCleared, undecided: asked }: Fault,
  watched: readonly WatchedEndpoint[],
  coming: readonly WatchedEndpoint[] = [],
): readonly WatchedEndpoint[] => {
  const undecided = [...asked, ...on(coming, 'beyond')];
  const provider = providerRank(watched);
  const badHosts = on(blamed, 'beyond').length;
  // Routers that limit what they answer lose alike: only with a host among them it is what goes through.
  if (on(blamed, 'gateway').length > 0) return badHosts > 0 ? [] : undecided;
  // Whoever shares in front of a host that is surely cleared is acquitted: only another host makes it more than one.
  if (on(surelyCleared, 'beyond').length > 0) return badHosts < 2 ? on(undecided, 'beyond') : [];
  if (on(cleared, 'beyond').length > 0) return badHosts < 2 ? undecided : [];
  const nearest = blamed.reduce((rank, { position }) => Math.min(rank, position.rank), Infinity);
  const isFrontCleared = cleared.some(({ position }) => position.rank < nearest);
  if (blamed.some((endpoint) => isProviderSide(endpoint, provider)) && isFrontCleared && badHosts > 0) return [];
  return undecided;
};
