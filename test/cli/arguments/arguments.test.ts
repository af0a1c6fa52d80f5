// The command line: what is taken, and the one line for what is not.

import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/cli/arguments/arguments.js';
import { NO_CONFIG } from '../../../src/cli/config/config.js';
import { UsageError } from '../../../src/cli/arguments/usage-error.js';

const parse = (line: string) =>
  parseArguments(line === '' ? [] : line.split(' '), {
    version: '1.2.3',
    columns: null,
    env: {},
    loadConfig: () => Promise.resolve({ config: NO_CONFIG, ownPath: null, account: null }),
  });

describe('arguments', () => {
  it('have the defaults that --help shows', async () => {
    expect(await parse('192.168.1.1')).toEqual({
      command: 'live',
      labels: new Map(),
      bell: false,
      onEpisode: null,
      alertOn: null,
      endpoints: [
        {
          label: '192.168.1.1',
          target: '192.168.1.1',
          kind: 'host',
          family: 4,
          interval: 200,
          sizeBytes: 56,
          place: null,
        },
      ],
      path: null,
      pathFirst: false,
      routerNames: true,
      interval: 200,
      timeout: 2000,
      sizeBytes: 56,
      epoch: null,
      count: null,
      deadline: null,
      family: null,
      interface: null,
      ttl: null,
      tos: null,
      traffic: true,
      resolveEvery: null,
      record: null,
      resume: false,
      output: null,
      ascii: false,
      theme: 'auto',
      colours: { dark: {}, light: {} },
      mouse: true,
      status: null,
      user: null,
      web: null,
    });
  });

  it.each([
    ['path 9.9.9.9', { host: 0, interval: 1000, sizeBytes: 56 }, [['9.9.9.9', 1000]]],
    ['path far=9.9.9.9,interval=2 -s 20', { host: 0, interval: 2000, sizeBytes: 20 }, [['far', 2000]]],
    ['path a.example -i 0.5', { host: 0, interval: 500, sizeBytes: 56 }, [['a.example', 500]]],
    [
      'a b --path b -i 0.1',
      { host: 1, interval: 1000, sizeBytes: 56 },
      [
        ['a', 100],
        ['b', 100],
      ],
    ],
    [
      'x=a y=b --path y',
      { host: 1, interval: 1000, sizeBytes: 56 },
      [
        ['x', 200],
        ['y', 200],
      ],
    ],
    [
      'a --path B.,interval=3',
      { host: 1, interval: 3000, sizeBytes: 56 },
      [
        ['a', 200],
        ['B.', 3000],
      ],
    ],
    ['A --path a', { host: 0, interval: 1000, sizeBytes: 56 }, [['A', 200]]],
  ])('%j watches a path', async (line, path, endpoints) => {
    const options = await parse(line);
    if (options.command !== 'live') throw new Error('no run');
    expect(options.path).toEqual(path);
    expect(options.endpoints.map(({ label, interval }) => [label, interval])).toEqual(endpoints);
    expect(options.pathFirst).toBe(line.startsWith('path'));
  });

  it.each([
    ['path', 'pingem path takes one host'],
    ['path a b', 'pingem path takes one host'],
    ['path 999.1.1.1', '"999.1.1.1" is no IPv4 address'],
    ['path @provider', '@provider is a router on the way itself'],
    ['a --path @provider', '@provider is a router on the way itself'],
    ['a --path', '--path needs a value'],
    ['a --path 1.1.1.1/24', 'is a network'],
    ['path a --path b', 'pingem path watches one path'],
    ['path ::1 -4', 'is an IPv6 address'],
    ['@provider,size=17', 'at least 18'],
  ])('%j is refused', async (line, message) => {
    await expect(parse(line)).rejects.toThrow(UsageError);
    await expect(parse(line)).rejects.toThrow(message);
  });

  it('turn off what would be on', async () => {
    expect(await parse('a -n')).toMatchObject({ routerNames: false });
    expect(await parse('--no-traffic a')).toMatchObject({ traffic: false });
    await expect(parse('--no-traffic=yes a')).rejects.toThrow('--no-traffic takes no value');
    await expect(parse('--traffic a')).rejects.toThrow(/^unknown option --traffic/);
  });

  it('without endpoints are those that this machine finds by itself', async () => {
    const targets = ['@gateway', '@provider', '@internet', '@internet2'];
    expect(await parse('--json')).toMatchObject({ endpoints: targets.map((target) => ({ target })) });
  });

  it.each<[string, string | null]>([
    ['--status 10.0.0.1', null],
    ['10.0.0.1 --status', null],
    ['--status --json 10.0.0.1', null],
    ['--status=s.json 10.0.0.1', 's.json'],
    ['--status ./s.json 10.0.0.1', './s.json'],
    ['10.0.0.1 --status /run/s.json', '/run/s.json'],
  ])('take the file of --status only where it can be no endpoint: %s', async (line, file) => {
    expect(await parse(line)).toMatchObject({ endpoints: [{ target: '10.0.0.1' }], status: { file } });
  });

  it('ask for the status of a run', async () => {
    expect(await parse('status')).toEqual({
      command: 'status',
      file: null,
      format: 'plain',
      colour: false,
      ascii: false,
    });
    expect(await parse('status f --format tmux --colour')).toMatchObject({ file: 'f', format: 'tmux', colour: true });
    await expect(parse('status f g')).rejects.toThrow('takes one file');
    await expect(parse('status --format xml')).rejects.toThrow('give one of plain, tmux, json');
  });

  it('are all read, attached or apart, before or behind the endpoints', async () => {
    const line =
      '-i0.1 gw=10.0.0.1 -W .5 --size=100 -e 1m ::1 -c 7 -w 60 -I eth0 --ttl 3 --tos 16 --record r.gz --json --user me';
    expect(await parse(line)).toMatchObject({
      endpoints: [
        { label: 'gw', target: '10.0.0.1', family: 4 },
        { label: '::1', target: '::1', family: 6 },
      ],
      interval: 100,
      timeout: 500,
      sizeBytes: 100,
      epoch: 60_000,
      count: 7,
      deadline: 60_000,
      interface: 'eth0',
      ttl: 3,
      tos: 16,
      record: 'r.gz',
      output: 'json',
      user: 'me',
    });
  });

  it('name what to do with a record', async () => {
    expect(await parse('replay r -e 1m')).toEqual({
      command: 'replay',
      file: 'r',
      epoch: 60_000,
      ascii: false,
      theme: 'auto',
      colours: { dark: {}, light: {} },
      mouse: true,
    });
    expect(await parse('summary - --json')).toEqual({ command: 'summary', file: '-', json: true });
    expect(await parse('export r')).toEqual({ command: 'export', file: 'r', epoch: 60_000, episodes: false });
    expect(await parse('export r --csv')).toEqual(await parse('export r'));
    expect(await parse('summary=summary')).toMatchObject({ command: 'live', endpoints: [{ target: 'summary' }] });
    expect(await parse('-- replay')).toMatchObject({ command: 'live', endpoints: [{ target: 'replay' }] });
    expect(await parse('127.0.0.1 repaly')).toMatchObject({ endpoints: [{}, { target: 'repaly' }] });
    expect(await parse('label=replay')).toMatchObject({ endpoints: [{ label: 'label', target: 'replay' }] });
  });

  it('print help and version, not run', async () => {
    for (const form of ['--version', '-V', '-v']) {
      expect(await parse(`${form} x`)).toEqual({ command: 'print', text: '1.2.3\n' });
    }
    expect(await parse('help')).toEqual(await parse('--help'));
    expect(await parse('help export')).toEqual(await parse('export -h'));
    expect(await parse('help export')).toMatchObject({ text: expect.stringContaining('--csv') as string });
    expect(await parse('completions zsh')).toMatchObject({ text: expect.stringMatching(/^#compdef pingem/) as string });
    expect(await parse('x -h')).toMatchObject({
      command: 'print',
      text: expect.stringContaining('--interval') as string,
    });
  });

  it.each([
    ['@router', '"@router" is none of @gateway, @provider, @internet, @internet2: give one of them, or a host'],
    ['--bogus x', 'unknown option --bogus: see pingem --help'],
    ['x -Z', 'unknown option -Z: see pingem --help'],
    ['x -c', '-c needs a value: see pingem --help'],
    ['x -c 0', '--count takes a whole number from 1 to 140737488355328, not "0"'],
    ['x -c 1.5', '--count takes a whole number from 1 to 140737488355328, not "1.5"'],
    ['x -c -5', '--count takes a whole number from 1 to 140737488355328, not "-5"'],
    ['x -i 0,1', '--interval takes a number from 0.001 to 3600, not "0,1"'],
    ['x -i 0.0009', '--interval takes a number from 0.001 to 3600, not "0.0009"'],
    ['x -i NaN', '--interval takes a number from 0.001 to 3600, not "NaN"'],
    ['x -i 0x10', '--interval takes a number from 0.001 to 3600, not "0x10"'],
    ['x -W 0', '--timeout takes a number from 0.001 to 3600, not "0"'],
    ['x -s 15', '--size takes a whole number from 16 to 65507, not "15"'],
    ['x --ttl 256', '--ttl takes a whole number from 1 to 255, not "256"'],
    ['x --tos -1', '--tos takes a whole number from 0 to 255, not "-1"'],
    ['x -e 2h', '--epoch takes a duration from 1s to 1h, such as 5s or 1m, not "2h"'],
    ['x -e 5x', '--epoch takes a duration from 1s to 1h, such as 5s or 1m, not "5x"'],
    ['x --resolve 0.5', '--resolve takes a duration from 1s to 24h, such as 5s or 1m, not "0.5"'],
    ['x --resume', '--resume goes on with a record: say which with --record FILE'],
    ['replay', 'pingem replay takes one record: pingem replay FILE, or - for stdin'],
    ['summary a b', 'pingem summary takes one record: pingem summary FILE, or - for stdin'],
    ['replay a --count 3', 'unknown option --count: see pingem --help'],
    ['replay a --version', 'unknown option --version: see pingem --help'],
    ['x --recrod f', 'unknown option --recrod: did you mean --record?'],
    ['repaly r', 'did you mean  pingem replay r ? For a host called repaly, give it a label: repaly=repaly'],
    [
      'help 127.0.0.1',
      'pingem help takes one of path, serve, replay, summary, report, export, status, config, completions; a host called help is help=help',
    ],
    [
      'completions',
      'pingem completions takes one of bash, zsh, fish; a host called completions is completions=completions',
    ],
    ['10.0.0.0/24', '"10.0.0.0/24" is a network: give the address of one host in it, such as 10.0.0.1'],
    ['lan=192.168.1.7/24', '"192.168.1.7/24" is a network: give the address of one host in it, such as 192.168.1.7'],
    ['2001:db8::/32', '"2001:db8::/32" is a network: give the address of one host in it, such as 2001:db8::1'],
    ['web/index', '"web/index" is no host name and no address: give a name such as example.org'],
    ['me@web', '"me@web" is no host name and no address: give a name such as example.org'],
    ['x --json=3', '--json takes no value but =false: give it alone'],
    ['summary r --json=no', '--json takes no value but =false: give it alone'],
    ['x --json --text', '--json and --text exclude each other: give one of them'],
    ['x -4 -6', '-4 and -6 exclude each other: give one of them, or neither for both'],
    ['-4 ::1', '::1 is an IPv6 address, but -4 asks for IPv4: leave one of them out'],
    [
      'x -i 0.001 -W 61',
      'x: a timeout of 61 s at interval=0.001 would keep over 60000 probes in flight: ' +
        'shorten the timeout or lengthen the interval',
    ],
  ])('refuse %j', async (line, message) => {
    await expect(parse(line)).rejects.toThrow(new UsageError(message));
  });
});
