// A shell that outlives us by a moment: it waits for its stdin to close, which happens however we end, and takes away what
// we made: every process with our folder on its command line, the terminal, the namespaces, the disk and the folder.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** $1, $2: namespaces; $3: folder, with `disk` mounted in it and the terminal's process id in `terminal`. */
const SCRIPT = `
trap '' INT TERM HUP QUIT
read -r done
for process in /proc/[0-9]*; do
  pid=\${process#/proc/}
  if [ "$pid" != $$ ] && grep -qF "$3/" "$process/cmdline" 2>/dev/null; then kill -9 "$pid"; fi
done
for pid in $(cat "$3/terminal" 2>/dev/null); do
  case $(cat "/proc/$pid/comm" 2>/dev/null) in tmux*) kill -9 "$pid";; esac
done
for namespace in "$1" "$2"; do
  ip netns del "$namespace"
  rm -rf "/etc/netns/$namespace"
done
umount -l "$3/disk"
rm -rf "$3"
`;

export type Reaper = {
  /** Resolves when all is gone. */
  reap(): Promise<void>;
};

export function startReaper(near: string, far: string, folder: string): Reaper {
  // Detached: a terminal's Ctrl-C goes to whole groups.
  const shell: ChildProcess = spawn('sh', ['-c', SCRIPT, 'reaper', near, far, folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const ended = new Promise<void>((done) => shell.once('exit', () => done()));
  return {
    reap: async () => {
      shell.stdin?.end();
      await ended;
    },
  };
}
