// The files of the page: a fixed table, filled once at the start with what index.html leads to, so that no request ever
// names a file. The modules are tsc's output as it is, at the paths that they have below dist.

import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Reply } from '../http/reply.js';

/** What the modules are called by, and what isn't a module. */
const INDEX = 'index.html';
const FIRST_MODULE = '/web/page/main.js';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** As tsc writes them, and as a package holds them, minified. */
const IMPORTS = /\b(?:from|import)\s*["'](\.{1,2}\/[^"']+\.js)["']/g;
const LINKS = /\b(?:href|src)="\/([\w-]+\.(?:css|svg|js))"/g;

/** What the page draws its charts with, as its package has it: by the path that the page asks for. */
const LIBRARY = [
  ['/uplot.js', 'uplot/dist/uPlot.iife.min.js'],
  ['/uplot.css', 'uplot/dist/uPlot.min.css'],
] as const;

export class PageFiles {
  readonly #files = new Map<string, { type: string; zipped: Buffer }>();

  readonly #compiled: URL;

  /**
   * `compiled`: the folder dist, beside which page is.
   * Throws what the file system throws.
   */
  constructor(compiled: URL) {
    const page = new URL('../page/', compiled);
    this.#compiled = compiled;
    const index = readFileSync(new URL(INDEX, page), 'utf8');
    this.#add('/', 'html', index);
    for (const [, name = ''] of index.matchAll(LINKS)) {
      this.#add(`/${name}`, posix.extname(name).slice(1), readFileSync(new URL(name, page), 'utf8'));
    }
    for (const [path, file] of LIBRARY) {
      this.#add(path, posix.extname(path).slice(1), readFileSync(new URL(import.meta.resolve(file)), 'utf8'));
    }
    this.#addModule(FIRST_MODULE);
  }

  /** Null where there is no such file. */
  reply(path: string, acceptEncoding: string | undefined): Reply | null {
    const file = this.#files.get(path);
    if (file === undefined) return null;
    const { type, zipped } = file;
    const takesGzip = /\bgzip\b/.test(acceptEncoding ?? '');
    return {
      status: 200,
      type,
      body: takesGzip ? zipped : gunzipSync(zipped),
      ...(path !== '/' && { isPart: true }),
      headers: { Vary: 'Accept-Encoding', ...(takesGzip && { 'Content-Encoding': 'gzip' }) },
    };
  }

  #add(path: string, kind: string, text: string): void {
    this.#files.set(path, { type: TYPES[kind] ?? 'text/plain; charset=utf-8', zipped: gzipSync(text) });
  }

  #addModule(path: string): void {
    if (this.#files.has(path)) return;
    const text = readFileSync(new URL(`.${path}`, this.#compiled), 'utf8').replace(
      /\n\/\/# sourceMappingURL=.*\s*$/,
      '\n',
    );
    this.#add(path, 'js', text);
    for (const [, name = ''] of text.matchAll(IMPORTS)) this.#addModule(posix.join(posix.dirname(path), name));
  }
}
