// The config file: what it may say, what holds over what, and the one line for what it may not.

import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/cli/arguments/arguments.js';
import { runOptions } from '../../../src/cli/arguments/option-table.js';
import { UsageError } from '../../../src/cli/arguments/usage-error.js';
import { checkConfig } from '../../../src/cli/config/config.js';
import { settableOptions, variableOf } from '../../../src/cli/config/option-names.js';

const FILE = '/home/u/.config/pingem/config.toml';

type Around = { file?: string; env?: NodeJS.ProcessEnv; account?: { name: string; uid: number; gid: number } };

const parse = (line: string, { file, env = {}, account }: Around = {}) =>
  parseArguments(line === '' ? [] : line.split(' '), {
    version: '0',
    columns: null,
    env,
    loadConfig: async () => ({
      config: await checkConfig(file === undefined ? null : { file: FILE, text: file }),
      ownPath: FILE,
      account: account ?? null,
    }),
  });

const live = async (line: string, around: Around = {}) => {
  const invocation = await parse(line, around);
  if (invocation.command !== 'live') throw new Error(`not a run but ${invocation.command}`);
  return invocation;
};

const printed = async (line: string, around: Around = {}): Promise<string> => {
  const invocation = await parse(line, around);
  if (invocation.command !== 'print') throw new Error(`not a text but ${invocation.command}`);
  return invocation.text;
};

const labels = async (line: string, around: Around): Promise<string[]> =>
  (await live(line, around)).endpoints.map(({ label }) => label);

describe('a value', () => {
  it('comes from the command line, else the environment, else the file, else the table', async () => {
    const file = 'interval = 0.5';
    const env = { PINGEM_INTERVAL: '0.3' };
    expect((await live('::1')).interval).toBe(200);
    expect((await live('::1', { file })).interval).toBe(500);
    expect((await live('::1', { file, env })).interval).toBe(300);
    expect((await live('::1 -i 0.1', { file, env })).interval).toBe(100);
    expect((await live('::1', { file, env: { PINGEM_INTERVAL: '' } })).interval).toBe(500);
  });

  it('is taken from the file for every long option of a run', async () => {
    const file = `
      interval = 0.25
      timeout = "1.5"
      size = 1_00
      epoch = "1m"
      count = 7
      deadline = 6e1
      interface = "eth0"
      ttl = 0x10
      tos = 16
      resolve = "5m"
      record = "r.gz"
      resume = true
      json = true
      ascii = true
      status = "/run/s.json"
      bell = true
      on-episode = ["say", "it's bad"]
      alert-on = ["local", "provider"]
      user = "me"
    `;
    expect(await live('::1', { file })).toMatchObject({
      interval: 250,
      timeout: 1500,
      sizeBytes: 100,
      epoch: 60_000,
      count: 7,
      deadline: 60_000,
      interface: 'eth0',
      ttl: 16,
      tos: 16,
      resolveEvery: 300_000,
      record: 'r.gz',
      resume: true,
      output: 'json',
      ascii: true,
      status: { file: '/run/s.json' },
      bell: true,
      onEpisode: ['say', "it's bad"],
      alertOn: new Set(['local', 'provider']),
      user: 'me',
    });
    const long = runOptions.filter(({ name }) => name.length > 1);
    expect(long.filter(({ name }) => !settableOptions.has(name))).toEqual([]);
  });

  it('of a flag is turned off again by =false, or by 0 in the environment', async () => {
    const file = 'ascii = true\nstatus = true';
    expect(await live('::1', { file })).toMatchObject({ ascii: true, status: { file: null } });
    expect(await live('::1 --ascii=false', { file })).toMatchObject({ ascii: false });
    expect(await live('::1', { file, env: { PINGEM_ASCII: '0', PINGEM_STATUS: 'off' } })).toMatchObject({
      ascii: false,
      status: null,
    });
  });

  it('beats what it excludes where it is stronger', async () => {
    expect((await live('::1 --text', { file: 'json = true' })).output).toBe('text');
    expect((await live('::1', { file: 'json = true', env: { PINGEM_TEXT: '1' } })).output).toBe('text');
    expect((await live('::1 --json=false', { file: 'json = true' })).output).toBe(null);
    await expect(parse('::1', { file: 'json = true\ntext = true' })).rejects.toThrow(
      `${FILE}:1: json and ${FILE}:2: text exclude each other`,
    );
  });

  it('that goes with another one waits for it', async () => {
    const file = 'resume = true\nalert-on = "local"';
    expect(await live('::1', { file })).toMatchObject({ resume: false });
    expect(await live('::1 --record r', { file })).toMatchObject({ resume: true });
    await expect(parse('::1 --resume')).rejects.toThrow('--resume goes on with a record');
  });

  it('holds for every command that has the option, unless the command has its own', async () => {
    const file = 'epoch = "10s"\nformat = "tmux"\n[commands.export]\nepoch = "2m"';
    expect(await parse('replay r', { file })).toMatchObject({ epoch: 10_000 });
    expect(await parse('export r', { file })).toMatchObject({ epoch: 120_000 });
    expect(await parse('status', { file })).toMatchObject({ format: 'tmux' });
    expect(await parse('export r', { file, env: { PINGEM_EPOCH: '5s' } })).toMatchObject({ epoch: 5000 });
  });

  it('of user may name nobody else under sudo, but on the command line', async () => {
    const account = { name: 'u', uid: 1000, gid: 1000 };
    await expect(parse('::1', { file: 'user = "root"', account })).rejects.toThrow(`${FILE}:1: user: under sudo`);
    await expect(parse('::1', { env: { PINGEM_USER: 'root' }, account })).rejects.toThrow('PINGEM_USER: under sudo');
    expect(await live('::1', { file: 'user = "u"', account })).toMatchObject({ user: 'u' });
    expect(await live('::1 --user root', { file: 'user = "u"', account })).toMatchObject({ user: 'root' });
  });
});

