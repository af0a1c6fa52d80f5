// A scenario: endpoints, what befalls them, and what should be said when. Plain JSON, times in seconds from its start,
// RTTs in milliseconds, loss as a fraction.

export type Distribution = 'gauss' | 'lognormal' | 'pareto';

export type ScenarioEndpoint = {
  name: string;
  place: 'gateway' | 'provider' | 'hop' | 'beyond';
  /** For a hop: how many there are between it and the provider's router, from 1. */
  n?: number;
  rtt: number;
  /** How much is added to each RTT, by chance. */
  jitter?: number;
  dist?: Distribution;
  loss?: number;
  interval?: number;
  /** Watched from then on, and until then. */
  from?: number;
  to?: number;
};

export type ScenarioFault = {
  from: number;
  to: number;
  on: 'all' | readonly string[];
  loss?: number;
  /** Share of probes that are answered after the timeout. */
  late?: number;
  /** Added to each RTT; as a ramp, or a sine with this period. */
  add?: number;
  shape?: 'ramp' | 'sine';
  period?: number;
  jitter?: number;
  dist?: Distribution;
  /** Probes can't be sent, for this error. */
  unsent?: boolean;
  error?: string;
  /** Answers at most so many a second. */
  limit?: number;
  /** Everything sent is held until the fault is over, and delivered then. */
  hold?: boolean;
  /** Only for so long, every so often. */
  every?: number;
  lasts?: number;
};

/** From, to, the codes that are right ("a|b"), and when what is meant began, if that is to be compared. */
export type Expectation = readonly [from: number, to: number, codes: string, since?: number | null];

/** What is asked for, in seconds: how soon it is named, how wrong its since may be, how soon it is over. */
export type Limits = { named?: number; since?: number; ended?: number };

export type Scenario = {
  name: string;
  duration: number;
  interval: number;
  timeout?: number;
  endpoints: readonly ScenarioEndpoint[];
  faults?: readonly ScenarioFault[];
  /** Own traffic, as a share of what the line can carry. */
  traffic?: readonly (readonly [from: number, to: number, share: number])[];
  suspend?: readonly (readonly [from: number, to: number])[];
  stall?: readonly (readonly [from: number, to: number])[];
  /** The name leads to another address from then on. */
  resolved?: readonly { at: number; on: string; address: string }[];
  /** A scan of the Wi-Fi once a minute: so many milliseconds, falling within 0.3 s, or at one probe only. */
  spike?: number;
  spike_mode?: 'time' | 'probe';
  expect: readonly Expectation[];
  limits?: Limits;
  /** Seconds in which the wrong code may be said. None unless told. */
  wrong?: number;
};
