// What a line of a record may hold, as JSON Schema (draft 7), one schema a type: the one place that says which values are
// taken in. `npm run schema` makes the checks of it (line-checks.generated.ts); nothing here is loaded at run time.
// Fields that it doesn't name are let through: a later pingem may write more of them.

import { MOST_ENDPOINTS, MOST_IDS } from './line-format.js';

/** 9999-12-31: the last day of which the time can be written as a date. */
const LAST_SECOND = 253_402_300_799;
/** Probes are numbered with 48 bits. */
const LAST_SEQ = 2 ** 48 - 1;
const time = { type: 'number', minimum: 0, maximum: LAST_SECOND };
const clockStep = { type: 'number', minimum: -LAST_SECOND, maximum: LAST_SECOND };
const endpoint = { type: 'integer', minimum: 0, exclusiveMaximum: MOST_IDS };
const seq = { type: 'integer', minimum: 0, maximum: LAST_SEQ };
const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
/** Milliseconds; a day is more than any late reply takes. */
const rtt = { type: 'number', minimum: 0, maximum: 86_400_000 };
const ttl = { type: 'integer', minimum: 0, maximum: 255 };
/** Seconds, as --interval and --timeout take them. */
const duration = { type: 'number', minimum: 0.001, maximum: 3600 };
/** An address with its zone, an errno name. Short, since thousands are kept of each endpoint. */
const word = { type: 'string', maxLength: 64 };
/** A host name (RFC 1035, section 2.3.4) or an address. */
const target = { type: 'string', minLength: 1, maxLength: 300 };
/** What fits into one argument of a Linux command line (MAX_ARG_STRLEN). */
const label = { type: 'string', minLength: 1, maxLength: 131_072 };
/** ICMP payload bytes. */
const size = { type: 'integer', minimum: 0, maximum: 65_535 };
const text = { type: 'string', maxLength: 4096 };
const address = { anyOf: [word, { type: 'null' }] };
const uncertain = { const: true };

type Schema = Readonly<Record<string, unknown>>;

const object = (
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
});

const probe = (
  state: string,
  required: Readonly<Record<string, Schema>>,
  optional?: Readonly<Record<string, Schema>>,
) => object({ endpoint, seq, sent: time, state: { const: state }, ...required }, optional);

const reply = object({ endpoint, seq, rtt }, { ttl, uncertain });

const session = (format: number, items: Schema): Schema =>
  object(
    {
      format: { const: format },
      started: time,
      interval: duration,
      timeout: duration,
      size,
      endpoints: { type: 'array', maxItems: MOST_ENDPOINTS, items },
    },
    { clock: word },
  );

/** What an endpoint of format 2 must have. */
const described = {
  id: endpoint,
  key: { type: 'string', minLength: 1, maxLength: 400 },
  target,
  label,
  address,
  kind: { enum: ['host', 'gateway', 'provider', 'internet', 'hop'] },
  interval: duration,
  size,
};
/** What it may have besides. */
const describedFurther = {
  place: { enum: ['gateway', 'provider', 'beyond'] },
  hop: { type: 'integer', minimum: 1, maximum: 255 },
  firstSeq: seq,
};

/** Bytes, one value a second. */
const bytes = { type: 'array', maxItems: 3600, items: count };

/** By type of line; the session line by format as well. */
export const lineSchemas = {
  session1: session(1, object({ id: endpoint, target, label, address }, { firstSeq: seq })),
  session2: session(2, object(described, { ...describedFurther, removed: time })),
  endpoint: object({ ...described, at: time }, describedFurther),
  removed: object({ endpoint, at: time }),
  probe: {
    type: 'object',
    required: ['state'],
    discriminator: { propertyName: 'state' },
    oneOf: [
      probe('answered', { rtt }, { ttl, uncertain }),
      probe('lost', {}),
      probe('void', {}),
      probe('in-flight', {}),
      probe('pending', {}),
      probe('unsent', { error: word }),
      probe('unreachable', { from: word, icmp: { type: 'string', pattern: '^\\d{1,3}/\\d{1,3}$' } }),
    ],
  },
  late: reply,
  answered: reply,
  duplicate: object({ endpoint, seq, rtt }),
  rejected: object({
    endpoint: { anyOf: [endpoint, { type: 'null' }] },
    reason: { enum: ['checksum', 'cookie', 'source', 'endpoint', 'sequence', 'payload', 'malformed'] },
    count,
  }),
  gap: object({ from: time, to: time, reason: { enum: ['stall', 'stopped', 'suspend', 'not running'] } }, { endpoint }),
  stall: object({ from: time, to: time }),
  address: object({ endpoint, address: word, at: time }, { name: { type: 'string', maxLength: 255 } }),
  clock: object({ at: time, offset: clockStep }),
  mark: object({ at: time, text }),
  traffic: object(
    { at: time, received: bytes, sent: bytes },
    { interface: word, signal: { type: 'number', minimum: -1000, maximum: 1000 } },
  ),
} satisfies Readonly<Record<string, Schema>>;