describe('groups', () => {
  const file = `
    [groups]
    home = ["@gateway", "nas=10.0.0.2,interval=1", "@dns"]
    dns = ["9.9.9.9",
      "@internet", # a member as any other
      "@gateway"]
  `;

  it('stand for their endpoints, wherever they are named', async () => {
    expect(await labels('@home 10.0.0.9', { file })).toEqual(['@gateway', 'nas', '9.9.9.9', '@internet', '10.0.0.9']);
    expect(await labels('--group dns,home', { file })).toEqual(['9.9.9.9', '@internet', '@gateway', 'nas']);
    expect(await labels('@gateway', { file })).toEqual(['@gateway']);
  });

  it('are the default only where the command line names nobody', async () => {
    const withDefault = `group = "dns"\n${file}`;
    expect(await labels('', { file: withDefault })).toEqual(['9.9.9.9', '@internet', '@gateway']);
    expect(await labels('::1', { file: withDefault })).toEqual(['::1']);
    expect(await labels('::1', { file, env: { PINGEM_GROUP: 'dns' } })).toEqual(['::1']);
    expect(await labels('', { file, env: { PINGEM_GROUP: 'dns' } })).toHaveLength(3);
  });

  it.each([
    ['@hom', '"@hom" is none of @gateway, @provider, @internet, @internet2, @home, @dns'],
    ['@home,size=100', '"@home,size=100": a group takes no settings'],
    ['--group x', `--group x: there is no such group; ${FILE} has home, dns`],
    ['9.9.9.9 9.9.9.9', '9.9.9.9 is given twice'],
  ])('refuse %s', async (line, message) => {
    await expect(parse(line, { file })).rejects.toThrow(message);
  });
});

