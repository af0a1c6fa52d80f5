// The endpoints that a run has, as far as another one could be mistaken for one of them: no two have one label, and no two
// probe one host in the same way.

import type { EndpointInfo } from '../../events/endpoint-info.js';
import type { Millis } from '../../events/units.js';
import { counted, widthText } from '../../view/format.js';
import type { EndpointArgument } from './endpoint-argument.js';
import { hostKey } from './host-argument.js';
import { UsageError } from '../arguments/usage-error.js';

type Known = Pick<EndpointInfo, 'kind' | 'label' | 'target' | 'interval' | 'sizeBytes'>;

/** Probes in flight at once that can still be told apart by the 16 bits that an ICMP error quotes. */
const MOST_IN_FLIGHT = 60_000;

export class KnownEndpoints {
  readonly #byHost = new Map<string, Known[]>();
  readonly #labels = new Set<string>();
  readonly #timeout: Millis;
  /** What hosts are called that are given no label, by `hostKey`. */
  readonly #ordinary: ReadonlyMap<string, string>;

  constructor(timeout: Millis, known: readonly Known[] = [], ordinary: ReadonlyMap<string, string> = new Map()) {
    this.#timeout = timeout;
    this.#ordinary = ordinary;
    for (const endpoint of known) this.#add(endpoint);
  }

  /** Whether that host is probed already in the same way. The hops towards it are others. */
  has({ kind, target, interval, sizeBytes }: EndpointArgument): boolean {
    if (kind === 'hop') return false;
    const others = (this.#byHost.get(hostKey(target)) ?? []).filter((other) => other.kind !== 'hop');
    return others.some((other) => other.interval === interval && other.sizeBytes === sizeBytes);
  }

  /**
   * Takes one more. The same host again has to have another interval or size; without a label of its own it is called by
   * what is different.
   * @returns it as it is to be called
   * @throws UsageError
   */
  admit(argument: EndpointArgument): EndpointArgument {
    const { target } = argument;
    const others = this.#byHost.get(hostKey(target)) ?? [];
    if (this.has(argument)) {
      throw new UsageError(`${target} is given twice: name it once, or give it another interval= or size=`);
    }
    this.#checkInFlight(argument, others);
    const admitted = {
      ...argument,
      label: this.#ownLabel(
        argument,
        others.find(({ kind }) => kind !== 'hop'),
      ),
    };
    this.#add(admitted);
    return admitted;
  }

  #ownLabel({ label, target, interval, sizeBytes }: EndpointArgument, other: Known | undefined): string {
    if (!this.#labels.has(label)) return label;
    const parts = [
      ...(sizeBytes === other?.sizeBytes ? [] : [counted(sizeBytes, 'byte')]),
      ...(interval === other?.interval ? [] : [`every ${widthText(interval)}`]),
    ];
    const own = `${label} ${parts.join(' ')}`;
    const unnamed = label === target || label === this.#ordinary.get(hostKey(target));
    if (unnamed && other !== undefined && !this.#labels.has(own)) return own;
    throw new UsageError(`the label "${label}" is given twice: use one label per endpoint`);
  }

  /** Probes to one host share the sequence of its ICMP headers. */
  #checkInFlight({ target, interval }: EndpointArgument, others: readonly Known[]): void {
    const all = [interval, ...others.map((other) => other.interval)];
    if (all.reduce((sum, one) => sum + this.#timeout / one, 0) <= MOST_IN_FLIGHT) return;
    const [timeout, every] = [this.#timeout, interval].map((ms) => ms / 1000);
    throw new UsageError(
      `${target}: a timeout of ${timeout} s at interval=${every} would keep over ${MOST_IN_FLIGHT} probes in flight: ` +
        'shorten the timeout or lengthen the interval',
    );
  }

  #add(endpoint: Known): void {
    this.#labels.add(endpoint.label);
    const key = hostKey(endpoint.target);
    this.#byHost.set(key, [...(this.#byHost.get(key) ?? []), endpoint]);
  }
}
