// A run's options: what they say against each other, and which endpoints they name.

import type { VerdictCode } from '../../events/verdict.js';
import type { Millis } from '../../events/units.js';
import type { OwnColours, ThemeChoice } from '../../view/theme/palette.js';
import { HOP_INTERVAL } from '../../probe/path/paths.js';
import type { PathPlan } from '../../probe/path/paths.js';
import { WELL_KNOWN_NAMES } from '../../probe/route/well-known.js';
import { MOST_ENDPOINTS } from '../../record/lines/line-format.js';
import { oneOfOptions } from '../config/exclusive.js';
import { expandGroups, groupMembers } from '../config/groups.js';
import type { Named } from '../config/groups.js';
import { readOptions } from '../config/layers.js';
import type { Layers } from '../config/layers.js';
import { checkUserIsOwn } from '../config/load-config.js';
import type { Loaded } from '../config/load-config.js';
import { parseEndpoint } from '../endpoints/endpoint-argument.js';
import type { EndpointArgument } from '../endpoints/endpoint-argument.js';
import { pathBeside, pathTo } from '../endpoints/path-argument.js';
import { KnownEndpoints } from '../endpoints/known-endpoints.js';
import { ORDINARY_PLACE } from '../web/web-place.js';
import type { WebWanted } from '../web/web-start.js';
import type { OptionSpec, OptionValues } from './option-spec.js';
import { runOptions } from './option-table.js';
import { names } from './option-values.js';
import { webOptions } from './options/web-options.js';
import { UsageError } from './usage-error.js';

export type LiveOptions = {
  command: 'live';
  endpoints: readonly EndpointArgument[];
  /** Whose path is watched, by its place among the endpoints; null for none. */
  path: PathPlan | null;
  /** Whether the run is about that path. */
  pathFirst: boolean;
  /** Whether names of routers are looked up. */
  routerNames: boolean;
  /** What hosts are called that are given no label, by `hostKey`. */
  labels: ReadonlyMap<string, string>;
  interval: Millis;
  timeout: Millis;
  /** ICMP payload. */
  sizeBytes: number;
  /** null: the ordinary one, reached in steps on a screen. */
  epoch: Millis | null;
  count: number | null;
  deadline: Millis | null;
  family: 4 | 6 | null;
  interface: string | null;
  ttl: number | null;
  tos: number | null;
  /** Watch what this machine itself sends and receives. */
  traffic: boolean;
  /** How often names are resolved anew, null for only when an endpoint is down. */
  resolveEvery: Millis | null;
  record: string | null;
  /** Load what the record holds before going on with it. */
  resume: boolean;
  /** null: a screen where stdout is a terminal, text elsewhere. `none`: of pingem serve. */
  output: 'json' | 'text' | 'line' | 'none' | null;
  /** null: neither page nor metrics. */
  web: WebWanted | null;
  ascii: boolean;
  theme: ThemeChoice;
  /** Instead of the theme's. */
  colours: OwnColours;
  /** Listen to the mouse. */
  mouse: boolean;
  /** Whether a status file is written, and where: null for the default place. */
  status: { file: string | null } | null;
  /** Ring the bell at an episode's begin and end. */
  bell: boolean;
  /** A command and its arguments to run then. */
  onEpisode: readonly string[] | null;
  /** Of which episodes to tell, null for all. */
  alertOn: ReadonlySet<VerdictCode> | null;
  user: string | null;
};

/**
 * The options of a run, against each other and with the config file.
 * @param pathHost what pingem path is about, null for any other run
 * @param isServed whether it is pingem serve, which has a page, and watches nobody unless told
 * @throws UsageError
 */
