// The options of a run that have to do with the page and whoever asks for it.

import { looksLikePlace, parsePlace } from '../../web/web-place.js';
import type { OptionSpec } from '../option-spec.js';
import { hostNames, word } from '../option-values.js';

export const webOptions = [
  {
    type: 'optional value',
    name: 'web',
    short: [],
    metavar: 'ADDRESS:PORT',
    read: parsePlace,
    takes: looksLikePlace,
    completion: null,
    help: 'serve a page for a browser too, at 127.0.0.1:7464 unless told',
    man:
      'Serve a page for a browser, beside screen, text or JSON, and print its URL, which has a token in it: whoever has ' +
      'the URL sees the page and may add endpoints. It is served at 127.0.0.1:7464, to this machine only, unless another ' +
      'address is written out; an IPv6 address stands in brackets, 0.0.0.0 is every address of this machine, port 0 any ' +
      'that is free. The next word is taken for ADDRESS:PORT if it has a colon as no endpoint has.',
  },
  {
    type: 'optional value',
    name: 'metrics',
    short: [],
    metavar: 'ADDRESS:PORT',
    read: parsePlace,
    takes: looksLikePlace,
    completion: null,
    help: 'serve /metrics for Prometheus, where the page is unless told',
    man:
      'Serve /metrics for Prometheus and its like, with or without a page; at the same address as the page, else at ' +
      '127.0.0.1:7464, unless another is written out. Programs of this machine need no token for it, others send it as ' +
      'Authorization: Bearer, and --token-file keeps it the same.',
  },
  {
    type: 'value',
    name: 'web-host',
    short: [],
    metavar: 'NAMES',
    read: hostNames,
    list: 'commas',
    completion: null,
    help: 'names by which others reach page and metrics, with commas between',
    man:
      'Names by which others reach page and metrics, with commas between. Without it they reach it by the address that it is ' +
      'served at, or, where that is every address, by any of them, and by no name: a name may be led here by anybody.',
  },
  {
    type: 'value',
    name: 'token-file',
    short: [],
    metavar: 'FILE',
    read: word,
    completion: 'file',
    help: 'keep the token of the page in this file, so that its URL stays the same',
    man:
      'Keep the token of the page in FILE, so that the URL stays the same and pages that are open go on after a restart. ' +
      'The file is made where there is none; one that others may read is refused.',
  },
] as const satisfies readonly OptionSpec[];
