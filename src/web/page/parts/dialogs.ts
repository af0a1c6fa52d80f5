// What opens above the page: the help, and one line to type.

import { KEY_BINDINGS } from '../input/page-keys.js';
import { byId, element, setText } from './dom.js';

const dialog = (): HTMLDialogElement => byId('dialog') as HTMLDialogElement;

export const isDialogOpen = (): boolean => dialog().open;

export const closeDialog = (): void => dialog().close();

const open = (label: string, ...content: readonly Node[]): void => {
  const close = element('button', { type: 'button' }, 'close');
  close.addEventListener('click', closeDialog);
  dialog().setAttribute('aria-label', label);
  dialog().replaceChildren(...content, element('p', {}, close));
  if (!dialog().open) dialog().showModal();
};

export const openHelp = (): void =>
  open(
    'Help',
    element('h2', {}, 'Keys'),
    element(
      'dl',
      {},
      ...KEY_BINDINGS.flatMap(({ shown, help }) => [element('dt', {}, shown), element('dd', {}, help)]),
    ),
    element('h2', {}, 'Pointer'),
    element(
      'p',
      {},
      'Hover over a column, or tap it, for its numbers at all endpoints. Drag sideways to go back in time. A click on a name opens its details.',
    ),
  );

export type Question = {
  readonly title: string;
  /** What is to be typed, with an example. */
  readonly label: string;
  readonly value: string;
  /** Null where it is done; else what is wrong and what would be right, and the dialog stays. */
  readonly onAnswer: (text: string) => string | null | Promise<string | null>;
};

export const ask = ({ title, label, value, onAnswer }: Question): void => {
  const input = element('input', { name: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: '1000' });
  input.value = value;
  const wrong = element('p', { role: 'alert' });
  const form = element(
    'form',
    {},
    element('label', {}, label, element('br'), input),
    element('button', { type: 'submit' }, 'OK'),
    wrong,
  );
  const answer = async (): Promise<void> => {
    const problem = await onAnswer(input.value.trim());
    if (problem === null) closeDialog();
    else setText(wrong, problem);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void answer();
  });
  open(title, element('h2', {}, title), form);
  input.focus();
};
