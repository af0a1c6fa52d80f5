// Units as types. The brands are optional, so a literal needs no cast, but milliseconds of duration can't be passed
// where an instant is wanted, nor the other way round.

declare const unit: unique symbol;

/** A duration or an RTT in milliseconds, fractions allowed. */
export type Millis = number & { readonly [unit]?: 'duration ms' };

/**
 * An instant on the session timeline, in Unix milliseconds with fractions: the wall clock at the start of the session
 * plus the time that has truly passed since (suspend included). It never steps. What the wall clock shows is this plus
 * the offset that the last `clock` event gave (0 before any).
 */
export type UnixMillis = number & { readonly [unit]?: 'instant ms' };

/** Which endpoint of the session, from 0, in the order of the command line. */
export type EndpointId = number & { readonly [unit]?: 'endpoint' };

/** A probe's number at its endpoint: counts up from 0 without holes in a live run; up to 48 bits. */
export type ProbeSeq = number & { readonly [unit]?: 'sequence' };