describe('labels', () => {
  const file = '[labels]\nrouter = "192.168.1.1"\n"Quad 9" = "dns9.example"\nline = "@gateway"';

  it('are what hosts are called that are given none', async () => {
    const words = '192.168.1.1 gw=192.168.1.1,size=100 DNS9.example. @gateway 192.168.1.1,size=1400';
    expect(await labels(words, { file })).toEqual(['router', 'gw', 'Quad 9', 'line', 'router 1400 bytes']);
  });
});

describe('colours', () => {
  const file = '[colors]\nbad = 196\n"good-p95" = 17\n[colors.light]\nbad = 88';

  it('are by name, of both themes or of one', async () => {
    const colours = { dark: { bad: 196, 'good-p95': 17 }, light: { bad: 88, 'good-p95': 17 } };
    expect(await live('::1', { file })).toMatchObject({ colours });
    expect(await parse('replay r', { file })).toMatchObject({ colours });
    const text = await printed('config', { file });
    expect(text).toMatch(new RegExp(`^\\[colors.light\\]\nbad = 88 +# ${FILE}:5$`, 'm'));
    expect(await live('::1', { file: text })).toMatchObject({ colours });
  });
});

describe('what is wrong', () => {
  it.each([
    ['intervall = 1', '1: intervall is no option and no table of a config file: did you mean interval?'],
    ['\n\n[gruops]\na = ["::1"]', '3: gruops is no option and no table of a config file: did you mean groups?'],
    ['a.b = 1', '1: a.b is no option and no table'],
    ['[interval]', '1: interval is no table'],
    ['interval = 0', '1: interval takes a number from 0.001 to 3600, not "0"'],
    ['interval = nan', '1: interval takes a number from 0.001 to 3600, not "NaN"'],
    ['interval = true', '1: interval takes what --interval does: give it a text or a number'],
    ['interval = [1]', '1: interval takes what --interval does'],
    ['interval = 2020-01-01', '1: interval takes what --interval does'],
    ['\nascii = "yes"', '2: ascii is on or off: give it true or false'],
    ['help = true', '1: help is no option'],
    ['config = "x"', '1: config is no option'],
    ['record = ""', '1: record needs a value'],
    ['alert-on = ["me"]', '1: alert-on me: give one of machine'],
    ['interval = 1\ninterval = 2', '2: no TOML at column 1: Defining a key multiple times is invalid'],
    ['interval = ', '1: no TOML at column 12: Unspecified values are invalid'],
    ['groups = 1', '1: groups is a table: write [groups] on a line of its own'],
    ['[groups]\nhome = "::1"', '2: groups.home takes a list of endpoints'],
    ['[groups]\nhome = []', '2: groups.home is empty'],
    ['[groups]\nhome = [\n"::1",\n"http://x"]', '4: groups.home: "http://x" is a URL'],
    ['[groups]\nhome = [1]', '2: groups.home takes endpoints as texts'],
    ['[groups]\ngateway = ["::1"]', '2: groups.gateway: @gateway is taken already'],
    ['[groups]\n"my home" = ["::1"]', '2: groups."my home": a group is called by letters'],
    ['[groups]\na = ["@b"]', '2: groups.a: "@b" is none of @gateway, @provider, @internet, @internet2, @a'],
    ['[groups]\na = ["@b"]\nb = ["@a"]', '2: groups.a has @a in it, and that has a'],
    ['[groups]\na = ["@a"]', '2: groups.a has @a in it'],
    ['[labels]\n192.168.1.1 = "router"', '2: labels.192.168.1.1: a label is the name of a host'],
    ['[labels]\n"192.168.1.1" = "the router"', '2: labels."192.168.1.1": "the router" is no host name'],
    ['[labels]\nr = "x=10.0.0.1"', '2: labels.r takes a host and nothing else'],
    ['[labels]\nr = "10.0.0.1"\ns = "10.0.0.1"', '3: labels.s: line 2 calls 10.0.0.1 "r"'],
    ['[colors]\ngod = 3', '2: colors.god is none of the colours: did you mean good?'],
    ['[colors.dark]\ngood = 256', "2: colors.dark.good takes one of xterm's 256 colours by its number, 0 to 255"],
    ['[colors]\ngood = "blue"', "2: colors.good takes one of xterm's 256 colours"],
    ['[colors.pink]\ngood = 3', '1: colors.pink is none of the colours'],
    ['colors = 3', '1: colors is a table'],
    ['[commands.exprot]', '1: commands.exprot: no command with options has that name: did you mean export?'],
    ['[commands.export]\njson = true', '2: commands.export.json is no option'],
    ['x = "\u001b[31m"', '1: no TOML at column 6: Control characters'],
  ])('%j is told with file, line and key', async (file, message) => {
    await expect(parse('127.0.0.1', { file })).rejects.toThrow(new RegExp(`^${FILE}:${escaped(message)}`));
    await expect(parse('127.0.0.1', { file })).rejects.toBeInstanceOf(UsageError);
    // Whatever is asked for.
    await expect(parse('summary -', { file })).rejects.toThrow(FILE);
  });

  it.each([
    [{ PINGEM_SIZE: 'big' }, 'PINGEM_SIZE takes a whole number from 16 to'],
    [{ PINGEM_ASCII: 'maybe' }, 'PINGEM_ASCII is on or off: give it 1 or 0, not "maybe"'],
    [{ PINGEM_ON_EPISODE: "it's" }, "PINGEM_ON_EPISODE it's: a quotation mark has no other"],
  ])('%j in the environment is told as well', async (env, message) => {
    await expect(parse('127.0.0.1', { env })).rejects.toThrow(message);
  });

  it('is told whatever nests', async () => {
    await expect(parse('::1', { file: `interval = ${'['.repeat(100_000)}` })).rejects.toBeInstanceOf(UsageError);
    await expect(parse('::1', { file: `${'a.'.repeat(100_000)}b = 1` })).rejects.toBeInstanceOf(UsageError);
  });
});

