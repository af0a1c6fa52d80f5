// What sender and readers have to agree on.

/**
 * The prober remembers the newest probes of an endpoint, as many as there are sequence numbers in an echo request:
 * that long a late reply may still be told from a duplicate of a newer probe, and repair its epoch.
 */
export const REMEMBERED_PROBES = 0x10000;
