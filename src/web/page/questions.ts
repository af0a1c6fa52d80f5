// What the page asks its user to type: a time to go to, a word for a mark, an endpoint to watch.

import type { UnixMillis } from '../../events/units.js';
import { parseGoTo } from '../../view/go-to-time.js';
import { localOf, systemZone, wallOf } from '../../view/wall-clock.js';
import type { DoneAnswer, WatchAnswer } from '../wire/answers.js';
import { LONGEST_MARK } from '../wire/limits.js';
import { ApiError, post } from './data/api.js';
import type { Session } from './data/session.js';
import { ask } from './parts/dialogs.js';

/** One line on why it couldn't be done, null where it was. */
const tried = async (request: Promise<unknown>): Promise<string | null> => {
  try {
    await request;
    return null;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
};

export const askForTime = ({ now, firstAt }: Session, goTo: (at: UnixMillis) => void): void =>
  ask({
    title: 'Go to a time',
    label: '14:30, yesterday 22:00, mon 9:15, -2h, now; in this browser’s zone',
    value: '',
    onAnswer: (text) => {
      const local = parseGoTo(text, localOf(now, systemZone));
      if (local === null) return 'not a time: try 14:30, yesterday 22:00, -2h';
      const at = wallOf(local, systemZone);
      if (at > now) return 'that is still to come';
      if (firstAt !== null && at < firstAt) return 'that was before the beginning';
      goTo(at);
      return null;
    },
  });

/** @param cursor where the mark is to be, null for now */
export const askForMark = (cursor: UnixMillis | null, timeText: (at: UnixMillis) => string): void =>
  ask({
    title: cursor === null ? 'Mark now' : `Mark ${timeText(cursor)}`,
    label: `A word to know it by, such as: new cable`,
    value: '',
    onAnswer: (text) => {
      if (text === '' || text.length > LONGEST_MARK) return `give 1 to ${LONGEST_MARK} characters`;
      return tried(post<DoneAnswer>('/api/mark', { text, ...(cursor !== null && { at: Math.floor(cursor) }) }));
    },
  });

export const askForEndpoint = (): void =>
  ask({
    title: 'Watch another endpoint',
    label: 'As on the command line: 192.168.1.1, or label=host,interval=0.5,size=1000',
    value: '',
    onAnswer: (text) =>
      text === '' ? 'give a name or an address' : tried(post<WatchAnswer>('/api/watch', { endpoint: [text] })),
  });
