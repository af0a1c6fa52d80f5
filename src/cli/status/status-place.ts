// Which folder a run's status file is in unless one is named, and where `pingem status` looks for it.

import { statusFolder } from '../../observer/status/status-file.js';
import { checkNamedFile, prepareDefaultFile } from '../../observer/status/status-file.js';
import { unprivilegedAccount } from '../process/privileges.js';
import type { Account } from '../process/privileges.js';

/** `account` is who the process becomes or became, null where it stays who it is. */
const folderOf = (account: Account | null, env: NodeJS.ProcessEnv): string =>
  // Root's own runtime directory is none of that user's.
  account === null
    ? statusFolder(process.geteuid?.() ?? 0, env['XDG_RUNTIME_DIR'])
    : statusFolder(account.uid, undefined);

/**
 * To be called as the user that the run goes on as.
 * @returns the path to write to
 * @throws StatusFileError
 */
export const statusPathOf = (file: string | null, account: Account | null): string => {
  if (file === null) return prepareDefaultFile(folderOf(account, process.env), process.geteuid?.() ?? 0);
  checkNamedFile(file);
  return file;
};

/** Where the runs of whoever asks, also through sudo, have theirs. */
export const folderToRead = (): string => folderOf(unprivilegedAccount(null, process.env), process.env);
