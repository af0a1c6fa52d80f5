// The pages that take the place of the wall: episodes, days, the details of one endpoint.

import type { EndpointId, UnixMillis } from '../../../events/units.js';
import type { Colours } from '../canvas/colours.js';
import type { Session } from '../data/session.js';
import { byId } from '../parts/dom.js';
import { DaysPage } from './days.js';
import { DetailsPage } from './details.js';
import { EpisodesPage } from './episodes.js';

export type PageName = 'episodes' | 'days' | 'details';

export type PageActions = {
  /** Shows the wall at that time. */
  readonly lookAt: (at: UnixMillis) => void;
  readonly close: () => void;
};

/** What a page has in common with the others. */
export type Page = {
  /** Comes to be shown: takes the place anew. */
  readonly begin: (place: HTMLElement) => void;
  /** Something may have changed. */
  readonly draw: (colours: Colours) => void;
};

export class Pages {
  open: PageName | null = null;
  readonly #place = byId('page');
  readonly #details: DetailsPage;
  readonly #episodes: EpisodesPage;
  readonly #pages: Readonly<Record<PageName, Page>>;

  constructor(session: Session, actions: PageActions) {
    this.#details = new DetailsPage(session, actions);
    this.#episodes = new EpisodesPage(session, actions);
    this.#pages = {
      details: this.#details,
      episodes: this.#episodes,
      days: new DaysPage(session, actions),
    };
  }

  show(page: PageName | null): void {
    const hadFocus = this.#place.contains(document.activeElement);
    if (page === null || page !== this.open) this.#place.replaceChildren();
    const isAnother = page !== this.open;
    this.open = page;
    // Above its details an endpoint has its strip.
    byId('wall').hidden = page !== null && page !== 'details';
    for (const part of ['recent-days', 'legend', 'before']) byId(part).hidden = page !== null;
    this.#place.hidden = page === null;
    if (page !== null && isAnother) this.#pages[page].begin(this.#place);
    if (hadFocus || page !== null) byId('main').focus({ preventScroll: true });
  }

  showDetails(endpoint: EndpointId): void {
    this.#details.of(endpoint);
  }

  /** In the list of episodes. */
  moveLine(by: 1 | -1): void {
    this.#episodes.moveLine(by);
  }

  draw(colours: Colours): void {
    if (this.open !== null) this.#pages[this.open].draw(colours);
  }
}
