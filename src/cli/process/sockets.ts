// The ICMP sockets that a run needs: one a family, opened while there are still privileges.

import type { Millis } from '../../events/units.js';
import { receiveBufferBytes } from '../../probe/socket/icmp-socket-options.js';
import type { IcmpSocket } from '../../probe/ports.js';
import { isZoneThere, openIcmpSocket } from '../../probe/socket/raw-icmp-socket.js';
import { StartError } from '../../probe/socket/start-error.js';
import type { LiveOptions } from '../arguments/live-arguments.js';

export type IcmpSockets = Readonly<Record<4 | 6, IcmpSocket | null>>;

const SECOND: Millis = 1000;

/** What may be added while pingem runs, which nobody knows when the sockets are opened. */
const LATER_ENDPOINTS = { count: 64, interval: 10 } as const;

/**
 * Both sockets, but for a family that -4 or -6 rules out: endpoints may be added that want either, and by then the right to
 * open one is gone. A machine without IPv6 does with one as long as no literal address needs the other.
 * @throws StartError if a socket that is needed can't be had, or an address names an interface that isn't there
 */
export const openSockets = (options: LiveOptions): IcmpSockets => {
  for (const { target, family } of options.endpoints) {
    if (family === null || isZoneThere(target)) continue;
    throw new StartError(`no such network interface, in ${target}`, 'ENODEV', 'ip link shows them');
  }
  return { 4: socketFor(options, 4), 6: socketFor(options, 6) };
};

const socketFor = (options: LiveOptions, family: 4 | 6): IcmpSocket | null => {
  const { endpoints } = options;
  if (options.family !== null && options.family !== family) return null;
  const needed = options.family === family || endpoints.some((endpoint) => endpoint.family === family);
  const rate = Math.max(
    endpoints.reduce((sum, { interval }) => sum + SECOND / interval, 0),
    (LATER_ENDPOINTS.count * SECOND) / LATER_ENDPOINTS.interval,
  );
  const sizeBytes = Math.max(options.sizeBytes, ...endpoints.map((endpoint) => endpoint.sizeBytes));
  try {
    return openIcmpSocket({
      family,
      receiveBufferBytes: receiveBufferBytes(rate, sizeBytes),
      ...(options.interface === null ? {} : { interface: options.interface }),
      ...(options.ttl === null ? {} : { ttl: options.ttl }),
      ...(options.tos === null ? {} : { tos: options.tos }),
    });
  } catch (error) {
    if (error instanceof StartError && error.code === 'EAFNOSUPPORT' && !needed) return null;
    throw error;
  }
};
