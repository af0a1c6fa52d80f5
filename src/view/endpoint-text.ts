// Endpoints in words: what is probed how, and the text that a user would type for it.

import type { EndpointInfo } from '../events/endpoint-info.js';
import type { Millis } from '../events/units.js';
import { counted, widthText } from './format.js';

type Plan = Pick<EndpointInfo, 'interval' | 'sizeBytes'>;

/** `every 0.2 s, 56 bytes` */
export const planText = ({ interval, sizeBytes }: Plan): string =>
  `every ${widthText(interval)}, ${counted(sizeBytes, 'byte')}`;

/** The interval of all of them, or the shortest and the longest: `0.2 s`, `0.05 s to 1 s`; empty where there are none. */
export const intervalsText = (endpoints: readonly { interval: Millis }[]): string => {
  if (endpoints.length === 0) return '';
  const intervals = endpoints.map(({ interval }) => interval);
  const [shortest, longest] = [Math.min(...intervals), Math.max(...intervals)];
  return shortest === longest ? widthText(shortest) : `${widthText(shortest)} to ${widthText(longest)}`;
};

/** Whether one line about how often and how large can't be right for all of them. */
export const plansDiffer = (endpoints: readonly Plan[]): boolean =>
  endpoints.some(
    ({ interval, sizeBytes }) => interval !== endpoints[0]?.interval || sizeBytes !== endpoints[0].sizeBytes,
  );

/** In the grammar of the command line: `gateway=192.168.1.1,interval=0.2,size=56`. */
export const endpointText = ({ label, target, interval, sizeBytes, place }: EndpointInfo): string => {
  const name = label === target ? target : `${label}=${target}`;
  const stated = place === null ? '' : `,place=${place}`;
  return `${name},interval=${interval / 1000},size=${sizeBytes}${stated}`;
};
