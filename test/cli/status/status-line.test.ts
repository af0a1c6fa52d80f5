// One line for a status bar, of the same width whatever is going on.

import { describe, expect, it } from 'vitest';
import { readingOf, statusLine } from '../../../src/cli/status/status-line.js';
import type { VerdictCode } from '../../../src/events/verdict.js';
import type { EndpointStatus, StatusDocument, VerdictStatus } from '../../../src/observer/status/status-document.js';

const NOW = 1_795_435_200;

const endpoint = (label: string, more: Partial<EndpointStatus> = {}): EndpointStatus => ({
  label,
  target: label,
  address: null,
  state: 'answered',
  rtt: 12,
  trouble: false,
  last10s: { probes: 50, p50: 12, loss: 0, late: 0 },
  last1h: { probes: 18_000, p50: 12, loss: 0, late: 0 },
  outage: null,
  ...more,
});

const verdictOf = (code: VerdictCode, name: string, symptom = ''): VerdictStatus => ({
  code,
  since: NOW - 65,
  name,
  symptom,
  proof: '',
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

const lines = (format: 'plain' | 'tmux', document: StatusDocument | null, nowS = NOW + 0.5): string =>
  statusLine(readingOf(document, nowS), format);

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
  it('has a colour, and 25 columns beside it', () => {
    const all = [
      documentOf(FINE, endpoint('gateway')),
      documentOf(LOCAL, lossy),
      documentOf(LOCAL, down),
      documentOf(HOSTILE, hostile),
      documentOf(FINE),
      null,
    ];
    for (const document of all) {
      for (const nowS of [NOW, NOW + 400_000, NOW - 400_000]) {
        expect(lines('tmux', document, nowS)).toMatch(/^#\[fg=(green|red|yellow|default)\][^#]{25}#\[default\]$/);
      }
    }
    expect(lines('tmux', documentOf(FINE, endpoint('gateway')))).toBe('#[fg=green]+ fine          12  0.0 %#[default]');
    expect(lines('tmux', documentOf(LOCAL, down))).toBe('#[fg=red]! router         -  100 %#[default]');
  });

  it('has no style or command of a label', () => {
    expect(lines('tmux', documentOf(HOSTILE, hostile)).slice('#[fg=red]'.length, -'#[default]'.length)).not.toContain(
      '#',
    );
  });
});

describe('JSON', () => {
  it('has it all in a line, and nothing where nothing runs', () => {
    const document = documentOf(FINE, endpoint('gateway'));
    expect(JSON.parse(statusLine(readingOf(document, NOW + 1), 'json'))).toEqual({
      condition: 'fine',
      age: 1,
      ...document,
    });
    expect(statusLine(readingOf(null, NOW), 'json')).toBe('{"condition":"off"}');
  });
});
