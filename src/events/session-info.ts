// What is fixed when a session starts: the plan and who is probed.

import type { EndpointId, Millis, UnixMillis } from './units.js';

/** Who stamps the replies: the kernel on arrival, or JavaScript when the loop gets to it. */
export type ReceiveClock = 'kernel' | 'javascript';

export type EndpointInfo = {
  id: EndpointId;
  /** The host name or address as given. */
  target: string;
  /** What to call it on screen: `label=` of the command line, otherwise the target. */
  label: string;
  /** The address probed at the start, null while the name is not resolved. */
  address: string | null;
};

export type SessionInfo = {
  startedAt: UnixMillis;
  interval: Millis;
  timeout: Millis;
  /** ICMP payload bytes. */
  sizeBytes: number;
  clock: ReceiveClock;
  endpoints: readonly EndpointInfo[];
};
