// The ICMP sockets that a run needs: one a family, opened while there are still privileges.

import type { Millis } from '../../events/units.js';
import { receiveBufferBytes } from '../../probe/socket/icmp-socket-options.js';
import type { IcmpSocket } from '../../probe/ports.js';
import { openIcmpSocket } from '../../probe/socket/raw-icmp-socket.js';
import { StartError } from '../../probe/socket/start-error.js';
import type { LiveOptions } from '../arguments/arguments.js';

export type IcmpSockets = Readonly<Record<4 | 6, IcmpSocket | null>>;

const SECOND: Millis = 1000;

/**
 * A name may turn out to have addresses of either family, so it wants both sockets; a machine without IPv6 does with
 * one as long as no literal address needs the other.
 * @throws StartError if a socket that is needed can't be had
 */
export const openSockets = (options: LiveOptions): IcmpSockets => ({
  4: socketFor(options, 4),
  6: socketFor(options, 6),
});

const socketFor = (options: LiveOptions, family: 4 | 6): IcmpSocket | null => {
  const { endpoints, interval, sizeBytes } = options;
  const needed = endpoints.some((endpoint) => endpoint.family === family || options.family === family);
  const wanted = needed || (options.family === null && endpoints.some((endpoint) => endpoint.family === null));
  if (!wanted) return null;
  const rate = (endpoints.length * SECOND) / interval;
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
