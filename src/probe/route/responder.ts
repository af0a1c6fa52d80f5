// Which router answers for a hop. One answer from elsewhere is no other route: balancers that look at more than we can keep
// the same spread packets over several. Three in a row are.

/** So many answers in a row from one other address are a route change. */
const ROUTE_CHANGE = 3;

export class Responder {
  #current: string | null = null;
  #other: string | null = null;
  #streak = 0;

  /** Null before the first answer. */
  get current(): string | null {
    return this.#current;
  }

  /** Who has answered now. Returns whether that makes it the one, having been another or none. */
  note(address: string): boolean {
    if (address === this.#current) {
      this.#other = null;
      return false;
    }
    this.#streak = address === this.#other ? this.#streak + 1 : 1;
    this.#other = address;
    if (this.#current !== null && this.#streak < ROUTE_CHANGE) return false;
    this.#current = address;
    this.#other = null;
    return true;
  }
}
