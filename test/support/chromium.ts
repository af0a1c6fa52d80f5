// A real Chromium for tests: Debian's, driven by playwright-core, with a profile of its own that goes when it is closed, in
// a network namespace, so that whatever a browser does by itself reaches nobody. Where there is none, suites are skipped
// and stderr says why; where CI=true it has to be there.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const PROGRAM = '/usr/bin/chromium';

const gate = (): boolean => {
  if (existsSync(PROGRAM)) return false;
  const obstacle = `there is no ${PROGRAM} (apt install chromium)`;
  if (process.env['CI'] === 'true') throw new Error(`CI=true, and ${obstacle}`);
  process.stderr.write(`SKIPPED: tests in a real browser: ${obstacle}\n`);
  return true;
};

/** For `describe.skipIf`. */
export const withoutChromium = gate();

export type ChromiumOptions = {
  /** Name of the network namespace it is to be in; without, one of its own with nobody else in it. */
  namespace?: string;
  /** Its time zone, as in TZ. */
  zone?: string;
};

/**
 * Whoever starts it closes it. Its own sandbox needs a user that isn't root, and namespaces need root: the pages of
 * tests are our own, so it does without.
 */
export const startChromium = async ({ namespace, zone = 'UTC' }: ChromiumOptions = {}): Promise<Browser> => {
  const folder = mkdtempSync(join(tmpdir(), 'pingem-chromium-'));
  const launcher = join(folder, 'chromium');
  const within =
    namespace === undefined ? `unshare ${process.getuid?.() === 0 ? '-n' : '-rn'}` : `ip netns exec ${namespace}`;
  writeFileSync(launcher, `#!/bin/sh\nexec ${within} ${PROGRAM} "$@"\n`, { mode: 0o755 });
  const browser = await chromium.launch({
    executablePath: launcher,
    args: ['--no-sandbox', '--disable-gpu'],
    env: { ...process.env, HOME: folder, TZ: zone },
  });
  browser.on('disconnected', () => rmSync(folder, { recursive: true, force: true }));
  return browser;
};
