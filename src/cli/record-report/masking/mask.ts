// Names and addresses made unrecognizable, each always the same way: `host-1`, `gateway`, `address-3`. What is masked is
// whatever the record gives as a name or an address, and in free text also whatever looks like one.

import type { EndpointInfo } from '../../../events/endpoint-info.js';

/** `2001:db8::1`, `fe80::1%eth0`: all eight groups or two colons in a row, so that `12:30:05` stays. */
const IPV6 =
  '(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){7})(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{1,4}|(?:\\d{1,3}\\.){3}\\d{1,3})?(?:%[\\w.-]+)?';
const IPV4 = '(?:\\d{1,3}\\.){3}\\d{1,3}';
const MAC = '(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}';
const EMAIL = '[^\\s@<>"\']+@[^\\s@<>"\']+\\.[^\\s@<>"\',;]+';
/** Labels of letters in any script, with dots between; the last of letters alone (RFC 3696, section 2). */
const DOMAIN = '(?:[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_-]*[\\p{L}\\p{N}])?\\.)+\\p{L}{2,}';
const LOOKS_LIKE_ONE = [EMAIL, MAC, IPV4, IPV6, DOMAIN].join('|');
const IS_ADDRESS = new RegExp(`^(?:${MAC}|${IPV4}|${IPV6})$`, 'iu');

export class Mask {
  /** By what is masked, in lower case. */
  readonly #masks = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  /** Masks of targets that a label has taken. */
  readonly #labelled = new Set<string>();
  /** What is to be replaced, as long as nothing new is known. */
  #found: RegExp | null = null;

  /** The same endpoint under masked names. */
  endpoint(info: EndpointInfo): EndpointInfo {
    const target = this.#masked(info.target, targetBase(info));
    const label = info.label === info.target ? target : this.#label(info, target);
    return { ...info, target, label, address: info.address === null ? null : this.address(info.address) };
  }

  address(address: string): string {
    return this.#masked(address, 'address');
  }

  /** A mark, an error: known names and addresses, and what looks like one. */
  text(text: string): string {
    // In one pass: what has been put in isn't looked at again.
    return text.replace(this.#pattern(), (found) => this.#masked(found, IS_ADDRESS.test(found) ? 'address' : 'name'));
  }

  #label(info: EndpointInfo, target: string): string {
    const known = this.#masks.get(info.label.toLowerCase());
    if (known !== undefined) return known;
    if (info.kind === 'hop') return this.#masked(info.label, `hop-${info.hop ?? 0}`);
    // The first name of a target is masked as the target is, another one has to be told apart from it.
    if (this.#labelled.has(target)) return this.#masked(info.label, `${target}-label`);
    this.#labelled.add(target);
    return this.#put(info.label, target);
  }

  #masked(text: string, base: string): string {
    const known = this.#masks.get(text.toLowerCase());
    if (known !== undefined) return known;
    const count = (this.#counts.get(base) ?? 0) + 1;
    this.#counts.set(base, count);
    // There is one gateway, as a rule, but many hosts.
    const isAlone = count === 1 && !NUMBERED.has(base);
    return this.#put(text, isAlone ? base : `${base}-${count}`);
  }

  #put(text: string, mask: string): string {
    this.#masks.set(text.toLowerCase(), mask);
    this.#found = null;
    return mask;
  }

  #pattern(): RegExp {
    if (this.#found === null) {
      const texts = [...this.#masks.keys()].filter((text) => text !== '');
      const longestFirst = texts.sort((a, b) => b.length - a.length).map(escaped);
      const any = [LOOKS_LIKE_ONE, ...longestFirst].join('|');
      this.#found = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${any})(?![\\p{L}\\p{N}_])`, 'giu');
    }
    return this.#found;
  }
}

const NUMBERED = new Set(['host', 'address', 'name']);

/** A hop's target is the host behind it. */
const targetBase = ({ kind, place }: EndpointInfo): string => {
  if (kind === 'gateway' || place === 'gateway') return 'gateway';
  if (kind === 'provider' || place === 'provider') return 'provider';
  if (kind === 'internet') return 'internet';
  return 'host';
};

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
