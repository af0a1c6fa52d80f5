// Endpoints for tests and benches, which run it from dist: a plain host at 10 probes a second, but for what is said.

import { PLAIN_HOST } from '#dist/events/endpoint-info.js';
import type { EndpointInfo } from '../../src/events/endpoint-info.js';

export const hostInfo = (info: Pick<EndpointInfo, 'id' | 'target'> & Partial<EndpointInfo>): EndpointInfo => ({
  ...PLAIN_HOST,
  label: info.target,
  address: info.target,
  interval: 100,
  sizeBytes: 56,
  ...info,
});
