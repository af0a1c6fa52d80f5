// A run of pingem in a root, by a real sudo of a real user, looked at from outside: who its threads are, what they may do,
// whose the record is.

import type { Root } from './roots.js';

export type Observed = { works: boolean; line: string };

/** Runs `command` (words of a shell) on loopback for 4 s, and prints what /proc says after 2.5 s. */
const script = (command: string): string => `
cd "$HOME"; rm -f observed.log
${command} 127.0.0.1 ::1 --record "$HOME/observed.log" --text -w 4 >observed.out 2>observed.err &
sleep 2.5
for status in /proc/[0-9]*/task/*/status; do
  tr '\\0' ' ' <"\${status%/task/*}/cmdline" 2>/dev/null | grep -q 'pingem.js' &&
    awk '/^Uid/{u=$2"/"$3} /^CapPrm/{p=$2} /^CapEff/{e=$2} /^CapAmb/{a=$2} END{print "THREAD", u, p, e, a}' "$status"
done
wait $!; echo "STATUS $?"
echo "RECORD $(stat -c '%U:%G %a' observed.log 2>/dev/null) $(grep -c '"answered"' observed.log 2>/dev/null)"
head -c 300 observed.err | head -2
`;

const NO_CAPABILITY = '0000000000000000';
const CAP_NET_RAW = '0000000000002000';

/** What such a run came to; `command` may only name what is installed. */
export const observeRun = (root: Root, command: string): Observed => {
  const { output } = root.asUser(script(command), 2);
  const threads = output.split('\n').flatMap((line) => (line.startsWith('THREAD ') ? [line.split(' ').slice(1)] : []));
  const status = /^STATUS (\d+)$/m.exec(output)?.[1];
  const record = /^RECORD (\S+) (\d+) (\d+)$/m.exec(output);
  const uids = new Set(threads.map(([uid]) => uid));
  const capabilities = new Set(threads.map(([, permitted]) => permitted));
  const [capability = ''] = capabilities;
  const dropped =
    uids.size === 1 && !uids.has('0/0') && capabilities.size === 1 && [NO_CAPABILITY, CAP_NET_RAW].includes(capability);
  const works = status === '0' && dropped && record?.[1] === 'user:user' && Number(record[3]) > 10;
  if (threads.length === 0 || record === null) {
    const said = output.split('\n').find((line) => line.startsWith('pingem:') || line.startsWith('sudo:'));
    return { works: false, line: `status ${status ?? '?'}: ${said ?? output.trim().slice(-300)}` };
  }
  const kept = capability === CAP_NET_RAW ? 'CAP_NET_RAW' : capability === NO_CAPABILITY ? 'no capability' : capability;
  const who = `${threads.length} threads, uid ${[...uids].join(', ')}, ${kept}`;
  return { works, line: `${who}; record ${record[1]} ${record[2]}, ${record[3]} answered; status ${status ?? '?'}` };
};
