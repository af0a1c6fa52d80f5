// Where and with what a bench ran: the page is worth nothing without it.

import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { projectRoot } from '../test/support/responder-client.js';

/** First line of stdout and stderr together, or null where the command is not installed. */
const firstLine = (command: string, ...args: readonly string[]): string | null => {
  const done = spawnSync(command, [...args], { encoding: 'utf8' });
  if (done.error) return null;
  return `${done.stdout}${done.stderr}`.trim().split('\n')[0] ?? '';
};

export const installed = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

const packageVersion = (name: string): string | null => {
  const done = spawnSync('dpkg-query', ['-W', '-f', '${Version}', name], { encoding: 'utf8' });
  return done.error || done.status !== 0 ? null : done.stdout.trim();
};

const commit = (): string => {
  try {
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd: projectRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--', 'src', 'bin') ? ' with local changes' : ''}`;
  } catch {
    return 'no git';
  }
};

export const pingemVersion = (): string => {
  const { version } = JSON.parse(readFileSync(`${projectRoot}/package.json`, 'utf8')) as { version: string };
  return `pingem ${version} (${commit()})`;
};

/** One line a fact. */
export const describeMachine = (): string[] => {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const rivals = [
    firstLine('fping', '-v')?.replace(/^fping: Version/, 'fping'),
    firstLine('ping', '-V'),
    firstLine('mtr', '-v'),
    installed('oping') ? `oping ${packageVersion('oping') ?? ''}`.trim() : null,
    installed('gping') ? firstLine('gping', '--version') : null,
    installed('trip') ? firstLine('trip', '--version') : null,
  ];
  // Where gping was found the table of costs says.
  const elsewhere = process.env['PINGEM_BENCH_GPING'] === undefined ? [] : ['gping'];
  const absent = ['fping', 'ping', 'mtr', 'oping', 'gping', 'trip'].filter(
    (name) => !installed(name) && !elsewhere.includes(name),
  );
  return [
    `Machine: ${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}, ${memory}, Linux ${release()}, Node ${process.version}`,
    `Versions: ${[pingemVersion(), ...rivals, firstLine('tmux', '-V'), firstLine('tcpdump', '--version')].filter(Boolean).join('; ')}`,
    ...(absent.length > 0 ? [`Not installed here, so left out: ${absent.join(', ')}`] : []),
  ];
};
