// What the user of a run asks of it while it lasts: an end, a mark, endpoints that come, change and go. Whatever is asked
// was typed by somebody, so it is checked here as the command line is.

import { PLAIN_HOST } from '../events/endpoint-info.js';
import type { EndpointInfo } from '../events/endpoint-info.js';
import type { ProbeEvent } from '../events/events.js';
import { plainText } from '../events/plain-text.js';
import type { EndpointId, Millis } from '../events/units.js';
import { HOP_INTERVAL } from '../probe/path/paths.js';
import type { Paths } from '../probe/path/paths.js';
import type { Prober } from '../probe/prober.js';
import type { Family } from '../probe/ports.js';
import { isZoneThere } from '../probe/socket/raw-icmp-socket.js';
import { MOST_ENDPOINTS } from '../record/lines/line-format.js';
import { planText } from '../view/endpoint-text.js';
import { LEAST_INTERVAL as PAGE_INTERVAL, MOST_ENDPOINTS as PAGE_ENDPOINTS } from '../web/wire/limits.js';
import type { EndpointRequest, RunAnswer, RunCommand } from '../view/run-command.js';
import { checkHopSize, parseEndpoint } from './endpoints/endpoint-argument.js';
import type { EndpointArgument, EndpointDefaults } from './endpoints/endpoint-argument.js';
import { hostKey } from './endpoints/host-argument.js';
import { KnownEndpoints } from './endpoints/known-endpoints.js';
import { UsageError } from './arguments/usage-error.js';

export type RunControlOptions = {
  defaults: EndpointDefaults;
  timeout: Millis;
  /** Families that there is a socket for. */
  families: readonly Family[];
  /** Those who are watched now. */
  present: () => readonly EndpointInfo[];
  onQuit: (picture: string | null) => void;
  answer: (answer: RunAnswer) => void;
};

type Running = {
  prober: Pick<Prober, 'nextId' | 'add' | 'remove' | 'change'>;
  paths: Pick<Paths, 'watch'>;
  emit: (event: ProbeEvent) => void;
};

/** What is typed may be this long, which any host name with its settings is shorter than. */
const LONGEST_TEXT = 1024;

export class RunControl {
  readonly #options: RunControlOptions;
  #running: Running | null = null;

  constructor(options: RunControlOptions) {
    this.#options = options;
  }

  /** Until then there is nothing to mark or to change. */
  begin(running: Running): void {
    this.#running = running;
  }

  readonly command = (command: RunCommand): void => {
    if (command.type === 'quit') this.#options.onQuit(command.picture);
    else if (command.type === 'mark') {
      // Whoever shows the run reckons with what the user typed: nothing that is no number may enter the stream.
      if (!Number.isFinite(command.at)) return;
      this.#running?.emit({ type: 'mark', at: command.at, text: plainText(command.text) });
    } else this.#answer(command);
  };

