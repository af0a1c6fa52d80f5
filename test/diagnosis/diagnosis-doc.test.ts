// Computes the worked examples of docs/diagnosis.md with the program's own code.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOSS_AT_FIRST, lossLevels, thresholdFor } from '../../src/diagnosis/conditions/levels.js';
import { SequentialTest } from '../../src/diagnosis/conditions/sequential-test.js';
import { qualityOf } from '../../src/diagnosis/quality/e-model.js';
import { emptyEpoch } from '../../src/history/statistics/epoch-stats.js';
import { neglectsPing } from '../../src/view/path/neglect.js';
import { CODE_WORDS } from '../../src/diagnosis/wording/names.js';

const page = readFileSync(new URL('../../docs/diagnosis.md', import.meta.url), 'utf8');

const example = (fence: string): Record<string, string> => {
  const [, body = ''] = new RegExp(`^\`\`\`${fence}\\n(.*?)^\`\`\`$`, 'ms').exec(page) ?? [];
  const lines = body.trim().split('\n');
  return Object.fromEntries(lines.map((line) => (/^(.*?) +?= (\S.*)$/.exec(line.replace(/ +=/, ' =')) ?? []).slice(1)));
};

describe('docs/diagnosis.md', () => {
  it('computes how soon an outage is found', () => {
    const lines = [...(/```example\n(.*?)```/s.exec(page)?.[1] ?? '').matchAll(/^(.*?) *= ([\d. ]+)$/gm)];
    const values = new Map(lines.map(([, name = '', value = '']) => [name.trim(), value.trim()]));
    const interval = Number(values.get('interval')) * 1000;
    const p0 = Number(values.get('p0'));
    const threshold = thresholdFor(interval);
    expect(p0).toBe(LOSS_AT_FIRST);
    expect(values.get('levels')).toBe(lossLevels(p0).join(' '));
    expect(values.get('h')).toBe(threshold.toFixed(2));
    expect(values.get('yes at p1 = 0.5')).toBe(Math.log(0.5 / p0).toFixed(2));
    const test = new SequentialTest(lossLevels, p0, threshold, interval);
    let losses = 0;
    while (!test.bad) test.add(true, 1000 + interval * losses++);
    expect(values.get('losses in a row')).toBe(`${losses}`);
    expect(test.since).toBe(1000);
  });

  it('computes who of a path only answers ping badly', () => {
    const values = Object.entries(example('hops'));
    const stats = values.map(([, text]) => ({
      ...emptyEpoch(0, 1000, 0),
      slots: 100,
      loss: Number.parseFloat(text) / 100,
    }));
    const badly = values.map(([, text]) => text.includes('only answers ping badly'));
    expect(badly.filter(Boolean)).toHaveLength(2);
    expect(neglectsPing(stats)).toEqual(badly);
  });

  it('computes the call quality', () => {
    const values = example('call');
    const { r, mos, word } = qualityOf(Number(values['p50']), Number(values['lost']), Number(values['mean run']));
    expect({ r: r.toFixed(1), mos: mos.toFixed(2), word }).toEqual({
      r: values['R'],
      mos: values['MOS'],
      word: values['word'],
    });
  });

  it('has every code', () => {
    const codes = [...page.matchAll(/^\| `([a-z-]+)` +\| ([^|]*?) +\|/gm)].map(([, code]) => code);
    expect(new Set(codes)).toEqual(new Set(Object.keys(CODE_WORDS)));
  });
});
