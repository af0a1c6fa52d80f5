// What is fixed when a session starts: the plan and who is probed.

import type { EndpointInfo } from './endpoint-info.js';
import type { Millis, UnixMillis } from './units.js';

/** Who stamps the replies: the kernel on arrival, or JavaScript when the loop gets to it. */
export type ReceiveClock = 'kernel' | 'javascript';

export type SessionInfo = {
  startedAt: UnixMillis;
  /** The interval of endpoints that have none of their own, and of those added later. */
  interval: Millis;
  timeout: Millis;
  /** ICMP payload bytes of endpoints that have no size of their own. */
  sizeBytes: number;
  clock: ReceiveClock;
  /** Those that are watched when the session starts, by EndpointId. More may come, as events. */
  endpoints: readonly EndpointInfo[];
};
