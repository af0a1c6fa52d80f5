// What a page may ask for. The server holds it to these, and the page tells its user.

import type { Millis } from '../../events/units.js';

/** Endpoints that are watched at once, where a page has added some. */
export const MOST_ENDPOINTS = 64;

/** Between two probes of an endpoint that a page has added. */
export const LEAST_INTERVAL: Millis = 10;

/** `packet_size`: ICMP header and payload. */
export const ICMP_HEADER_BYTES = 8;
export const LEAST_PACKET_BYTES = 32;

export const MOST_COLUMNS = 2000;
export const LEAST_WIDTH: Millis = 1000;
export const MOST_WIDTH: Millis = 86_400_000;

/** Columns of each endpoint whose changes the stream tells. */
export const MOST_STREAMED = 1000;

export const LONGEST_MARK = 200;
