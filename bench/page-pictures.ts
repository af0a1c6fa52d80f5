// The pictures of the page in docs/, from a real run between namespaces, looked at with a real Chromium: a spell of loss on
// the way to the router, then a far one that is slow, then no way out at all. Needs root and Debian's chromium.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../test/support/chromium.js';
import { makeNetPair } from '../test/support/netns.js';
import { projectRoot, startResponder } from '../test/support/responder-client.js';
import { reply, steps } from '../test/support/responder-script.js';
import type { Step } from '../test/support/responder-script.js';
import { startServe } from '../test/support/serve-run.js';

const PROBES_A_SECOND = 10;
const PROBES = 4000;

/** In seconds after the start: loss and delay as far as the router; delay and loss beyond it; the end of the run. */
const ROUTER_SPELL = [40, 56] as const;
/** More than a minute later: what is back sooner is the same episode. */
const FAR_SPELL = [125, 400] as const;
const LOOK_AT_S = 158;
const LINK_DOWN_FOR_S = 14;

/** RTTs in milliseconds. */
type Line = { label: string; place: string; base: number; jitter: number; extra: number };

const LINES: readonly Line[] = [
  { label: 'gateway', place: 'gateway', base: 2, jitter: 0.4, extra: 0 },
  { label: 'provider', place: 'provider', base: 10, jitter: 3, extra: 185 },
  { label: 'dns', place: 'beyond', base: 15, jitter: 3, extra: 185 },
  { label: 'call', place: 'beyond', base: 93, jitter: 6, extra: 190 },
];

/** The same "random" numbers in every run (Park and Miller, 1988). */
const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

const stepsOf = ({ base, jitter, extra }: Line, seed: number): Step[] => {
  const random = randomFrom(seed);
  return steps(PROBES, (n): Step => {
    const second = n / PROBES_A_SECOND;
    const usual = base + jitter * random();
    if (second >= ROUTER_SPELL[0] && second < ROUTER_SPELL[1]) {
      return random() < 0.12 ? [] : [reply(usual + 30 + 50 * random())];
    }
    if (extra > 0 && second >= FAR_SPELL[0] && second < FAR_SPELL[1]) {
      return random() < 0.03 ? [] : [reply(usual + extra + 120 * random() ** 3)];
    }
    return [reply(usual)];
  });
};

type Picture = { name: string; width: number; height: number; scheme: 'dark' | 'light' };

const DESKTOP = { width: 1200, height: 760 } as const;
const DETAILS = { width: 1200, height: 1080 } as const;
const PHONE = { width: 360, height: 740 } as const;

const openPage = async (browser: Browser, url: string, { width, height, scheme }: Picture): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
  await page.goto(url);
  return page;
};

const shoot = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({ path: join(projectRoot, `docs/page-${name}.png`) });

/** Some three minutes. */
export const takePagePictures = async (): Promise<void> => {
  const pair = makeNetPair(LINES.length);
  const script = { addresses: Object.fromEntries(pair.far4.map((to, i) => [to, stepsOf(LINES[i] as Line, i + 1)])) };
  const responder = await startResponder(pair, script);
  const endpoints = pair.far4.map((address, i) => `${LINES[i]?.label}=${address},place=${LINES[i]?.place}`);
  const server = await startServe(pair, [...endpoints, '-i', '0.1']);
  const browser = await startChromium({ namespace: pair.near });
  try {
    const open = (picture: Picture): Promise<Page> => openPage(browser, `${server.url}&epoch=1`, picture);
    const dark = await open({ name: 'dark', ...DESKTOP, scheme: 'dark' });
    const light = await open({ name: 'light', ...DESKTOP, scheme: 'light' });
    const phone = await open({ name: 'phone', ...PHONE, scheme: 'dark' });
    await sleep(LOOK_AT_S * 1000);
    await shoot(dark, 'dark');
    await shoot(light, 'light');
    await shoot(phone, 'phone');
    await light.keyboard.press('ArrowUp');
    await light.keyboard.press('Enter');
    await light.setViewportSize(DETAILS);
    await sleep(4000);
    await shoot(light, 'details');
    await dark.keyboard.press('o');
    await sleep(500);
    await shoot(dark, 'episodes');
    await dark.keyboard.press('o');
    pair.linkDown();
    await sleep(LINK_DOWN_FOR_S * 1000);
    await shoot(dark, 'outage');
  } finally {
    await browser.close();
    await server.stop();
    await responder.stop();
    pair.dispose();
  }
};
