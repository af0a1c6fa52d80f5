// What a status document comes to: fine, in trouble, or nothing to go by.

import type { EndpointStatus, StatusDocument } from './status-document.js';

/**
 * Fine or in trouble, by the verdict, or where an endpoint doesn't answer that the verdict says nothing of; `starting`:
 * there is none yet; `away`: nobody looks (suspended, busy); `old`: nothing new has been written; `off`: nothing is
 * running.
 */
export type Condition = 'fine' | 'trouble' | 'starting' | 'away' | 'old' | 'off';

/** What there is to say. `age` in seconds. */
export type StatusReading = { condition: Condition; age: number; document: StatusDocument | null };

/** A document that was written longer ago than this is old. */
const OLD_AFTER_S = 5;

export const readingOf = (document: StatusDocument | null, nowS: number): StatusReading => {
  if (document === null) return { condition: 'off', age: 0, document };
  const age = nowS - document.time;
  // Also one from the future: then the clock has been set since, and nothing has been written after that.
  const old = Math.abs(age) > OLD_AFTER_S;
  return { condition: old ? 'old' : conditionOf(document), age, document };
};

/** The endpoint that doesn't answer while the verdict blames nobody: it never has, or it is too soon to say whose fault it is. */
export const unanswered = ({ verdict, endpoints }: StatusDocument): EndpointStatus | null =>
  verdict?.code === 'fine' ? (endpoints.find(({ outage, hop }) => outage !== null && hop === null) ?? null) : null;

/** Hops keep silent or limit their answers, so they are none of these. */
const hostsOf = (document: StatusDocument | null): readonly EndpointStatus[] =>
  (document?.endpoints ?? []).filter(({ hop }) => hop === null);

/** In an outage before not, then by loss, the first of equals; null where there is none. */
export const worstOf = (document: StatusDocument | null): EndpointStatus | null => {
  const badness = ({ outage, last10s }: EndpointStatus): number => (outage === null ? 0 : 2) + (last10s.loss ?? 0);
  const [first = null, ...others] = hostsOf(document);
  return others.reduce<EndpointStatus | null>(
    (worst, next) => (worst !== null && badness(next) > badness(worst) ? next : worst),
    first,
  );
};

const conditionOf = (document: StatusDocument): Condition => {
  const { verdict } = document;
  switch (verdict?.code) {
    case undefined:
    case 'starting':
      return 'starting';
    case 'not-collecting':
      return 'away';
    case 'fine':
      return unanswered(document) === null ? 'fine' : 'trouble';
    default:
      return 'trouble';
  }
};
