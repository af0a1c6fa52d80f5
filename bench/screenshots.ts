// `npm run screenshots`: the README's picture (docs/screen.svg), its two captures and the pictures of the screen in
// docs/pictures, from real runs between namespaces with a network that has something to show: a busy hour for the provider, an outage, a few late replies; and the pictures
// of the page (page-pictures.ts). `-- screen` or `-- page` makes one of the two. Needs root, and Debian's chromium for the page.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeNetPair } from '../test/support/netns.js';
import { pingemProgram } from '../test/support/pingem-run.js';
import { projectRoot, startResponder } from '../test/support/responder-client.js';
import { reply, steps } from '../test/support/responder-script.js';
import type { Step } from '../test/support/responder-script.js';
import { svgOf } from '../test/support/terminal-picture.js';
import type { Paper } from '../test/support/terminal-picture.js';
import { TestTerminal } from '../test/support/terminal.js';
import { takePagePictures } from './page-pictures.js';
import { openPane } from './tmux.js';
import type { TmuxPane } from './tmux.js';

const PROBES = 3000;
const [PICTURE_COLUMNS, PICTURE_ROWS] = [120, 30];
const RUN_MS = 118_000;
const LINK_DOWN_MS = 70_000;
const LINK_UP_MS = 78_000;
/** For a frame, and the terminal to take it in. */
const SETTLE_MS = 1500;
const PAPER_NAMES = ['dark', 'light'] as const satisfies readonly Paper[];

/** What an endpoint's line is like; spans in probes, loss as a fraction. */
type Line = {
  label: string;
  base: number;
  jitter: number;
  busy?: readonly [from: number, to: number];
  lossy?: readonly [from: number, to: number, loss: number];
  late?: readonly [from: number, to: number];
};

const LINES: readonly Line[] = [
  { label: 'gateway', base: 1, jitter: 0.3 },
  { label: 'provider', base: 9, jitter: 3, busy: [300, 500], lossy: [320, 480, 0.05], late: [830, 850] },
  { label: 'dns1', base: 13, jitter: 4, busy: [310, 510], lossy: [320, 500, 0.06], late: [830, 850] },
  { label: 'dns2', base: 15, jitter: 4, busy: [330, 500], lossy: [330, 490, 0.05], late: [830, 850] },
  { label: 'office', base: 24, jitter: 3, lossy: [0, PROBES, 0.01] },
  { label: 'vpn', base: 31, jitter: 6 },
  { label: 'game', base: 45, jitter: 10, lossy: [900, 1000, 0.3] },
  { label: 'far', base: 80, jitter: 5 },
];

/** The same "random" numbers in every run (Park and Miller, 1988). */
const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

const within = (n: number, span: readonly [number, number, ...unknown[]] | undefined): boolean =>
  span !== undefined && n >= span[0] && n < span[1];

const stepsOf = ({ base, jitter, busy, lossy, late }: Line, seed: number): Step[] => {
  const random = randomFrom(seed);
  return steps(PROBES, (n): Step => {
    if (within(n, lossy) && random() < (lossy?.[2] ?? 0)) return [];
    if (within(n, late)) return [reply(2200 + random() * 300)];
    if (within(n, busy)) return [reply(base * (1.8 + random() * 2.2))];
    return [reply(base + jitter * 3 * random() ** 2)];
  });
};

const pictureOf = async (pane: TmuxPane, columns: number, rows: number, paper: Paper): Promise<string> => {
  const terminal = new TestTerminal(columns, rows);
  terminal.write(pane.captureColours().trimEnd().split('\n').join('\r\n'));
  await terminal.settled();
  return svgOf(terminal, paper);
};