export const liveOptions = (
  layers: Layers,
  { config, account }: Loaded,
  pathHost: string | null,
  isServed = false,
): LiveOptions => {
  const options = readOptions(runOptions, layers);
  checkUserIsOwn(layers.of(runOption('user')), account);
  const { timeout, size, epoch, count, deadline, ttl, tos, resolve, record, resume, ascii, theme, user } = options;
  const family = forcedFamily(options);
  // As a default, what goes with something else waits until that is given.
  const isTyped = (name: (typeof runOptions)[number]['name']): boolean =>
    layers.of(runOption(name)).source === 'command line';
  const interval = pathHost === null || isTyped('interval') ? options.interval : HOP_INTERVAL;
  const labels = new Map(Array.from(config.labels, ([host, { value }]) => [host, value]));
  const known = new KnownEndpoints(timeout, [], labels);
  const defaults = { interval, sizeBytes: size, family, labels };
  const named =
    pathHost === null
      ? namedEndpoints(layers, isServed ? [] : WELL_KNOWN_NAMES)
      : [{ text: pathHost, isMember: false }];
  const endpoints = named.flatMap(({ text, isMember }) => {
    const argument = parseEndpoint(text, defaults);
    return isMember && known.has(argument) ? [] : [known.admit(argument)];
  });
  let path: PathPlan | null = null;
  if (pathHost !== null) {
    if (isTyped('path'))
      throw new UsageError('pingem path watches one path: leave out --path, or give pingem both hosts');
    const [host] = endpoints as [EndpointArgument];
    path = pathTo(0, host, host.interval);
  } else if (options.path !== null) {
    const beside = pathBeside(options.path, endpoints, defaults);
    if (beside.added !== null) endpoints.push(known.admit(beside.added));
    path = beside.path;
  }
  if (endpoints.length > MOST_ENDPOINTS) {
    throw new UsageError(`${endpoints.length} endpoints are too many: give at most ${MOST_ENDPOINTS}`);
  }
  if (resume && record === null && isTyped('resume')) {
    throw new UsageError('--resume goes on with a record: say which with --record FILE');
  }
  for (const name of ['web-host', 'token-file'] as const) {
    if (options.web !== null || options.metrics !== null || options[name] === null || !isTyped(name) || isServed)
      continue;
    throw new UsageError(`--${name} is about the page and its metrics: add --web or --metrics`);
  }
  const [onEpisode, alertOn] = [options['on-episode'], options['alert-on']];
  if (alertOn !== null && onEpisode === null && !options.bell && isTyped('alert-on')) {
    throw new UsageError('--alert-on chooses what --bell and --on-episode tell of: give one of them');
  }
  return {
    command: 'live',
    endpoints,
    path,
    pathFirst: pathHost !== null,
    routerNames: !options.numeric,
    labels,
    interval,
    timeout,
    sizeBytes: size,
    epoch,
    count,
    deadline,
    family,
    interface: options.interface,
    ttl,
    tos,
    traffic: !options['no-traffic'],
    resolveEvery: resolve,
    record,
    resume: resume && record !== null,
    status: options.status,
    output: oneOfOptions(['json', 'text', 'line'], (name) => layers.of(runOption(name))),
    web: options.web === null && options.metrics === null ? null : webWanted(options),
    ascii,
    theme,
    colours: config.colours,
    mouse: !options['no-mouse'],
    bell: options.bell,
    onEpisode,
    alertOn,
    user,
  };
};

/** Of pingem serve: a run with a page, which shows nothing by itself and watches nobody unless told. */
export const serveArguments = (layers: Layers, loaded: Loaded): LiveOptions => {
  const options = liveOptions(layers, loaded, null, true);
  const given = readOptions(webOptions, layers);
  const web = webWanted({ ...given, web: given.web ?? ORDINARY_PLACE });
  return { ...options, output: 'none', web };
};

const webWanted = (given: OptionValues<typeof webOptions>): WebWanted => ({
  page: given.web,
  metrics: given.metrics,
  hosts: given['web-host'] ?? [],
  tokenFile: given['token-file'],
});

const forcedFamily = (given: { 4: boolean; 6: boolean }): 4 | 6 | null => {
  if (given[4] && given[6]) throw new UsageError('-4 and -6 exclude each other: give one of them, or neither for both');
  if (given[4]) return 4;
  return given[6] ? 6 : null;
};

const runOption = (name: (typeof runOptions)[number]['name']): OptionSpec => {
  const spec = runOptions.find((one) => one.name === name);
  if (spec === undefined) throw new Error(`${name} is no option of a run`);
  return spec;
};

/** Those of the command line, else those of the group that is the default, else what this machine finds by itself. */
const namedEndpoints = (layers: Layers, ordinary: readonly string[]): Named[] => {
  const words = layers.given._;
  const { typed, source, called } = layers.of(runOption('group'));
  const groups =
    typeof typed === 'string' && (source === 'command line' || words.length === 0) ? names(called, typed) : [];
  const given = [...groupMembers(groups, layers.config, called), ...expandGroups(words, layers.config)];
  return given.length > 0 ? given : ordinary.map((text) => ({ text, isMember: false }));
};

/** The run's endpoints as they were typed, groups by their members. */
export const endpointTexts = (layers: Layers): string[] =>
  namedEndpoints(layers, WELL_KNOWN_NAMES).map(({ text }) => text);
