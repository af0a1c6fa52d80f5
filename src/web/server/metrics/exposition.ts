// Metrics as text, in the two formats that there are: OpenMetrics 1.0 and the older one of Prometheus (0.0.4). They differ
// in what a family of counters is called, in the last line, and in the types that they know. Written here, because prom-client
// takes 11 MiB of the 80 that `pingem serve` may have (docs/decisions/0081).

export type Labels = Readonly<Record<string, string>>;

export type Sample = {
  /** Behind the family's name: `_bucket`; empty for most. */
  suffix?: string;
  labels: Labels;
  value: number;
};

export type Family = {
  /** Without `_total` and `_info`. */
  name: string;
  type: 'counter' | 'gauge' | 'histogram' | 'summary' | 'info';
  help: string;
  samples: readonly Sample[];
};

export type Format = 'openmetrics' | 'text';

const TYPES: Readonly<Record<Format, string>> = {
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  text: 'text/plain; version=0.0.4; charset=utf-8',
};

export const contentTypeOf = (format: Format): string => TYPES[format];

/** OpenMetrics for whoever asks for it and doesn't like the other better (RFC 9110, section 12.5.1). */
export const formatFor = (accept: string | undefined): Format => {
  let [openmetrics, text] = [0, 0];
  for (const range of (accept ?? '').split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    const q = weight === undefined ? 1 : Number(weight.slice(2));
    if (type === 'application/openmetrics-text') openmetrics = Math.max(openmetrics, q);
    else if (type === 'text/plain') text = Math.max(text, q);
  }
  return openmetrics > 0 && openmetrics >= text ? 'openmetrics' : 'text';
};

export const expositionOf = (families: readonly Family[], format: Format): string => {
  const lines: string[] = [];
  for (const family of families) {
    if (family.samples.length === 0) continue;
    const suffix = SUFFIXES[family.type] ?? '';
    const full = `${family.name}${suffix}`;
    const named = format === 'openmetrics' ? family.name : full;
    const type = format === 'text' && family.type === 'info' ? 'gauge' : family.type;
    lines.push(`# HELP ${named} ${escaped(family.help, format === 'openmetrics')}`, `# TYPE ${named} ${type}`);
    for (const sample of family.samples) {
      lines.push(`${full}${sample.suffix ?? ''}${labelText(sample.labels)} ${numberText(sample.value)}`);
    }
  }
  if (format === 'openmetrics') lines.push('# EOF');
  return `${lines.join('\n')}\n`;
};

const SUFFIXES: Partial<Record<Family['type'], string>> = { counter: '_total', info: '_info' };

const labelText = (labels: Labels): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value, true)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};

const escaped = (text: string, quotes: boolean): string => {
  const plain = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return quotes ? plain.replaceAll('"', '\\"') : plain;
};

const numberText = (value: number): string => (value === Infinity ? '+Inf' : String(value));