describe('pingem config', () => {
  const file = 'interval = 0.5\nstatus = true\n[groups]\nhome = ["nas=10.0.0.2", "::1"]\n[labels]\n"\\u0071 x" = "::1"';

  it('says where each value comes from', async () => {
    const text = await printed('config @home -W 1', { file, env: { PINGEM_BELL: '1', PINGEM_TYPO: '1' } });
    expect(text).toContain(`# file: ${FILE}\n`);
    expect(text).toContain('# ignored: PINGEM_TYPO');
    expect(text).toContain('# endpoints: nas=10.0.0.2 ::1\n');
    expect(text).toMatch(new RegExp(`^interval = 0.5 +# ${FILE}:1$`, 'm'));
    expect(text).toMatch(/^timeout = 1 +# command line$/m);
    expect(text).toMatch(/^bell = true +# environment, PINGEM_BELL$/m);
    expect(text).toMatch(/^size = 56 +# default$/m);
    expect(text).toMatch(/^# count = +# not set$/m);
    expect(text).toMatch(new RegExp(`^home = \\["nas=10.0.0.2", "::1"\\] +# ${FILE}:4$`, 'm'));
    expect(text).toMatch(new RegExp(`^"q x" = "::1" +# ${FILE}:6$`, 'm'));
  });

  it('is a config file itself, and says the same', async () => {
    const text = await printed('config', { file });
    expect(await live('@home', { file: text })).toEqual(await live('@home', { file }));
  });

  it('knows every option of a run, and refuses what a run does', async () => {
    const text = await printed('config');
    const missing = Array.from(settableOptions.keys()).filter((name) => !new RegExp(`^(# )?${name} =`, 'm').test(text));
    expect(missing).toEqual([]);
    await expect(parse('config --json --text')).rejects.toThrow('exclude each other');
    await expect(parse('config', { file: 'x = 1' })).rejects.toThrow(`${FILE}:1: x is no option`);
  });
});

it('a variable is called like its option', () => {
  expect(variableOf('on-episode')).toBe('PINGEM_ON_EPISODE');
});

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
