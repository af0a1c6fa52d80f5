// The keys: one table, from which the dispatcher, the hints, the help screen and the man page are made. Key names are
// those that blessed's key decoder gives (`C-c`, `pageup`, `S-g`); single characters stand for themselves.

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
  | 'add'
  | 'edit'
  | 'remove'
  | 'removed'
  | 'details'
  | 'path'
  | 'back'
  | 'scale'
  | 'sort'
  | 'freeze'
  | 'mark'
  | 'episodes'
  | 'days'
  | 'next'
  | 'diagnostics'
  | 'help'
  | 'repaint'
  | 'quit'
  | 'leave';

export type KeyBinding = {
  action: Action;
  keys: readonly string[];
  /** How the keys are written in the help and in the man page. */
  shown: string;
  /** One line for help and man page, plain text without a full stop. */
  help: string;
  /** A short form for the line at the bottom; `order` is the place in it. Keys without one are only in the help. */
  hint?: { keys: string; text: string; order: number };
};

/** `←` and `→` become `<-` and `->` where the terminal has ASCII only. */
export const keyBindings: readonly KeyBinding[] = [
  {
    action: 'wider',
    keys: ['+', '='],
    shown: '+',
    help: 'wider epochs: 1, 2, 5, 10, 15, 30 s, 1, 2, 5, 10, 15, 30 min, 1 h',
    hint: { keys: '+ -', text: 'zoom', order: 6 },
  },
  { action: 'narrower', keys: ['-', '_'], shown: '-', help: 'narrower epochs' },
  {
    action: 'left',
    keys: ['left', 'h'],
    shown: 'Left',
    help: 'cursor one column back, through all history',
    hint: { keys: '← →', text: 'cursor', order: 5 },
  },
  { action: 'right', keys: ['right', 'l'], shown: 'Right', help: 'cursor one column on' },
  { action: 'page-left', keys: ['pageup'], shown: 'PgUp', help: 'cursor one screen back' },
  { action: 'page-right', keys: ['pagedown'], shown: 'PgDn', help: 'cursor one screen on' },
  { action: 'oldest', keys: ['home'], shown: 'Home', help: 'cursor to the oldest column' },
  { action: 'newest', keys: ['end'], shown: 'End', help: 'back to now' },
  { action: 'go', keys: ['g'], shown: 'g', help: 'go to a time: 14:30, yesterday 22:00, -2h' },
  { action: 'up', keys: ['up', 'k'], shown: 'Up', help: 'select the endpoint above' },
  { action: 'down', keys: ['down', 'j'], shown: 'Down', help: 'select the endpoint below' },
  {
    action: 'details',
    keys: ['enter', 'linefeed'],
    shown: 'Enter',
    help: 'all about the selected endpoint: spans, histogram, loss runs, single probes, days',
    hint: { keys: 'Enter', text: 'endpoint', order: 3 },
  },
  {
    action: 'path',
    keys: ['p'],
    shown: 'p',
    help: 'watch the routers on the way to the selected host; again: show them as a table',
    hint: { keys: 'p', text: 'path', order: 8 },
  },
  { action: 'back', keys: ['escape', 'backspace'], shown: 'Esc', help: 'back; leave the cursor' },
  {
    action: 'scale',
    keys: ['s'],
    shown: 's',
    help: 'scale: 50 to 3000 ms in steps, own, shared by all endpoints, logarithmic',
    hint: { keys: 's', text: 'scale', order: 7 },
  },
  { action: 'sort', keys: ['t'], shown: 't', help: 'endpoints in the given order, or the worst first' },
  { action: 'freeze', keys: ['space'], shown: 'Space', help: 'freeze the view; probing goes on' },
  { action: 'mark', keys: ['m'], shown: 'm', help: 'set a mark at now or at the cursor, with a word' },
  {
    action: 'next',
    keys: ['tab'],
    shown: 'Tab',
    help: 'details: RTT, loss, jitter, or RTT as lines; episodes and days: of all endpoints or of one',
  },
  {
    action: 'days',
    keys: ['d'],
    shown: 'd',
    help: 'the last seven days by 15 minutes (Enter: the strips of that time)',
    hint: { keys: 'd', text: 'days', order: 4 },
  },
  {
    action: 'episodes',
    keys: ['o'],
    shown: 'o',
    help: 'list of episodes (Right: its outages, s: by length, Enter: go there), marks, addresses, clock steps, gaps',
    hint: { keys: 'o', text: 'episodes', order: 2 },
  },
  {
    action: 'add',
    keys: ['a'],
    shown: 'a',
    help: 'add an endpoint, as on the command line: label=host,interval=0.5,size=1000',
    hint: { keys: 'a', text: 'add', order: 8 },
  },
  { action: 'edit', keys: ['e'], shown: 'e', help: 'change label, interval or size of the selected endpoint' },
  {
    action: 'remove',
    keys: ['S-d'],
    shown: 'D',
    help: 'remove the selected endpoint, once confirmed; its past stays',
  },
  { action: 'removed', keys: ['S-r'], shown: 'R', help: 'show or hide endpoints that have been removed' },
  { action: 'diagnostics', keys: ['i'], shown: 'i', help: 'how well pingem itself keeps time' },
  { action: 'help', keys: ['?', 'f1'], shown: '?', help: 'this help', hint: { keys: '?', text: 'help', order: 0 } },
  { action: 'repaint', keys: ['C-l'], shown: 'Ctrl-L', help: 'paint the screen anew' },
  {
    action: 'quit',
    keys: ['q', 'C-c'],
    shown: 'q, Ctrl-C',
    help: 'quit',
    hint: { keys: 'q', text: 'quit', order: 1 },
  },
  { action: 'leave', keys: ['S-q'], shown: 'Q', help: 'quit, and leave the screen as text' },
];

const byKey = new Map<string, Action>(
  keyBindings.flatMap(({ action, keys }) => keys.map((key): [string, Action] => [key, action])),
);

/** What a key does, or null. `key` as blessed names it, the character itself where it has no name. */
export const actionFor = (key: string): Action | null => byKey.get(key) ?? null;

export type KeyHint = { keys: string; text: string };

/** The hints for the bottom line in the order of the table, as many as fit into `width` by their importance. */
export const keyHints = (width: number, arrows: string): KeyHint[] => {
  const hints = keyBindings.flatMap(({ hint }) => hint ?? []);
  const sized = hints.map((hint) => ({ ...hint, keys: hint.keys === '← →' ? arrows : hint.keys }));
  const byImportance = sized.toSorted((a, b) => a.order - b.order);
  const chosen = new Set<KeyHint>();
  let used = 0;
  for (const hint of byImportance) {
    const needed = hint.keys.length + 1 + hint.text.length + (used === 0 ? 0 : 2);
    if (used + needed > width) break;
    used += needed;
    chosen.add(hint);
  }
  return sized.filter((hint) => chosen.has(hint)).map(({ keys, text }) => ({ keys, text }));
};
