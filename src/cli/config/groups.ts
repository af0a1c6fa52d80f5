// Groups of endpoints: @home on the command line and --group home stand for what the config file lists under that name.

import { WELL_KNOWN_NAMES } from '../../probe/route/well-known.js';
import { UsageError } from '../arguments/usage-error.js';
import { isGroupName } from './config.js';
import type { Config } from './config.js';

export type Named = {
  /** An endpoint as it is typed. */
  text: string;
  /** Of a group: two groups may have one endpoint in common. */
  isMember: boolean;
};

/**
 * The words of a command line with the members of a group in the place of its name.
 * @throws UsageError for a group that there isn't
 */
export const expandGroups = (words: readonly string[], config: Config): Named[] =>
  words.flatMap((word): Named[] => {
    const [name = '', ...settings] = word.split(',');
    if (!isGroupName(name)) return [{ text: word, isMember: false }];
    if (settings.length > 0 && config.groups.has(name.slice(1))) {
      throw new UsageError(`"${word}": a group takes no settings: they stand with its endpoints, in ${config.file}`);
    }
    return membersOf(name.slice(1), config, () => noneOf(name, config)).map((text) => ({ text, isMember: true }));
  });

/**
 * The endpoints of the groups that --group names.
 * @param called the option, as it is named in an error
 * @throws UsageError
 */
export const groupMembers = (names: readonly string[], config: Config, called: string): Named[] =>
  names.flatMap((name) =>
    membersOf(name, config, () => {
      const there = Array.from(config.groups.keys()).join(', ');
      const help = there === '' ? 'no config file has any: see [groups] in pingem(8)' : `${config.file} has ${there}`;
      return new UsageError(`${called} ${name}: there is no such group; ${help}`);
    }).map((text) => ({ text, isMember: true })),
  );

const membersOf = (name: string, config: Config, missing: () => UsageError): string[] => {
  const group = config.groups.get(name);
  if (group === undefined) throw missing();
  return group.value.flatMap((member) =>
    isGroupName(member) ? membersOf(member.slice(1), config, missing) : [member],
  );
};

const noneOf = (name: string, { groups }: Config): UsageError => {
  const names = [...WELL_KNOWN_NAMES, ...Array.from(groups.keys(), (group) => `@${group}`)];
  return new UsageError(`"${name}" is none of ${names.join(', ')}: give one of them, or a host`);
};
