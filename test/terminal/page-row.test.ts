// Beside a screen: where the page is stands there until somebody has opened it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pingemProgram } from '../support/pingem-run.js';
import { withoutTmux } from '../support/tmux-gate.js';
import { TmuxShell } from '../support/tmux-shell.js';

const URL_SHOWN = /(http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{22})$/;

describe.skipIf(withoutTmux)('--web beside a screen', { timeout: 40_000 }, () => {
  let shell: TmuxShell;
  beforeEach(() => {
    shell = new TmuxShell(80, 24);
  });
  afterEach(() => shell.close());

  it('shows the URL, with its token, until the page is opened', async () => {
    shell.type(`${process.execPath} ${pingemProgram} 127.0.0.1 -i 0.1 --web 127.0.0.1:0`);
    const hasUrl = (rows: string[]): boolean => rows.some((row) => URL_SHOWN.test(row));
    const rows = await shell.until('the URL', hasUrl);
    const url = rows.map((row) => URL_SHOWN.exec(row)?.[1]).find((found) => found !== undefined) ?? '';
    expect((await fetch(url.replace(/.{4}$/, 'xxxx'))).status).toBe(401);
    expect(hasUrl(shell.screen())).toBe(true);
    expect((await fetch(url)).status).toBe(200);
    await shell.until('no URL any more', (now) => !now.some((row) => row.includes('token')));
    shell.keys('q');
    const left = await shell.until('the summary', (now) => now.some((row) => / probes {2}answered /.test(row)));
    expect(left.join('\n')).not.toContain('token=');
  });
});
