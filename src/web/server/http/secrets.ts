// Who may ask: whoever has the token, or a cookie that was given for it. The cookie is a random number with its HMAC by the
// token (RFC 2104), so that it says nothing of the token, needs no memory here, and lasts as long as the token does.

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;
const COOKIE = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;
const BEARER = /^Bearer +(\S+)$/i;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export class Secrets {
  readonly #token: string;
  readonly #digest: Buffer;

  constructor(token: string) {
    this.#token = token;
    this.#digest = digest(token);
  }

  /** In a time that doesn't depend on how much of it is right. */
  isToken(given: string): boolean {
    return timingSafeEqual(digest(given), this.#digest);
  }

  /** `header`: Authorization. */
  isBearer(header: string | undefined): boolean {
    const given = BEARER.exec(header ?? '')?.[1];
    return given !== undefined && this.isToken(given);
  }

  /** One port's cookie is not another's: browsers send it to all ports of a host. */
  newCookie(port: number): string {
    const id = randomBytes(ID_BYTES).toString('base64url');
    const value = `${id}.${this.#seal(id, port)}`;
    return `${cookieName(port)}=${value}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** `header`: Cookie. */
  isCookie(header: string | undefined, port: number): boolean {
    for (const pair of (header ?? '').split(';')) {
      const equals = pair.indexOf('=');
      if (pair.slice(0, Math.max(0, equals)).trim() !== cookieName(port)) continue;
      const [, id, seal] = COOKIE.exec(pair.slice(equals + 1).trim()) ?? [];
      if (id === undefined || seal === undefined) continue;
      if (timingSafeEqual(digest(seal), digest(this.#seal(id, port)))) return true;
    }
    return false;
  }

  #seal(id: string, port: number): string {
    return createHmac('sha256', this.#token).update(`pingem page ${port} ${id}`).digest('base64url');
  }
}

const cookieName = (port: number): string => `pingem-${port}`;
