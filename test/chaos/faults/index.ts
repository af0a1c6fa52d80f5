// Every fault that there is.

import type { Fault } from '../fault.js';
import { addressChanged } from './address-changed.js';
import { addressGone } from './address-gone.js';
import { busyCore } from './busy-core.js';
import { fullDisk } from './full-disk.js';
import { impostors } from './impostors.js';
import { interfaceAnew } from './interface-anew.js';
import { keys } from './keys.js';
import { kill } from './kill.js';
import { linkDown } from './link-down.js';
import { nameMoved } from './name-moved.js';
import { recordRemoved } from './record-removed.js';
import { recordRotated } from './record-rotated.js';
import { recordTruncated } from './record-truncated.js';
import { resize } from './resize.js';
import { resolverDown } from './resolver-down.js';
import { routesGone } from './routes-gone.js';
import { stop } from './stop.js';
import { unreadTerminal } from './unread-terminal.js';

export const FAULTS: readonly Fault[] = [
  stop,
  kill,
  linkDown,
  routesGone,
  addressGone,
  addressChanged,
  interfaceAnew,
  fullDisk,
  recordTruncated,
  recordRemoved,
  recordRotated,
  resize,
  unreadTerminal,
  keys,
  impostors,
  busyCore,
  resolverDown,
  nameMoved,
];
