// One endpoint as people write it, on the command line and in the screen's prompt: `label=host,interval=0.5,size=1000`.
// It is split at commas first; the first part is the host, with or without a label, and the others are settings.

import { isIP, isIPv4 } from 'node:net';
import type { EndpointInfo } from '../../events/endpoint-info.js';
import { plainText } from '../../events/plain-text.js';
import type { Millis } from '../../events/units.js';
import { BALANCED_HEAD_BYTES } from '../../probe/packet/echo-payload.js';
import { HOP_INTERVAL, hopSize } from '../../probe/path/paths.js';
import { WELL_KNOWN_NAMES, wellKnown } from '../../probe/route/well-known.js';
import { checkAddress, checkHostName, hostKey } from './host-argument.js';
import { nearMissOf } from '../arguments/near-miss.js';
import { INTERVAL, oneOf, SIZE } from '../arguments/option-values.js';
import { UsageError } from '../arguments/usage-error.js';

export type EndpointArgument = Pick<EndpointInfo, 'kind' | 'interval' | 'sizeBytes' | 'place'> & {
  /** Plain text; the target where none was given. */
  label: string;
  /** A host name or a literal address, as typed. */
  target: string;
  /** Of a literal address, null for a name. */
  family: 4 | 6 | null;
};

/** What holds where an endpoint says nothing else, and for all of them. */
export type EndpointDefaults = {
  interval: Millis;
  sizeBytes: number;
  /** What -4 or -6 asks for. */
  family: 4 | 6 | null;
  /** What hosts are called that are given no label, by `hostKey`. */
  labels?: ReadonlyMap<string, string>;
};

const PLACES = ['gateway', 'provider', 'beyond'] as const;
const SETTINGS = ['interval', 'size', 'place'] as const;

/** @throws UsageError if `text` names nothing that can be probed, or sets what can't be set */
export const parseEndpoint = (text: string, defaults: EndpointDefaults): EndpointArgument => {
  const [first = '', ...parts] = text.split(',');
  const { label, target } = named(first);
  const family = isIP(target) === 0 ? null : isIPv4(target) ? 4 : 6;
  const known = wellKnown(target);
  const kind = known?.kind ?? 'host';
  if (target.startsWith('@') && known === null) {
    throw new UsageError(`"${target}" is none of ${WELL_KNOWN_NAMES.join(', ')}: give one of them, or a host`);
  }
  if (family === null && known === null) checkHostName(target);
  else if (family !== null) checkAddress(target, family);
  if (family !== null && defaults.family !== null && family !== defaults.family) {
    const forced = defaults.family;
    throw new UsageError(
      `${target} is an IPv${family} address, but -${forced} asks for IPv${forced}: leave one of them out`,
    );
  }
  const settings = settingsOf(parts, text);
  const read = <Value>(name: Setting, reader: (option: string, text: string) => Value): Value | null => {
    const value = settings.get(name);
    return value === undefined ? null : reader(`${name}= of ${label}`, value);
  };
  const size = read('size', SIZE);
  if (size !== null && kind === 'provider') checkHopSize(size, label);
  const sizeBytes = size ?? defaults.sizeBytes;
  const unnamed = label === target ? (defaults.labels?.get(hostKey(target)) ?? known?.label) : undefined;
  return {
    label: unnamed ?? label,
    target,
    kind,
    family,
    // Routers send so many Time Exceeded and no more: Linux by default one a second to each who asks.
    interval: read('interval', INTERVAL) ?? (kind === 'provider' ? HOP_INTERVAL : defaults.interval),
    sizeBytes: kind === 'provider' ? hopSize(sizeBytes) : sizeBytes,
    place: read('place', oneOf(PLACES)),
  };
};

/** @throws UsageError if the probes of a router on the way can't be so small */
export const checkHopSize = (sizeBytes: number, label: string): void => {
  if (sizeBytes >= BALANCED_HEAD_BYTES) return;
  throw new UsageError(
    `size= of ${label} ${sizeBytes}: the probes of a router on the way take at least ${BALANCED_HEAD_BYTES}`,
  );
};

type Setting = (typeof SETTINGS)[number];

const named = (first: string): { label: string; target: string } => {
  const equals = first.indexOf('=');
  const target = first.slice(equals + 1).trim();
  const label = equals < 0 ? target : plainText(first.slice(0, equals)).trim();
  if (label === '' || target === '') {
    throw new UsageError(`"${first}" is no endpoint: give a host or label=host, such as gateway=192.168.1.1`);
  }
  return { label, target };
};

const settingsOf = (parts: readonly string[], text: string): ReadonlyMap<Setting, string> => {
  const settings = new Map<Setting, string>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(0, equals)).trim();
    const setting = SETTINGS.find((known) => known === name);
    if (setting === undefined) throw noSetting(part, name);
    if (settings.has(setting)) throw new UsageError(`${setting}= is given twice in "${text}": give it once`);
    settings.set(setting, part.slice(equals + 1).trim());
  }
  return settings;
};

const noSetting = (part: string, name: string): UsageError => {
  const near = nearMissOf(name, SETTINGS);
  if (near !== null) return new UsageError(`"${part}" is no setting of an endpoint: did you mean ${near}= ?`);
  return new UsageError(
    `"${part}" is no setting of an endpoint: after a comma give interval=, size= or place=, and other hosts separately`,
  );
};
