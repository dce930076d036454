// SPDX-License-Identifier: Apache-2.0
// Reading the JSON form of protobuf messages: 64-bit integers are text, durations "0.25s", defaults are left out.

export const num = value => (value === undefined || value === null ? 0 : Number(value));
export const maybe = value => (value === undefined || value === null ? undefined : Number(value));

/** "0.25s" as seconds; undefined stays undefined. */
export const seconds = duration => (duration === undefined ? undefined : Number.parseFloat(duration));

/** A timestamp as milliseconds since 1970; undefined stays undefined. */
export const millis = timestamp => (timestamp === undefined ? undefined : Date.parse(timestamp));

export const timestamp = ms => new Date(ms).toISOString();
export const duration = inSeconds => `${Number(inSeconds.toFixed(6))}s`;

/** `STAGE_VAD` as `vad`. */
export const enumName = (value, prefix) => (value ?? '').replace(prefix, '').toLowerCase().replaceAll('_', ' ');

export function rateOf(proportion) {
  if (!proportion || num(proportion.trials) === 0) return undefined;
  return num(proportion.events) / num(proportion.trials);
}

export function quantile(distribution, rank) {
  const found = distribution?.quantiles?.find(it => Math.abs(num(it.rank) - rank) < 1e-9);
  return found ? num(found.value) : undefined;
}

export const mean = distribution =>
  distribution && num(distribution.count) > 0 ? num(distribution.mean) : undefined;

/** Wilson's interval of a rate at 95 %. */
export function interval(proportion) {
  const n = num(proportion?.trials);
  if (n === 0) return undefined;
  const z = 1.959964;
  const p = num(proportion.events) / n;
  const middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  const half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

const DIMENSIONS = {
  device: 'COHORT_DIMENSION_DEVICE',
  app: 'COHORT_DIMENSION_APP_VERSION',
  region: 'COHORT_DIMENSION_REGION',
  tenant: 'COHORT_DIMENSION_TENANT',
  audio: 'COHORT_DIMENSION_AUDIO_FORMAT',
};

/** What cohorts are told apart by: the word in links, and the word for people. */
export const dimensions = [['device', 'Device'], ['app', 'App version'], ['region', 'Region'], ['tenant', 'Tenant'],
  ['audio', 'Audio format']];

export const dimensionEnum = word => DIMENSIONS[word];
export const dimensionWord = value => Object.keys(DIMENSIONS).find(word => DIMENSIONS[word] === value) ?? 'device';

/** "device:Pixel 9" as a label of the contract; undefined for anything else. */
export function cohortLabel(text) {
  const split = (text ?? '').indexOf(':');
  const dimension = split < 0 ? undefined : DIMENSIONS[text.slice(0, split)];
  return dimension ? {dimension, value: text.slice(split + 1)} : undefined;
}

export const cohortText = label => (label ? `${dimensionWord(label.dimension)}:${label.value ?? ''}` : '');
export const cohortName = label => (label ? label.value || 'not said' : 'Everybody');
