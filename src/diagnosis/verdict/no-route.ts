// Whether this machine can send at all. Where it can't, no endpoint has anything to do with it.

import type { UnixMillis } from '../../events/units.js';
import type { WatchedEndpoint } from '../endpoint.js';
import { unsentAt, unsentSince } from '../probes/unsent.js';
import type { Judgement } from './judgement.js';

/** Whether the newest probe of every endpoint could not be sent. */
export const sendingFails = (endpoints: readonly WatchedEndpoint[], until: UnixMillis): boolean => {
  let has = false;
  for (const { window, error } of endpoints) {
    // Most endpoints have never had an unsent probe.
    const isUnsent = error === null && window.next > window.oldest ? false : unsentAt(window, until);
    if (isUnsent === false) return false;
    if (isUnsent === true) has = true;
  }
  return has;
};

export const noRoute = (endpoints: readonly WatchedEndpoint[], until: UnixMillis): Judgement => {
  const since = endpoints.reduce((at, { window }) => Math.min(at, unsentSince(window, until) ?? Infinity), Infinity);
  return {
    findings: [{ code: 'machine', blamed: [], since, add: null, isPatient: false, fault: null }],
    isPending: false,
  };
};

/** What sending failed for. */
export const errorOf = (endpoints: readonly WatchedEndpoint[]): string | null =>
  endpoints.find(({ error }) => error !== null)?.error ?? null;
