// One line for a status bar, of the same width whatever is going on.

import { describe, expect, it } from 'vitest';
import { statusLine } from '../../../src/cli/status/status-line.js';
import type { StatusLook } from '../../../src/cli/status/status-line.js';
import type { VerdictCode } from '../../../src/events/verdict.js';
import type { EndpointStatus, StatusDocument, VerdictStatus } from '../../../src/observer/status/status-document.js';
import { readingOf } from '../../../src/observer/status/status-reading.js';
import { textWidth } from '../../../src/view/text.js';

const NOW = 1_795_435_200;

const endpoint = (label: string, more: Partial<EndpointStatus> = {}): EndpointStatus => ({
  label,
  target: label,
  hop: null,
  address: null,
  state: 'answered',
  rtt: 12,
  trouble: false,
  last10s: { probes: 50, p50: 12, loss: 0, late: 0 },
  last1h: { probes: 18_000, p50: 12, loss: 0, late: 0 },
  outage: null,
  ...more,
});

const verdictOf = (
  code: VerdictCode,
  name: string,
  symptom = '',
  more: Partial<VerdictStatus> = {},
): VerdictStatus => ({
  code,
  since: NOW - 65,
  name,
  symptom,
  excess: null,
  proof: '',
  ...more,
});

const FINE = verdictOf('fine', 'fine');
const LOCAL = verdictOf('local', 'router or Wi-Fi', 'no answer');

const documentOf = (verdict: VerdictStatus | null, ...endpoints: EndpointStatus[]): StatusDocument => ({
  type: 'pingem status',
  format: 1,
  pid: 1,
  started: NOW - 100,
  time: NOW,
  verdict,
  quality: null,
  trouble: endpoints.some(({ trouble }) => trouble),
  count: endpoints.length,
  endpoints,
});

const lossy = endpoint('dns', { trouble: true, last10s: { probes: 50, p50: 3021, loss: 0.34, late: 12 } });
const down = endpoint('gateway', {
  trouble: true,
  last10s: { probes: 50, p50: null, loss: 1, late: 0 },
  outage: { from: NOW - 65, lost: 300, error: 'ENETUNREACH' },
});
const hostile = endpoint('\u001b]0;x\u0007#[fg=red]#(reboot)\n日本語\u202e', { trouble: true });

const HOSTILE = verdictOf('host', `only ${hostile.label}`, 'no answer');

const lines = (
  format: 'plain' | 'tmux',
  document: StatusDocument | null,
  nowS = NOW + 0.5,
  look: Partial<StatusLook> = {},
): string => statusLine(readingOf(document, nowS), { format, colour: false, unicode: true, ...look });

describe('a plain line', () => {
  it.each([
    [
      documentOf(FINE, endpoint('gateway'), endpoint('dns')),
      'fine     fine                              1 min  p50   12  loss   0.0 %',
    ],
    [
      documentOf(verdictOf('host', 'only dns', '34 % lost'), endpoint('gateway'), lossy),
      'trouble  only dns: 34 % lost               1 min  p50 3021  loss  34.0 %',
    ],
    [documentOf(LOCAL, lossy, down), 'trouble  router or Wi-Fi: no answer        1 min  p50    -  loss   100 %'],
    [
      documentOf(verdictOf('not-collecting', 'not collecting'), endpoint('gateway')),
      'away     not collecting                    1 min  p50   12  loss   0.0 %',
    ],
    [documentOf(FINE, lossy, down), 'trouble  no answer from gateway            1 min  p50    -  loss   100 %'],
    // A hop that keeps silent, and one that answers ping badly.
    [
      documentOf(FINE, endpoint('dns'), { ...down, hop: 3 }, { ...lossy, hop: 4 }),
      'fine     fine                              1 min  p50   12  loss   0.0 %',
    ],
    [documentOf(null, endpoint('gateway')), `starting ${' '.repeat(39)}  p50   12  loss   0.0 %`],
    [documentOf(FINE), 'fine     no endpoint'],
    [null, 'off      nothing runs'],
  ])('%# says whose fault it is', (document, text) => {
    expect(lines('plain', document)).toBe(text.replace('loss  ', 'loss ').padEnd(79));
  });

  it('says where nothing new has been written for 5 s', () => {
    expect(lines('plain', documentOf(LOCAL, down), NOW + 5)).toContain('trouble');
    expect(lines('plain', documentOf(LOCAL, down), NOW + 5.1)).toBe('old      no news for 5.1 s'.padEnd(79));
    expect(lines('plain', documentOf(LOCAL, down), NOW - 6)).toBe('old      written in the future'.padEnd(79));
  });

  it('lets nothing through that a terminal would obey', () => {
    const line = lines('plain', documentOf(HOSTILE, hostile));
    expect(line).toMatch(/^[ -~]{79}$/);
    expect(line).toContain('only ?]0;x?#[fg=red]#(reb');
  });
});