  #answer(command: EndpointRequest): void {
    const { request } = command;
    try {
      this.#options.answer({ type: 'answer', request, done: true, text: this.#carryOut(command) });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.#options.answer({ type: 'answer', request, done: false, text: plainText(error.message) });
    }
  }

  /** @returns what was done */
  #carryOut(command: EndpointRequest): string {
    const running = this.#running;
    if (running === null) throw new UsageError('the record is still being read: try again when probing has begun');
    if ('text' in command && command.text.length > LONGEST_TEXT) {
      throw new UsageError(`that is longer than ${LONGEST_TEXT} characters: give label=host and its settings`);
    }
    switch (command.type) {
      case 'add':
        return this.#add(parseEndpoint(command.text, this.#options.defaults), running);
      case 'watch':
        return this.#watch(command, running);
      case 'change':
        return this.#change(this.#mustFind(command.endpoint), command.text, running);
      case 'remove': {
        const { id, label } = this.#mustFind(command.endpoint);
        running.prober.remove(id);
        return `removed ${label}`;
      }
      case 'path':
        return this.#watchPath(this.#mustFind(command.endpoint), running);
    }
  }

  /** A host that is watched with whatever interval and size will do, unless the text asks for its own. */
  #watch({ text, interval, sizeBytes }: Extract<EndpointRequest, { type: 'watch' }>, running: Running): string {
    const { defaults } = this.#options;
    const present = this.#options.present();
    const wanted = parseEndpoint(text, {
      ...defaults,
      interval: interval ?? defaults.interval,
      sizeBytes: sizeBytes ?? defaults.sizeBytes,
    });
    const hasPlan = text.includes(',');
    const known = present.find(
      (one) =>
        hostKey(one.target) === hostKey(wanted.target) &&
        (!hasPlan || (one.interval === wanted.interval && one.sizeBytes === wanted.sizeBytes)),
    );
    if (known !== undefined) return `${known.label} is watched already, ${planText(known)}`;
    if (present.length >= PAGE_ENDPOINTS) {
      throw new UsageError(`${PAGE_ENDPOINTS} endpoints are watched, as many as a page may have: remove one first`);
    }
    if (wanted.interval < PAGE_INTERVAL) {
      throw new UsageError(`interval= of ${wanted.label}: a page may ask for ${PAGE_INTERVAL / 1000} s and more`);
    }
    return this.#add(wanted, running);
  }

  #add(argument: EndpointArgument, { prober }: Running): string {
    const { timeout, present } = this.#options;
    const id = prober.nextId;
    // Ids count up and are never used again, and a record has room for so many.
    if (id >= MOST_ENDPOINTS) {
      throw new UsageError(`this run has had ${MOST_ENDPOINTS} endpoints, the most there can be: start it anew`);
    }
    this.#checkReachable(argument);
    const endpoint = new KnownEndpoints(timeout, present(), this.#options.defaults.labels).admit(argument);
    const { label, target, kind, family, interval, sizeBytes, place } = endpoint;
    prober.add({
      ...PLAIN_HOST,
      kind,
      id,
      label,
      target,
      family,
      interval,
      sizeBytes,
      place,
    });
    return `added ${label}, ${planText(endpoint)}`;
  }

  #watchPath({ id: host, kind, label, sizeBytes }: EndpointInfo, { paths }: Running): string {
    if (kind === 'hop') throw new UsageError(`${label} is on the way to a host: its path is watched already`);
    if (kind === 'provider') throw new UsageError(`${label} is a router on the way itself: choose a host`);
    return paths.watch({ host, interval: HOP_INTERVAL, sizeBytes })
      ? `looking for the routers on the way to ${label}`
      : `the path to ${label} is watched already`;
  }

  #change(endpoint: EndpointInfo, text: string, { prober }: Running): string {
    const { defaults, timeout, present } = this.#options;
    const isHop = endpoint.kind === 'hop';
    const parsed = parseEndpoint(text, isHop ? { ...defaults, interval: HOP_INTERVAL } : defaults);
    const argument = isHop ? { ...parsed, kind: endpoint.kind } : parsed;
    if (isHop) checkHopSize(argument.sizeBytes, argument.label);
    if (hostKey(argument.target) !== hostKey(endpoint.target)) {
      throw new UsageError(`the host stays ${endpoint.target}: remove the endpoint and add ${argument.target} instead`);
    }
    const others = present().filter(({ id }) => id !== endpoint.id);
    const { label, interval, sizeBytes, place } = new KnownEndpoints(timeout, others, defaults.labels).admit(argument);
    const before = endpoint;
    const unchanged =
      label === before.label &&
      interval === before.interval &&
      sizeBytes === before.sizeBytes &&
      place === before.place;
    if (unchanged) return `${label} stays as it was`;
    prober.change(endpoint.id, { label, interval, sizeBytes, place });
    return `changed ${label}, ${planText({ interval, sizeBytes })}`;
  }

  #mustFind(id: EndpointId): EndpointInfo {
    const endpoint = this.#options.present().find((one) => one.id === id);
    if (endpoint === undefined) throw new UsageError('that endpoint is not watched any more: a adds another one');
    return endpoint;
  }

  #checkReachable({ target, family }: EndpointArgument): void {
    if (family === null) return;
    if (!this.#options.families.includes(family)) {
      throw new UsageError(`${target} is an IPv${family} address, and this machine has no IPv${family}`);
    }
    if (!isZoneThere(target)) throw new UsageError(`no such network interface, in ${target}: ip link shows them`);
  }
}
