// The page of episodes: each with its begin, end, length, whose fault and how bad, and among them what else happened.
// One opens the wall at its time.

import type { UnixMillis } from '../../../events/units.js';
import { ledgerEventText } from '../../../view/outage-text.js';
import { durationText } from '../../../view/format.js';
import type { Session } from '../data/session.js';
import { element } from '../parts/dom.js';
import { wordsOf } from '../parts/episode-lines.js';
import { timeText } from '../parts/time-text.js';
import type { Page, PageActions } from './pages.js';

type Row = {
  at: UnixMillis;
  key: string;
  when: string;
  length: string;
  what: string;
  text: string;
  isEpisode: boolean;
};

const MOST_ROWS = 500;

export class EpisodesPage implements Page {
  readonly #session: Session;
  readonly #actions: PageActions;
  readonly #list = element('div');
  #sort: 'time' | 'length' = 'time';
  #filter = '';
  #shown = '';

  constructor(session: Session, actions: PageActions) {
    this.#session = session;
    this.#actions = actions;
  }

  begin(place: HTMLElement): void {
    this.#shown = '';
    const sort = element('button', { type: 'button' }, 'longest first');
    sort.addEventListener('click', () => {
      this.#sort = this.#sort === 'time' ? 'length' : 'time';
      sort.textContent = this.#sort === 'time' ? 'longest first' : 'newest first';
      this.#draw();
    });
    const filter = element('input', {
      type: 'search',
      'aria-label': 'only lines with',
      placeholder: 'only lines with…',
    });
    filter.value = this.#filter;
    filter.addEventListener('input', () => {
      this.#filter = filter.value.trim().toLowerCase();
      this.#draw();
    });
    place.append(
      element('h2', {}, 'Episodes, and what else happened'),
      element('div', { class: 'group' }, sort, filter),
      this.#list,
    );
  }

  draw(): void {
    this.#draw();
  }

  /** The focus to the next line, or the one before. */
  moveLine(by: 1 | -1): void {
    const lines = [...this.#list.querySelectorAll('button')];
    const index = lines.findIndex((line) => line === document.activeElement);
    lines[Math.max(0, Math.min(lines.length - 1, index < 0 ? 0 : index + by))]?.focus();
  }

  #rows(): Row[] {
    const session = this.#session;
    const { now } = session;
    const episodes = session.episodes.map((episode): Row & { lasts: number } => {
      const { when, length, whose, who, howBad, outages } = wordsOf(episode, session, now);
      return {
        at: episode.from,
        key: `episode ${episode.id}`,
        when,
        length,
        what: whose,
        text: [who, howBad, outages].filter((part) => part !== '').join(', '),
        isEpisode: true,
        lasts: (episode.to ?? now) - episode.from,
      };
    });
    const nameOf = (id: number): string => session.endpoints.find((one) => one.id === id)?.label ?? '';
    const others = session.events.events.flatMap((event, index): (Row & { lasts: number })[] => {
      // The first address of a name is no news.
      if (event.type === 'address' && event.before === null) return [];
      const { what, text } = ledgerEventText(event, nameOf);
      const lasts = event.type === 'gap' ? event.to - event.at : 0;
      const length = lasts > 0 ? durationText(lasts) : '';
      return [
        {
          at: event.at,
          key: `${event.type} ${index}`,
          when: timeText(event.at, now),
          length,
          what,
          text,
          isEpisode: false,
          lasts,
        },
      ];
    });
    const all = [...episodes, ...others].filter((row) =>
      `${row.when} ${row.what} ${row.text}`.toLowerCase().includes(this.#filter),
    );
    return all.sort((a, b) => (this.#sort === 'time' ? b.at - a.at : b.lasts - a.lasts)).slice(0, MOST_ROWS);
  }

  #draw(): void {
    const rows = this.#rows();
    const key = JSON.stringify(rows.map(({ key: id, when, length, text }) => [id, when, length, text]));
    if (key === this.#shown) return;
    this.#shown = key;
    const focused = this.#list.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset['key']
      : undefined;
    const buttons = rows.map((row) => this.#button(row));
    const nothing = element('p', { class: 'caption' }, this.#filter === '' ? 'nothing yet' : 'no such line');
    this.#list.replaceChildren(...(buttons.length === 0 ? [nothing] : buttons));
    // Drawn anew, a line that had the focus keeps it.
    buttons.find((button) => button.dataset['key'] === focused && focused !== undefined)?.focus();
  }

  #button({ at, key, when, length, what, text, isEpisode }: Row): HTMLButtonElement {
    const button = element(
      'button',
      { type: 'button', class: 'row', 'data-key': key },
      element('span', { class: 'caption when' }, when),
      element('span', { class: 'caption length' }, length),
      element('span', { class: isEpisode ? 'what' : '' }, what),
      text === '' ? '' : `: ${text}`,
    );
    button.addEventListener('click', () => this.#actions.lookAt(at));
    return button;
  }
}
