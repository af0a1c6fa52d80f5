// The page in a real Chromium, served by the real program, of a scripted network.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { preciseRttText } from '../../src/view/format.js';
import { PALETTES } from '../../src/view/theme/palette.js';
import { rgbOf } from '../../src/view/theme/xterm-colours.js';
import { withoutChromium } from '../support/chromium.js';
import { withoutNetns } from '../support/netns-suite.js';
import { startServe } from '../support/serve-run.js';
import { COLUMN, columnsOf, drag, hoveredAt, percentile, recordedWithin, todayAt } from './page-reading.js';
import { ADDED, CALM, FIRST_BARE, HOLED, PageScene, SECOND_BARE, UNUSED } from './page-scene.js';

describe.skipIf(withoutNetns || withoutChromium)('the page in Chromium', () => {
  let scene: PageScene;

  beforeAll(async () => {
    scene = await PageScene.begin();
    await sleep(9000);
  }, 30_000);

  afterAll(() => scene.end());

  afterEach(async () => {
    await scene.closePages();
    scene.check();
  });

  test('loads in at most 150 KB, from nowhere else, and the token leaves the address', async () => {
    scene.requested.length = 0;
    const page = await scene.open('&epoch=1');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.uplot').nth(1).waitFor();
    await sleep(300);
    expect(new URL(page.url()).search).toBe('?epoch=1');
    const { origin } = new URL(scene.serve.url);
    expect(scene.requested.filter(({ url }) => new URL(url).origin !== origin)).toEqual([]);
    // The page itself: what it then asks of the run is as much as there is to be shown.
    const files = scene.requested.filter(({ url }) => !new URL(url).pathname.startsWith('/api/'));
    const bytes = files.reduce((sum, one) => sum + one.bytes, 0);
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThanOrEqual(150_000);
    await page.close();
  });

  test('strips: red where loss is, and none elsewhere', async () => {
    const page = await scene.open('&epoch=1');
    await sleep(500);
    const loss = rgbOf(PALETTES.dark.loss);
    expect((await columnsOf(page, CALM, loss)).filter(Boolean)).toEqual([]);
    const red = await columnsOf(page, HOLED, loss);
    const first = red.indexOf(true);
    const length = red.lastIndexOf(true) - first + 1;
    // Three seconds, which lie in three columns or four.
    expect(red.filter(Boolean).length).toBe(length);
    expect([18, 24]).toContain(length);
    for (const strip of [CALM, HOLED]) {
      expect((await columnsOf(page, strip, rgbOf(PALETTES.dark.good))).filter(Boolean).length).toBeGreaterThan(30);
    }
    await page.close();
  });

  test('the numbers of a column are those of the record, at all endpoints', async () => {
    const page = await scene.open('&epoch=1');
    await drag(page, 2);
    await sleep(300);
    const red = await columnsOf(page, HOLED, rgbOf(PALETTES.dark.loss));
    const [first, last] = [red.indexOf(true), red.lastIndexOf(true)];
    let compared = 0;
    let withLoss = 0;
    // What was lost, and two columns before and after it.
    for (let x = first + 3 - 2 * COLUMN; x < last + 2 * COLUMN; x += COLUMN) {
      const { where, figures } = await hoveredAt(page, x);
      const [from, to] = where.split(' to ').map(todayAt) as [number, number];
      for (const endpoint of [CALM, HOLED]) {
        const { slots, rtts } = recordedWithin(scene.recordPath, endpoint, from, to);
        const lost = slots.filter(({ state }) => state === 'lost').length;
        if (slots.length === 0) continue;
        compared++;
        if (lost > 0) withLoss++;
        expect(figures[endpoint]).toMatchObject({
          probes: String(slots.length),
          answered: String(slots.filter(({ state }) => state === 'answered').length),
          lost: String(lost),
          min: preciseRttText(rtts[0] ?? null),
          p50: preciseRttText(percentile(rtts, 50)),
          p95: preciseRttText(percentile(rtts, 95)),
          max: preciseRttText(rtts.at(-1) ?? null),
        });
      }
    }
    expect(compared).toBeGreaterThanOrEqual(10);
    expect(withLoss).toBeGreaterThanOrEqual(3);
    await page.close();
  });

  test('keys: epoch widths, back to the beginning and to now, with the cursor', async () => {
    const page = await scene.open('&epoch=1');
    const epoch = page.locator('#controls');
    await page.keyboard.press('+');
    await epoch.filter({ hasText: '2 s a column' }).waitFor();
    await page.keyboard.press('+');
    await epoch.filter({ hasText: '5 s a column' }).waitFor();
    await page.keyboard.press('-');
    await page.keyboard.press('-');
    await epoch.filter({ hasText: '1 s a column' }).waitFor();
    await page.keyboard.press('Home');
    await sleep(300);
    const oldest = todayAt((await page.textContent('#where'))?.split(' to ')[0] ?? '');
    const [first] = recordedWithin(scene.recordPath, CALM, 0, Infinity).slots;
    expect(oldest).toBe(Math.floor((first?.sentAt ?? 0) / 1000) * 1000);
    await page.keyboard.press('ArrowRight');
    await page.locator('#where', { hasText: new Date(oldest + 1000).toISOString().slice(11, 19) }).waitFor();
    await page.keyboard.press('End');
    await sleep(100);
    expect(await page.textContent('#where')).toBe('');
    await page.close();
  });

  test('back in history: by a drag, and to a time; only what is in sight is asked for', async () => {
    const page = await scene.open('&epoch=1');
    scene.requested.length = 0;
    const box = await drag(page, 60);
    const droppedAt = Date.now();
    const until = todayAt(/up to (\S+)/.exec((await page.textContent('#where')) ?? '')?.[1] ?? '');
    expect(Math.abs(droppedAt - until - 60_000)).toBeLessThan(3000);
    await page.keyboard.press('g');
    await page.keyboard.type(new Date(scene.pastLossAt + 1500).toISOString().slice(11, 19));
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
    const value = (name: string): Promise<string | null> =>
      page.textContent(`.strip:first-child [data-figure="${name}"]`);
    await expect.poll(() => value('lost')).toBe('10');
    expect(await value('answered')).toBe('0');
    // Without the lines of the cursor.
    await page.keyboard.press('Escape');
    await page.locator('#where', { hasText: 'looking back' }).waitFor();
    const red = await columnsOf(page, CALM, rgbOf(PALETTES.dark.loss));
    expect([24, 30]).toContain(red.filter(Boolean).length);
    const columns = Math.ceil(box.width / COLUMN);
    const asked = scene.requested.flatMap(({ url }) => {
      const { pathname, searchParams } = new URL(url);
      return pathname === '/api/columns' ? [Number(searchParams.get('to')) - Number(searchParams.get('from'))] : [];
    });
    expect(asked.length).toBeGreaterThan(0);
    expect(Math.max(...asked)).toBeLessThanOrEqual(columns * 1000);
    await page.close();
  });

  test('keyboard and words: help, visible focus, what a strip shows, what was said', async () => {
    const page = await scene.open('&epoch=1');
    await page.keyboard.press('?');
    await page.locator('dialog[open] dt', { hasText: 'Home' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const focus = await page.evaluate(() => {
      const { activeElement } = document;
      return {
        text: activeElement?.textContent,
        outline: activeElement === null ? '' : getComputedStyle(activeElement).outlineStyle,
      };
    });
    expect(focus).toEqual({ text: 'holed', outline: 'solid' });
    await sleep(3500);
    expect(await page.getAttribute('.strip:nth-child(2) canvas', 'aria-label')).toMatch(
      /^holed, \d+ columns of 1 s: p50 from \d+ to \d+ ms; [34] columns with loss, the worst 100 % at \d\d:/,
    );
    expect(await page.getAttribute('.strip:nth-child(1) canvas', 'aria-label')).toMatch(/; no loss/);
    expect((await page.textContent('[role=status]'))?.length).toBeGreaterThan(5);
    await page.close();
  });

  test('endpoints of the address are added with its interval and size, and bad values are said in one line', async () => {
    const begun = Date.now();
    const page = await scene.open(
      `&endpoints=${scene.pair.far4[ADDED]},${scene.pair.far4[CALM]}&interval=0.1&packet_size=64&epoch=1`,
    );
    await page.locator('.strip', { hasText: scene.pair.far4[ADDED] ?? '' }).waitFor();
    await expect.poll(async () => (await columnsOf(page, 2, rgbOf(PALETTES.dark.good))).some(Boolean)).toBe(true);
    expect(Date.now() - begun).toBeLessThan(3000);
    // Who is watched already isn't added again.
    expect(await page.locator('.strip').count()).toBe(3);
    await page.close();
    for (const [parameters, line] of [
      [`&endpoints=${scene.pair.far4[UNUSED]}&interval=none`, /interval= takes seconds from 0.01/],
      ['&endpoints=-x', /-x/],
      ['&epoch=never', /epoch= takes seconds/],
    ] as const) {
      const other = await scene.open(parameters);
      await other.locator('#problem', { hasText: line }).waitFor({ timeout: 3000 });
      expect(await other.textContent('#problem')).not.toContain('\n');
      expect(await other.locator('.strip').count()).toBe(3);
      await other.close();
    }
  });

  test('serve without endpoints, and the address that people know: probed as it says, strips within two seconds', async () => {
    const [a, b] = [scene.pair.far4[FIRST_BARE] ?? '', scene.pair.far4[SECOND_BARE] ?? ''];
    const bare = await startServe(scene.pair, ['--web', '127.0.0.1:7465']);
    const page = await scene.browser.newPage({ colorScheme: 'dark' });
    try {
      await page.goto(`${bare.url}&endpoints=${a},${b}&interval=0.1&packet_size=64`);
      const loadedAt = Date.now();
      await page.locator('.strip').nth(1).waitFor();
      for (const strip of [0, 1]) {
        await expect
          .poll(async () => (await columnsOf(page, strip, rgbOf(PALETTES.dark.good))).some(Boolean), { interval: 50 })
          .toBe(true);
      }
      expect(Date.now() - loadedAt).toBeLessThan(2000);
      await sleep(2500);
      for (const address of [a, b]) {
        const requests = scene.responder.requests().filter(({ to }) => to === address);
        // 64 bytes of ICMP are 56 of payload and, on the wire, an IPv4 packet of 84.
        expect(new Set(requests.map(({ sizeBytes }) => sizeBytes))).toEqual(new Set([56]));
        const [first, last] = [requests[0]?.at ?? 0, requests.at(-1)?.at ?? 0];
        expect(requests.length).toBeGreaterThan(20);
        // As the responder reads them, which a busy machine delays.
        expect(Math.abs(last - first - 100 * (requests.length - 1))).toBeLessThan(400);
      }
    } finally {
      await page.close();
      await bare.stop();
    }
  });

  test('light and dark as the system is set, changed under its eyes', async () => {
    const page = await scene.open('&epoch=1');
    const ground = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(await ground()).toBe('rgb(18, 18, 18)');
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await ground()).toBe('rgb(255, 255, 255)');
    await sleep(1200);
    expect((await columnsOf(page, HOLED, rgbOf(PALETTES.light.loss))).some(Boolean)).toBe(true);
    expect((await columnsOf(page, HOLED, rgbOf(PALETTES.dark.loss))).some(Boolean)).toBe(false);
    await page.close();
  });

  test('at 360 pixels nothing is cut off, the verdict is in sight, and a sharp display gets all of its pixels', async () => {
    const page = await scene.open('&epoch=1', { width: 360, height: 700 }, 3);
    await sleep(500);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const sharpness = await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.strip canvas');
      return canvas === null ? 0 : canvas.width / canvas.clientWidth;
    });
    expect(sharpness).toBe(3);
    const verdict = await page.locator('#verdict').boundingBox();
    expect((verdict?.x ?? -1) >= 0 && (verdict?.x ?? 0) + (verdict?.width ?? 999) <= 360).toBe(true);
    const strip = await page.locator('.strip canvas').nth(HOLED).boundingBox();
    expect((strip?.y ?? 999) + (strip?.height ?? 0)).toBeLessThanOrEqual(700);
    await page.close();
  });

  test('says since when it isn’t connected, and goes on by itself when the program is back', async () => {
    const page = await scene.open('&epoch=1');
    await scene.serve.stop();
    await page.locator('#connection', { hasText: /not connected since \d\d:\d\d:\d\d/ }).waitFor();
    await scene.start();
    await page.locator('#connection').waitFor({ state: 'hidden', timeout: 12_000 });
    await expect.poll(async () => (await columnsOf(page, CALM, rgbOf(PALETTES.dark.good))).some(Boolean)).toBe(true);
    await page.close();
  });
});
