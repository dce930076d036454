// SPDX-License-Identifier: Apache-2.0
// Numbers, times and names for people.

export const NONE = '–';
const SPACE = '\u00a0';

/** At most three digits that mean something. */
export function number(value, digits = 3) {
  if (value === undefined || Number.isNaN(value)) return NONE;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-4) return value.toExponential(1).replace('e', ' × 10^').replace('-', '−');
  const whole = size === 0 ? 1 : Math.floor(Math.log10(size)) + 1;
  const decimals = Math.max(0, Math.min(6, digits - whole));
  return value.toLocaleString('en-GB', {maximumFractionDigits: decimals}).replace('-', '−');
}

export function count(value) {
  if (value === undefined) return NONE;
  return value >= 1e6 ? `${number(value / 1e6)}${SPACE}M` : Math.round(value).toLocaleString('en-GB');
}

export function percent(rate) {
  if (rate === undefined || Number.isNaN(rate)) return NONE;
  const value = rate * 100;
  const size = Math.abs(value);
  const digits = size === 0 || size >= 10 ? 3 : size < 0.1 ? 1 : 2;
  return `${number(value, digits)}${SPACE}%`;
}

/** 0.31 as "310 ms", 2.4 as "2.4 s", 7200 as "2 h". */
export function span(inSeconds) {
  if (inSeconds === undefined || Number.isNaN(inSeconds)) return NONE;
  const size = Math.abs(inSeconds);
  if (size < 1) return `${number(inSeconds * 1000)}${SPACE}ms`;
  if (size < 120) return `${number(inSeconds)}${SPACE}s`;
  if (size < 7200) return `${number(inSeconds / 60, 2)}${SPACE}min`;
  if (size < 172_800) return `${number(inSeconds / 3600, 2)}${SPACE}h`;
  return `${number(inSeconds / 86_400, 2)}${SPACE}d`;
}

function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = value === 0 ? 0 : Math.min(4, Math.max(0, Math.floor(Math.log2(Math.abs(value)) / 10)));
  return `${number(value / 1024 ** step)}${SPACE}${units[step]}`;
}

const curly = unit => unit.replace(/\{([^}]*)\}/g, '$1');

/** What stands above an axis whose labels are bare numbers; empty when the labels say it. */
export function axisUnit(declaration) {
  const unit = declaration?.unit ?? '1';
  if (declaration?.kind === 'METRIC_KIND_PROPORTION') return '';
  if (declaration?.kind === 'METRIC_KIND_COUNTER') return `${curly(unit)}/s`;
  return ['s', 'By', '1', ''].includes(unit) ? '' : curly(unit);
}

/** How values of a metric are written, by its kind and unit. */
export function valueFormat(declaration) {
  const unit = declaration?.unit ?? '1';
  const kind = declaration?.kind;
  if (kind === 'METRIC_KIND_PROPORTION') return percent;
  if (kind === 'METRIC_KIND_COUNTER') return value => `${number(value)}${SPACE}${curly(unit)}/s`;
  if (unit === 's') return span;
  if (unit === 'By') return bytes;
  if (unit === '1' || unit === '') return value => number(value);
  return value => (value === undefined ? NONE : `${number(value)}${SPACE}${curly(unit)}`);
}

const two = value => String(value).padStart(2, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function clock(ms, withSeconds = false) {
  if (ms === undefined) return NONE;
  const at = new Date(ms);
  return `${two(at.getHours())}:${two(at.getMinutes())}${withSeconds ? `:${two(at.getSeconds())}` : ''}`;
}

export const day = ms => `${new Date(ms).getDate()} ${MONTHS[new Date(ms).getMonth()]}`;

/** Time of day, with the day when it is not today. */
export function moment(ms, withSeconds = false) {
  if (ms === undefined) return NONE;
  const today = new Date(ms).toDateString() === new Date().toDateString();
  return today ? clock(ms, withSeconds) : `${day(ms)}, ${clock(ms, withSeconds)}`;
}

/** "13:05 to 13:40", with days where they are needed. */
export function stretch(start, end) {
  const sameDay = new Date(start).toDateString() === new Date(end).toDateString();
  const today = new Date(end).toDateString() === new Date().toDateString();
  if (sameDay) return `${moment(start)} to ${clock(end)}`;
  return today ? `${moment(start)} to today, ${clock(end)}` : `${moment(start)} to ${moment(end)}`;
}

export const ago = ms => `${span((Date.now() - ms) / 1000).replace(/[\d.]+/, it => String(Math.round(Number(it))))} ago`;

const STAGES = {STAGE_VAD: 'Endpointing', STAGE_ROUTE: 'Routing', STAGE_ASR: 'Recognition', STAGE_DELIVER: 'Delivery',
  STAGE_PIPELINE: 'Pipeline'};

export const stageName = stage => STAGES[stage] ?? 'Unknown stage';

/** "asr.queue_time" as "Queue time"; the stage is said elsewhere. */
export function metricName(metric) {
  const own = metric.slice(metric.indexOf('.') + 1).replaceAll('_', ' ').replaceAll('.', ' ');
  const fixed = own.replace(/\bcpu\b/g, 'CPU').replace(/ seconds$/, ' length').replace(/^clip length$/, 'clip length');
  return fixed.charAt(0).toUpperCase() + fixed.slice(1);
}

const TESTS = {
  TEST_KIND_KOLMOGOROV_SMIRNOV: 'Kolmogorov–Smirnov', TEST_KIND_WASSERSTEIN: 'Wasserstein distance',
  TEST_KIND_POPULATION_STABILITY: 'Population stability', TEST_KIND_TWO_PROPORTIONS: 'Two proportions',
  TEST_KIND_P_CHART: 'Control limits', TEST_KIND_CUSUM: 'Cumulative sum', TEST_KIND_PAGE_HINKLEY: 'Page–Hinkley',
  TEST_KIND_ADWIN: 'Adaptive windowing', TEST_KIND_SLOPE: 'Slope', TEST_KIND_SEQUENTIAL: 'Sequential comparison',
  TEST_KIND_MCNEMAR: 'McNemar, paired', TEST_KIND_BURN_RATE: 'Burn rate', TEST_KIND_FIXED_LIMIT: 'Fixed limit',
  TEST_KIND_ADAPTIVE_BAND: 'Adaptive band', TEST_KIND_NO_DATA: 'Missing data', TEST_KIND_SAMPLE_RATIO: 'Sample ratio',
};

export const testName = test => TESTS[test] ?? 'Default test';

export function probability(p) {
  if (p === undefined) return NONE;
  if (p < 1e-6) return '< 0.000001';
  return p < 0.001 ? p.toFixed(6).replace(/0+$/, '') : number(p, 3);
}
