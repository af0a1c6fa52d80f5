// Colours of the user's own, from the config file, on the screen.

import { expect, it } from 'vitest';
import { probes, TestScreen } from '../support/terminal-screen.js';

const start = Date.parse('2025-11-23T12:00:00Z');
const now = start + 600_000;

it.each(['dark', 'light'] as const)('stand in the place of those of the theme %s', async (theme) => {
  const colours = { dark: { good: 21 }, light: { good: 22, loss: 23 } };
  const screen = new TestScreen({ startedAt: start, now, theme, colours, endpoints: ['192.0.2.1'] });
  screen.events(probes({ from: start, to: now }, (at) => (at < now - 60_000 ? { rtt: 40 } : 'lost')));
  await screen.draw();
  const shown = new Set<number | null>();
  for (let y = 0; y < 24; y++) for (let x = 0; x < 80; x++) shown.add(screen.terminal.cell(x, y).foreground);
  const expected = theme === 'dark' ? [21, 197] : [22, 23];
  expect(expected.filter((colour) => !shown.has(colour))).toEqual([]);
  screen.app.setTheme(theme === 'dark' ? 'light' : 'dark');
  await screen.draw();
  expect(screen.terminal.cell(20, 20).foreground).not.toBe(expected[0]);
});
