// Node's debugger, shut: whoever connects to it runs code as us, with our sockets, and any local user can connect. Node
// opens it at SIGUSR1, and at --inspect on its own command line or in NODE_OPTIONS.

import { UsageError } from '../arguments/usage-error.js';

/** The signal does nothing from now on. To be called before anything else. */
export const ignoreDebuggerSignal = (): void => {
  process.on('SIGUSR1', () => {});
};

/**
 * Before there are sockets.
 * @throws UsageError if a debugger listens
 */
export const refuseOpenDebugger = (): void => {
  const inspector = process.features.inspector ? process.getBuiltinModule('node:inspector') : null;
  const url = inspector?.url();
  if (url === undefined) return;
  throw new UsageError(
    `Node's debugger listens on ${url}, and whoever connects gets our privileges: leave --inspect out (see NODE_OPTIONS)`,
  );
};
