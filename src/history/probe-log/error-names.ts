// Error texts as small numbers, so that a send record keeps its errno in two bytes. One table per endpoint, bounded.

/** Id 0: no error. */
export const NO_ERROR = 0;

/** More distinct texts than this share one id: a host that answers with ever new addresses can't fill the memory. */
const LIMIT = 4096;

/** What the texts past the limit are called. */
const OTHER_ERRORS = 'other errors';

export class ErrorNames {
  private readonly ids = new Map<string, number>();
  private readonly texts: string[] = [''];

  idOf(text: string): number {
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    if (this.texts.length >= LIMIT && text !== OTHER_ERRORS) return this.idOf(OTHER_ERRORS);
    const id = this.texts.length;
    this.texts.push(text);
    this.ids.set(text, id);
    return id;
  }

  /** Null for NO_ERROR. */
  textOf(id: number): string | null {
    return id === NO_ERROR ? null : (this.texts[id] ?? null);
  }

  /** The text that counts most in a table of ids; of equals the first in the alphabet, so that no order matters. */
  mostFrequent(counts: ReadonlyMap<number, number>): string | null {
    let best: string | null = null;
    let most = 0;
    for (const [id, count] of counts) {
      const text = this.texts[id] as string;
      if (count > most || (count === most && best !== null && text < best)) {
        best = text;
        most = count;
      }
    }
    return best;
  }
}

/** How an ICMP error reads wherever errors are shown: "3/1 from 192.168.1.1". */
export const icmpErrorText = (type: number, code: number, from: string): string => `${type}/${code} from ${from}`;
