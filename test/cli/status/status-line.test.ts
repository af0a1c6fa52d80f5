// One line for a status bar, of the same width whatever is going on.

import { describe, expect, it } from 'vitest';
import { readingOf, statusLine } from '../../../src/cli/status/status-line.js';
import type { EndpointStatus, StatusDocument } from '../../../src/observer/status/status-document.js';

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

const documentOf = (...endpoints: EndpointStatus[]): StatusDocument => ({
  type: 'pingem status',
  format: 1,
  pid: 1,
  started: NOW - 100,
  time: NOW,
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

const lines = (format: 'plain' | 'tmux', document: StatusDocument | null, nowS = NOW + 0.5): string =>
  statusLine(readingOf(document, nowS), format);

describe('a plain line', () => {
  it.each([
    [
      documentOf(endpoint('gateway'), endpoint('dns')),
      'fine     gateway           p50   12  loss  0.0 %                   0 of 2 bad',
    ],
    [
      documentOf(endpoint('gateway'), lossy),
      'trouble  dns               p50 3021  loss 34.0 %  12 late          1 of 2 bad',
    ],
    [documentOf(lossy, down), 'trouble  gateway           p50    -  loss  100 %  down 1 m 5 s     2 of 2 bad'],
    [documentOf(), 'fine     no endpoint'],
    [null, 'off      nothing runs'],
  ])('%# is of the endpoint that is worst off', (document, text) => {
    expect(lines('plain', document)).toBe(text.padEnd(79));
  });

  it('says where nothing new has been written for 5 s', () => {
    expect(lines('plain', documentOf(down), NOW + 5)).toContain('trouble');
    expect(lines('plain', documentOf(down), NOW + 5.1)).toBe('old      no news for 5.1 s'.padEnd(79));
    expect(lines('plain', documentOf(down), NOW - 6)).toBe('old      written in the future'.padEnd(79));
  });

  it('lets nothing through that a terminal would obey', () => {
    const line = lines('plain', documentOf(hostile));
    expect(line).toMatch(/^[ -~]{79}$/);
    expect(line).toContain('?]0;x?#[fg=red]~');
  });
});

describe('a line for tmux', () => {
  it('has a colour, and 25 columns beside it', () => {
    const all = [
      documentOf(endpoint('gateway')),
      documentOf(lossy),
      documentOf(down),
      documentOf(hostile),
      documentOf(),
      null,
    ];
    for (const document of all) {
      for (const nowS of [NOW, NOW + 400_000, NOW - 400_000]) {
        expect(lines('tmux', document, nowS)).toMatch(/^#\[fg=(green|red|yellow|default)\][^#]{25}#\[default\]$/);
      }
    }
    expect(lines('tmux', documentOf(endpoint('gateway')))).toBe('#[fg=green]+ gateway       12  0.0 %#[default]');
    expect(lines('tmux', documentOf(down))).toBe('#[fg=red]! gateway        -  100 %#[default]');
  });

  it('has no style or command of a label', () => {
    expect(lines('tmux', documentOf(hostile)).slice('#[fg=red]'.length, -'#[default]'.length)).not.toContain('#');
  });
});

describe('JSON', () => {
  it('has it all in a line, and nothing where nothing runs', () => {
    const document = documentOf(endpoint('gateway'));
    expect(JSON.parse(statusLine(readingOf(document, NOW + 1), 'json'))).toEqual({
      condition: 'fine',
      age: 1,
      ...document,
    });
    expect(statusLine(readingOf(null, NOW), 'json')).toBe('{"condition":"off"}');
  });
});