/** What is pictured, and how it is got there from the wall and back. */
const VIEWS = [
  { name: 'wall-120x30', keys: [], back: [], columns: 120, rows: 30 },
  { name: 'details-120x30', keys: ['Down', 'Down', 'Enter'], back: ['Escape'], columns: 120, rows: 30 },
  { name: 'episodes-120x30', keys: ['o'], back: ['Escape'], columns: 120, rows: 30 },
  { name: 'days-120x30', keys: ['d'], back: ['Escape'], columns: 120, rows: 30 },
  { name: 'wall-80x24', keys: [], back: [], columns: 80, rows: 24 },
  { name: 'wall-40x10', keys: [], back: [], columns: 40, rows: 10 },
] as const;

/** Twelve pictures: each view on a dark and on a light background. */
const takeViews = async (panes: Readonly<Record<Paper, TmuxPane>>): Promise<void> => {
  const folder = join(projectRoot, 'docs/pictures');
  mkdirSync(folder, { recursive: true });
  for (const { name, keys, back, columns, rows } of VIEWS) {
    for (const pane of Object.values(panes)) {
      pane.resize(columns, rows);
      for (const key of keys) pane.send(key);
    }
    await sleep(SETTLE_MS);
    for (const paper of PAPER_NAMES) {
      writeFileSync(join(folder, `${name}-${paper}.svg`), await pictureOf(panes[paper], columns, rows, paper));
    }
    for (const pane of Object.values(panes)) for (const key of back) pane.send(key);
    // Escape and a key at once are Alt and the key.
    if (back.length > 0) await sleep(SETTLE_MS);
  }
};

/** Puts a capture in the place of the one that the README has under `heading`. */
const intoReadme = (heading: string, capture: string): void => {
  const path = join(projectRoot, 'README.md');
  const block = capture
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`.trimEnd())
    .join('\n');
  const old = new RegExp(`(?<=^${heading}\\n\\n)(?: {4}.*\\n|\\n(?= {4}))+`, 'm');
  const readme = readFileSync(path, 'utf8');
  if (!old.test(readme)) throw new Error(`no capture in the README under "${heading}"`);
  writeFileSync(
    path,
    readme.replace(old, () => `${block}\n`),
  );
};

const captureAt = async (pane: TmuxPane, columns: number, rows: number): Promise<void> => {
  pane.resize(columns, rows);
  await sleep(1000);
  intoReadme(`At ${columns}x${rows}:`, pane.capture());
};

const takeScreenPictures = async (): Promise<void> => {
  const pair = makeNetPair(LINES.length);
  const script = { addresses: Object.fromEntries(pair.far4.map((to, i) => [to, stepsOf(LINES[i] as Line, i + 1)])) };
  const responder = await startResponder(pair, script);
  const command = (endpoints: readonly string[]): string[] => {
    const pingem = [process.execPath, pingemProgram, ...endpoints, '-i', '0.1', '-e', '1s'];
    return ['ip', 'netns', 'exec', pair.near, ...pingem];
  };
  const places = [',place=gateway', ',place=provider'];
  const named = pair.far4.map((address, i) => `${LINES[i]?.label}=${address}${places[i] ?? ''}`);
  const few = (paper: Paper): TmuxPane =>
    openPane(command([...named.slice(0, 4), '--theme', paper]), PICTURE_COLUMNS, PICTURE_ROWS);
  const panes = { dark: few('dark'), light: few('light') };
  const all = openPane(command(named));
  setTimeout(pair.linkDown, LINK_DOWN_MS);
  setTimeout(pair.linkUp, LINK_UP_MS);
  await sleep(RUN_MS);
  const picture = await pictureOf(panes.dark, PICTURE_COLUMNS, PICTURE_ROWS, 'dark');
  writeFileSync(join(projectRoot, 'docs/screen.svg'), picture);
  await takeViews(panes);
  all.send('+', '+');
  await captureAt(all, 80, 24);
  await captureAt(all, 40, 10);
  for (const pane of [panes.dark, panes.light, all]) pane.close();
  await responder.stop();
  pair.dispose();
};

const [only] = process.argv.slice(2);
if (only !== 'page') await takeScreenPictures();
if (only !== 'screen') await takePagePictures();
