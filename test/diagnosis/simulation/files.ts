// Reads scenarios from files, one a file or a list, and says what is wrong with one that can't be run.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from './scenario.js';

const PLACES = new Set(['gateway', 'provider', 'hop', 'beyond']);

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** What keeps it from being run; null where nothing does. */
export const obstacleOf = (scenario: Partial<Scenario>): string | null => {
  const { name, duration, interval, endpoints, expect } = scenario;
  if (typeof name !== 'string') return 'a scenario without a name';
  if (!isNumber(duration) || !isNumber(interval) || duration <= 0 || interval <= 0)
    return `${name}: duration and interval in seconds`;
  if (!Array.isArray(endpoints) || endpoints.length === 0) return `${name}: no endpoints`;
  const strange = endpoints.find((one) => typeof one.name !== 'string' || !PLACES.has(one.place) || !isNumber(one.rtt));
  if (strange !== undefined) return `${name}: an endpoint needs name, place (gateway, provider, hop or beyond) and rtt`;
  if (!Array.isArray(expect)) return `${name}: nothing is expected`;
  return null;
};

export const parseScenarios = (text: string): Scenario[] => {
  const found = JSON.parse(text) as Scenario | Scenario[];
  const scenarios = Array.isArray(found) ? found : [found];
  for (const scenario of scenarios) {
    const obstacle = obstacleOf(scenario);
    if (obstacle !== null) throw new Error(obstacle);
  }
  return scenarios;
};

/** All in a folder, by name. */
export const scenariosIn = (folder: string): Scenario[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => parseScenarios(readFileSync(join(folder, file), 'utf8')))
    .sort((a, b) => a.name.localeCompare(b.name));
