// What is said, second by second: a finding is held back until it has lasted a moment, and what isn't clear never replaces
// what was.

import type { VerdictCode } from '../../events/verdict.js';
import type { Millis, UnixMillis } from '../../events/units.js';
import type { WatchedEndpoint } from '../endpoint.js';
import type { Finding, Judgement } from './judgement.js';

/** A blame lasts so long before it is said; one that replaces another, so long. */
const FIRST: Millis = 1000;
const ANOTHER: Millis = 3000;

export type Said = {
  code: VerdictCode;
  since: UnixMillis;
  blamed: readonly WatchedEndpoint[];
  finding: Finding | null;
};

const NO_BLAME = new Set<VerdictCode>(['starting', 'not-collecting', 'fine']);
export const isBlame = (code: VerdictCode): boolean => !NO_BLAME.has(code);

export class Speaker {
  said: Said;
  #candidate: { code: VerdictCode; at: UnixMillis } | null = null;

  constructor(at: UnixMillis) {
    this.said = { code: 'starting', since: at, blamed: [], finding: null };
  }

  /** At once, whatever was said before. */
  say(code: VerdictCode, since: UnixMillis): void {
    this.#candidate = null;
    this.said = { code, since, blamed: [], finding: null };
  }

  /** What a second's judgement makes of what was said before it. */
  hear({ findings, isPending }: Judgement, now: UnixMillis): void {
    const { said } = this;
    const worst = findings[0];
    if (worst === undefined) {
      if (isPending && (isBlame(said.code) || said.code === 'starting')) return;
      if (said.code !== 'fine') this.say('fine', said.code === 'starting' ? said.since : now);
      this.#candidate = null;
      return;
    }
    if (this.#keeps(worst)) {
      this.#candidate = null;
      return;
    }
    if (worst.code === said.code) {
      this.#take(worst);
      return;
    }
    if (this.#candidate?.code !== worst.code) this.#candidate = { code: worst.code, at: now };
    if (now - this.#candidate.at >= (isBlame(said.code) ? ANOTHER : FIRST)) this.#take(worst);
  }

  /** Whether it still says what it said, as the finding is unclear for want of answers. */
  #keeps(worst: Finding): boolean {
    const { code, blamed } = this.said;
    if (worst.code !== 'unclear' || !worst.isPatient) return false;
    return isBlame(code) && code !== 'unclear' && code !== 'machine' && blamed.some((endpoint) => endpoint.isBad);
  }

  #take(finding: Finding): void {
    this.#candidate = null;
    const { code, since, blamed } = finding;
    this.said = { code, since, blamed, finding };
  }
}
