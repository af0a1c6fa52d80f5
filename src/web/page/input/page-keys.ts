// The keys of the page: one table, from which the dispatcher and the help are made. Names are those of KeyboardEvent.key.
// They are the terminal's where both have the function.

export type Action =
  | 'wider'
  | 'narrower'
  | 'left'
  | 'right'
  | 'page-left'
  | 'page-right'
  | 'oldest'
  | 'newest'
  | 'go'
  | 'up'
  | 'down'
  | 'details'
  | 'scale'
  | 'mark'
  | 'add'
  | 'episodes'
  | 'days'
  | 'help'
  | 'back';

export type KeyBinding = {
  readonly action: Action;
  readonly keys: readonly string[];
  /** How the keys are written in the help. */
  readonly shown: string;
  readonly help: string;
};

export const KEY_BINDINGS: readonly KeyBinding[] = [
  { action: 'wider', keys: ['+', '='], shown: '+', help: 'wider epochs, up to 1 hour a column' },
  { action: 'narrower', keys: ['-', '_'], shown: '-', help: 'narrower epochs, down to 1 second a column' },
  { action: 'left', keys: ['ArrowLeft', 'h'], shown: '←', help: 'cursor one column back, through all history' },
  { action: 'right', keys: ['ArrowRight', 'l'], shown: '→', help: 'cursor one column on' },
  { action: 'page-left', keys: ['PageUp'], shown: 'PgUp', help: 'one screen back' },
  { action: 'page-right', keys: ['PageDown'], shown: 'PgDn', help: 'one screen on' },
  { action: 'oldest', keys: ['Home'], shown: 'Home', help: 'to the oldest column' },
  { action: 'newest', keys: ['End'], shown: 'End', help: 'back to now' },
  { action: 'go', keys: ['g'], shown: 'g', help: 'go to a time: 14:30, yesterday 22:00, -2h' },
  { action: 'up', keys: ['ArrowUp', 'k'], shown: '↑', help: 'select the endpoint above' },
  { action: 'down', keys: ['ArrowDown', 'j'], shown: '↓', help: 'select the endpoint below' },
  { action: 'details', keys: ['Enter'], shown: 'Enter', help: 'details of the selected endpoint' },
  { action: 'scale', keys: ['s'], shown: 's', help: 'another scale for the RTTs' },
  { action: 'mark', keys: ['m'], shown: 'm', help: 'set a mark at now or at the cursor, with a word' },
  { action: 'add', keys: ['a'], shown: 'a', help: 'watch another endpoint' },
  { action: 'episodes', keys: ['o'], shown: 'o', help: 'list of episodes, outages, marks and gaps' },
  { action: 'days', keys: ['d'], shown: 'd', help: 'the last seven days, 15 minutes a cell' },
  { action: 'help', keys: ['?', 'F1'], shown: '?', help: 'this help' },
  { action: 'back', keys: ['Escape', 'Backspace'], shown: 'Esc', help: 'back; leave the cursor' },
];

const byKey = new Map<string, Action>(
  KEY_BINDINGS.flatMap(({ action, keys }) => keys.map((key): [string, Action] => [key, action])),
);

/** What a key does, null where it does nothing. */
export const actionFor = (key: string): Action | null => byKey.get(key) ?? null;
