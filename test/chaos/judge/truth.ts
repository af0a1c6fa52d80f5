// What truly happened, from the responder's log: each request, and every packet that was sent in answer to it.

import { isGenuine } from '../../support/responder-script.js';
import type { LogLine, RequestLine } from '../../support/responder-script.js';
import type { Launch } from '../subject.js';

export type Answer = { at: number; kind: 'genuine' | 'error' };

export type TruthSlot = {
  /** When the responder read the request. */
  at: number;
  /** Genuine replies and ICMP errors that left, in order. Those that were planned and not sent are in no log. */
  answers: Answer[];
};

/** By endpoint, then by sequence. */
export type TruthRun = { slots: ReadonlyMap<number, TruthSlot>[]; repeated: number };

const key = (line: { to: string; id: number; seq16: number }): string => `${line.to} ${line.id} ${line.seq16}`;

export class TruthReader {
  readonly #launches: readonly Launch[];
  readonly #runs: { slots: Map<number, TruthSlot>[]; repeated: number }[];
  /** The newest request of each address, identifier and 16-bit sequence. */
  readonly #newest = new Map<string, TruthSlot>();

  constructor(launches: readonly Launch[], endpoints: number) {
    this.#launches = launches;
    this.#runs = launches.map(() => ({
      slots: Array.from({ length: endpoints }, () => new Map<number, TruthSlot>()),
      repeated: 0,
    }));
  }

  get runs(): readonly TruthRun[] {
    return this.#runs;
  }

  line(line: LogLine): void {
    if (line.type === 'request') this.#request(line);
    else if (line.error === undefined && (isGenuine(line) || line.kind === 'error')) {
      const kind = line.kind === 'error' ? 'error' : 'genuine';
      this.#newest.get(key(line))?.answers.push({ at: line.at, kind });
    }
  }

  #request(line: RequestLine): void {
    const run = this.#runs[this.#launches.findLastIndex(({ at }) => at <= line.at)];
    const own = run?.slots[line.endpoint ?? -1];
    // Not a probe of ours: a lookup, say, is no echo request at all.
    if (run === undefined || own === undefined || line.seq === null) return;
    const slot: TruthSlot = { at: line.at, answers: [] };
    if (own.has(line.seq)) run.repeated++;
    own.set(line.seq, slot);
    this.#newest.set(key(line), slot);
  }
}
