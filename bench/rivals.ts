// How the other monitors are run and read. Each gets the interval and the count and is otherwise left at its defaults,
// as its users run it; what they print is parsed for counts and for single RTTs in order of sending.

import { installed } from './machine.js';

export type Reported = {
  sent: number;
  answered: number;
  /** What it calls lost. */
  lost: number;
  duplicates: number;
  min: number;
  mean: number;
  max: number;
};

export type Rival = {
  name: string;
  /** For a run of `count` probes to each address. */
  command(count: number, intervalSeconds: number, addresses: readonly string[]): string[];
  /** RTTs in milliseconds by icmp_seq, of a run against one address; the first reply to each. */
  rtts(output: string): Map<number, number>;
  /** What it says of this address; null where it says nothing. */
  reported(output: string, address: string): Reported | null;
};

const numbers = (output: string, pattern: RegExp): number[] =>
  [...output.matchAll(pattern)].map((found) => Number(found[1]));

/** From what a pattern finds twice: sequence and RTT. `shift`: what the program adds to icmp_seq in print. */
const bySequence = (output: string, pattern: RegExp, shift = 0): Map<number, number> => {
  const found = [...output.matchAll(pattern)].map((match) => [Number(match[1]) - shift, Number(match[2])] as const);
  return new Map(found.toReversed());
};

const literal = (address: string): string => address.replaceAll('.', '\\.');

const fping: Rival = {
  name: 'fping',
  // `-i 1`: its own default gap of 10 ms between any two packets would keep eight hosts from being on time.
  command: (count, interval, addresses) => `fping -c ${count} -p ${interval * 1000} -i 1`.split(' ').concat(addresses),
  rtts: (output) => bySequence(output, /\[(\d+)\], \d+ bytes, (\S+) ms/g),
  reported: (output, address) => {
    const [, sent = 0, answered = 0] = (
      new RegExp(`^${literal(address)}\\s*: xmt/rcv/%loss = (\\d+)/(\\d+)/`, 'm').exec(output) ?? []
    ).map(Number);
    const times = [
      ...output.matchAll(new RegExp(`^${literal(address)}\\s*: \\[\\d+\\], \\d+ bytes, (\\S+) ms`, 'gm')),
    ].map((found) => Number(found[1]));
    const duplicates = [...output.matchAll(/: duplicate for/g)].length;
    return { sent, answered, lost: sent - answered, duplicates, ...spread(times) };
  },
};

const spread = (times: readonly number[]): Pick<Reported, 'min' | 'mean' | 'max'> => ({
  min: Math.min(...times),
  mean: times.reduce((sum, time) => sum + time, 0) / times.length,
  max: Math.max(...times),
});

const ping: Rival = {
  name: 'ping',
  command: (count, interval, [address = '']) => ['ping', '-n', '-c', String(count), '-i', String(interval), address],
  rtts: (output) => bySequence(output, /^\d+ bytes.* icmp_seq=(\d+) .*time=(\S+) ms$/gm),
  reported: (output) => {
    const [, sent = 0, answered = 0] = (/(\d+) packets transmitted, (\d+) received/.exec(output) ?? []).map(Number);
    const [, min = Number.NaN, mean = Number.NaN, max = Number.NaN] = (
      / = ([\d.]+)\/([\d.]+)\/([\d.]+)\//.exec(output) ?? []
    ).map(Number);
    const duplicates = Number(/\+(\d+) duplicates/.exec(output)?.[1] ?? 0);
    return { sent, answered, lost: sent - answered, duplicates, min, mean, max };
  },
};

const mtr: Rival = {
  name: 'mtr',
  // Raw lines: "x <hop> <seq>" for a probe, "p <hop> <usec> <seq>" for its reply. One hop: the far side is next door.
  command: (count, interval, [address = '']) => [
    'mtr',
    '-l',
    '-n',
    '-m',
    '1',
    '-c',
    String(count),
    '-i',
    String(interval),
    address,
  ],
  rtts: (output) => {
    const found = [...output.matchAll(/^p \d+ (\d+) (\d+)$/gm)];
    return new Map(found.toReversed().map((match) => [Number(match[2]), Number(match[1]) / 1000]));
  },
  reported: (output) => {
    const sent = numbers(output, /^x \d+ (\d+)$/gm).length;
    const times = [...mtr.rtts(output).values()];
    return { sent, answered: times.length, lost: sent - times.length, duplicates: 0, ...spread(times) };
  },
};

const oping: Rival = {
  name: 'oping',
  command: (count, interval, addresses) => ['oping', '-c', String(count), '-i', String(interval), ...addresses],
  rtts: (output) => bySequence(output, /^\d+ bytes.* icmp_seq=(\d+) .*time=(\S+) ms$/gm, 1),
  reported: (output, address) => {
    const block = output.slice(output.indexOf(`--- ${address} ping statistics ---`));
    const [, sent = 0, answered = 0] = (/(\d+) packets transmitted, (\d+) received/.exec(block) ?? []).map(Number);
    const times = [...output.matchAll(new RegExp(`^\\d+ bytes from ${literal(address)} .* time=(\\S+) ms$`, 'gm'))].map(
      (found) => Number(found[1]),
    );
    return { sent, answered, lost: sent - answered, duplicates: 0, ...spread(times) };
  },
};

/** Those that are installed here. */
export const rivals = (): Rival[] => [fping, ping, mtr, oping].filter((rival) => installed(rival.name));
