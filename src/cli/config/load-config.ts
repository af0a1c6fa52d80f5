// The config file of whoever a command is for.

import { UsageError } from '../arguments/usage-error.js';
import { unprivilegedAccount } from '../process/privileges.js';
import type { Account } from '../process/privileges.js';
import { checkConfig } from './config.js';
import type { Config } from './config.js';
import { ownConfigPath, readConfigFile } from './config-file.js';
import type { Layered } from './layers.js';

export type Loaded = {
  config: Config;
  /** Where the user's own file would be, read or not. */
  ownPath: string | null;
  /** Whom the run becomes, and whose file it is; null: who we are. */
  account: Account | null;
};

/**
 * @param named by --config
 * @param user of --user
 * @throws UsageError, or StartError where we can't become whose file it is
 */
export type LoadConfig = (named: string | null, user: string | null) => Promise<Loaded>;

export const loadConfigOf =
  (env: NodeJS.ProcessEnv): LoadConfig =>
  async (named, user) => {
    const account = unprivilegedAccount(user, env);
    const variable = env['PINGEM_CONFIG'] ?? '';
    const file = named ?? (variable === '' ? null : variable);
    const config = await checkConfig(readConfigFile(file, account, env));
    return { config, ownPath: ownConfigPath(account, env), account };
  };

/**
 * What is in a user's file, or in an environment that sudo may have let through, is that user's wish, and it may make
 * nobody act as somebody else.
 * @throws UsageError
 */
export const checkUserIsOwn = ({ typed, source, called }: Layered, account: Account | null): void => {
  if (source === 'command line' || source === 'default' || account === null || typed === account.name) return;
  throw new UsageError(
    `${called}: under sudo only --user on the command line can choose another user than ${account.name}`,
  );
};
