// What is to be seen on the page, read off it as a user would: pixels, numbers, times. And the same out of the record.

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { nearestRank } from '../../src/events/rtt/rtt-bins.js';
import { readRecord } from '../support/pingem-run.js';
import type { Slot } from '../support/pingem-run.js';

/** Width of a column, in pixels of the page. */
export const COLUMN = 6;

/** Figures of the column under the pointer, by endpoint, with the time of the column. */
export type Hovered = { where: string; figures: Record<string, string>[] };

/** Of a strip's canvas: whether there is anything of that colour, for each column of pixels. */
export const columnsOf = (page: Page, strip: number, colour: readonly [number, number, number]): Promise<boolean[]> =>
  page.evaluate(
    ([index, red, green, blue]) => {
      const canvas = document.querySelectorAll<HTMLCanvasElement>('.strip canvas')[index];
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
      if (canvas === undefined || pixels === undefined) return [];
      return Array.from({ length: canvas.width }, (_, x) => {
        for (let y = 0; y < canvas.height; y++) {
          const at = 4 * (y * canvas.width + x);
          const [r, g, b] = [pixels.data[at], pixels.data[at + 1], pixels.data[at + 2]];
          if (r === red && g === green && b === blue) return true;
        }
        return false;
      });
    },
    [strip, ...colour] as const,
  );

/** Drags the wall so many columns into the past, from where it stands still, and gives the canvas's box. */
export const drag = async (
  page: Page,
  columns: number,
): Promise<{ x: number; y: number; width: number; height: number }> => {
  const box = await page.locator('.strip canvas').first().boundingBox();
  if (box === null) throw new Error('no canvas');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + columns * COLUMN, y, { steps: 4 });
  await page.mouse.up();
  await page.locator('#where', { hasText: 'looking back' }).waitFor();
  return box;
};

/** @param x of the wall, in pixels of the page */
export const hoveredAt = async (page: Page, x: number): Promise<Hovered> => {
  const box = await page.locator('.strip canvas').first().boundingBox();
  if (box === null) throw new Error('no canvas');
  await page.mouse.move(box.x + x, box.y + box.height / 2);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return page.evaluate(() => ({
    where: document.querySelector('#where')?.textContent ?? '',
    figures: [...document.querySelectorAll('.strip')].map((strip) =>
      Object.fromEntries(
        [...strip.querySelectorAll<HTMLElement>('[data-figure]')].map((value) => [
          value.dataset['figure'] ?? '',
          value.textContent ?? '',
        ]),
      ),
    ),
  }));
};

/** Slots of an endpoint that were sent in [from, to), as the record has them by now, and the RTTs that count. */
export const recordedWithin = (
  path: string,
  endpoint: number,
  from: number,
  to: number,
): { slots: Slot[]; rtts: number[] } => {
  const text = readFileSync(path, 'utf8');
  const { slots, lines } = readRecord(text.slice(0, text.lastIndexOf('\n') + 1));
  const within = (slots[endpoint] ?? []).filter(({ sentAt }) => sentAt >= from && sentAt < to);
  const uncertain = new Set(
    lines.flatMap((line) => ('uncertain' in line && line.endpoint === endpoint ? [line.seq] : [])),
  );
  const rtts = within.flatMap(({ seq, state, rtt }) =>
    state === 'answered' && rtt !== null && !uncertain.has(seq) ? [rtt] : [],
  );
  return { slots: within, rtts: rtts.sort((a, b) => a - b) };
};

/** Nearest rank; null of nothing. */
export const percentile = (sorted: readonly number[], percent: number): number | null =>
  sorted[nearestRank(percent, sorted.length) - 1] ?? null;

/** `22:17:05` of today, in UTC. */
export const todayAt = (clock: string): number => Date.parse(`${new Date().toISOString().slice(0, 10)}T${clock}Z`);