describe('a line for tmux', () => {
  const slow = verdictOf('provider', 'beyond your router', '3 % lost, +185 ms', { since: NOW - 14, excess: 185.3 });
  const losing = endpoint('far', { last10s: { probes: 50, p50: 195, loss: 0.03, late: 0 } });

  it.each([
    [documentOf(slow, losing), '▲ beyond router 14 s    +185 ms    3 %'],
    [documentOf({ ...FINE, since: NOW - 29_000 }, endpoint('dns')), '● fine 8 h                12 ms    0 %'],
    [documentOf({ ...LOCAL, since: NOW - 600 }, down), '▲ router 10 min               -  100 %'],
    [documentOf({ ...LOCAL, since: NOW - 5 }, down), '▲ router or Wi-Fi 5 s         -  100 %'],
    [documentOf(FINE, lossy, down), '▲ gateway 1 min               -  100 %'],
    [documentOf(verdictOf('host', 'only dns', '34 % lost'), lossy), '▲ only dns 1 min        3021 ms   34 %'],
    [documentOf(null, endpoint('dns')), '○ starting                12 ms    0 %'],
    [documentOf(FINE), '● no endpoint                 -      -'],
    [null, '○ nothing runs                        '],
  ])('%# has the verdict, for how long, and the worst figures', (document, text) => {
    expect(lines('tmux', document)).toBe(text);
  });

  it('has 38 columns whatever is going on, also of wide characters, and nothing that tmux would obey', () => {
    const wide = endpoint('日本語日本語日本語日本語', { outage: { from: NOW - 4000, lost: 1, error: null } });
    const all = [
      documentOf(HOSTILE, hostile),
      documentOf(FINE, wide),
      documentOf(LOCAL, lossy),
      documentOf(slow, losing),
    ];
    for (const document of [...all, documentOf(FINE), null]) {
      for (const nowS of [NOW, NOW + 400_000, NOW - 400_000]) {
        for (const unicode of [true, false]) {
          const line = lines('tmux', document, nowS, { unicode });
          expect(line.replaceAll('##', '')).not.toContain('#');
          expect(textWidth(line.replaceAll('##', '#'))).toBe(38);
          expect(unicode || /^[ -~]+$/.test(line)).toBe(true);
        }
      }
    }
    expect(lines('tmux', documentOf(HOSTILE, hostile))).toContain('##[fg=red]##(re');
    const signs = endpoint('##{}##[', { outage: { from: NOW - 3, lost: 1, error: null } });
    expect(lines('tmux', documentOf(FINE, signs))).toContain('▲ ########{}####[ 3 s ');
    expect(lines('tmux', documentOf(FINE, wide))).toContain('日本語日本語');
  });

  it('has colours on request only', () => {
    const coloured = (document: StatusDocument | null): string => lines('tmux', document, NOW, { colour: true });
    expect(coloured(documentOf(slow, losing))).toBe(
      `#[fg=red]${lines('tmux', documentOf(slow, losing), NOW)}#[default]`,
    );
    expect(coloured(documentOf(FINE, losing))).toMatch(/^#\[fg=cyan\]● .*#\[default\]$/);
  });
});

describe('JSON', () => {
  it('has it all in a line, and nothing where nothing runs', () => {
    const document = documentOf(FINE, endpoint('gateway'));
    expect(
      JSON.parse(statusLine(readingOf(document, NOW + 1), { format: 'json', colour: false, unicode: true })),
    ).toEqual({
      condition: 'fine',
      age: 1,
      ...document,
    });
    expect(statusLine(readingOf(null, NOW), { format: 'json', colour: false, unicode: true })).toBe(
      '{"condition":"off"}',
    );
  });
});
