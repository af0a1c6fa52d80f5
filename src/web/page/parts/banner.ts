// The top of the page: whose fault it is and what proves it, the time, and what is wrong with the page itself.

import { headlineOf, proofOf, sentenceOf } from '../../../diagnosis/wording/verdict-words.js';
import { CODE_WORDS } from '../../../diagnosis/wording/names.js';
import type { UnixMillis } from '../../../events/units.js';
import type { CallQuality, VerdictCode, VerdictEvent } from '../../../events/verdict.js';
import { callWords } from '../../../view/wall/call-words.js';
import { byId, setText } from './dom.js';

const CALM: ReadonlySet<VerdictCode> = new Set(['starting', 'not-collecting', 'fine']);

/** In characters: on a narrow window they wrap, rather than leave out what is wrong. */
const LONGEST_HEADLINE = 160;
const LONGEST_EVIDENCE = 400;

export type BannerContent = {
  readonly verdict: VerdictEvent | null;
  /** What a call would be like; null where it can't be told. */
  readonly callQuality: CallQuality | null;
  readonly now: UnixMillis;
  /** `22:18:16`, with the day where it isn't today's. */
  readonly timeText: (at: UnixMillis) => string;
  /** Since when nothing has been heard from the server; null while something is. */
  readonly brokenSince: string | null;
  /** What the program itself has to say. */
  readonly notice: string | null;
  /** Nobody is watched. */
  readonly isEmpty: boolean;
  /** Anything has come from the server yet. */
  readonly hasHeard: boolean;
};

const headline = ({ verdict, now, timeText, isEmpty, hasHeard }: BannerContent): string => {
  if (!hasHeard) return 'connecting';
  if (isEmpty) return 'no endpoint is watched yet: add one, or give ?endpoints= in the address';
  if (verdict === null) return 'starting';
  const text = headlineOf(verdict, { columns: LONGEST_HEADLINE, clock: timeText, lasting: now - verdict.since });
  // A number and its unit stay on one line.
  return text.replaceAll(/(?<=\d) (?=%|ms)/g, '\u00a0');
};

/** Spoken once for each thing that is said, not once a second. */
const spoken = ({ verdict, timeText, brokenSince }: BannerContent): string => {
  if (brokenSince !== null) return `not connected since ${brokenSince}`;
  return verdict === null ? '' : sentenceOf(verdict, timeText);
};

export class Banner {
  readonly #verdict = byId('verdict');
  readonly #evidence = byId('evidence');
  readonly #call = byId('call');
  readonly #clock = byId('clock');
  readonly #connection = byId('connection');
  readonly #spoken = byId('spoken');
  #saidKey = '';

  show(content: BannerContent): void {
    const { verdict, now, timeText, brokenSince, notice } = content;
    setText(this.#verdict, headline(content));
    this.#verdict.classList.toggle('calm', verdict === null || CALM.has(verdict.code));
    setText(this.#evidence, verdict === null ? '' : proofOf(verdict, LONGEST_EVIDENCE));
    const { callQuality } = content;
    setText(this.#call, verdict === null ? '' : (callWords(verdict, callQuality)[0] ?? ''));
    setText(this.#clock, timeText(now));
    const trouble = brokenSince === null ? notice : `not connected since ${brokenSince}: what is shown ends there`;
    setText(this.#connection, trouble ?? '');
    this.#connection.hidden = trouble === null;
    document.documentElement.classList.toggle('broken', brokenSince !== null);
    const word = brokenSince !== null ? 'not connected' : verdict === null ? '' : CODE_WORDS[verdict.code].short;
    const title = word === '' ? 'pingem' : `${word} · pingem`;
    if (document.title !== title) document.title = title;
    const key =
      brokenSince ?? (verdict === null ? '' : `${verdict.code} ${verdict.since} ${verdict.endpoints.join(' ')}`);
    if (key !== this.#saidKey) {
      this.#saidKey = key;
      setText(this.#spoken, spoken(content));
    }
  }

  /** One line on what is wrong with what the user asked for; null where nothing is. */
  problem(text: string | null): void {
    const line = byId('problem');
    setText(line, text ?? '');
    line.hidden = text === null;
  }
}
