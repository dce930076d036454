// SPDX-License-Identifier: Apache-2.0
// From values to pixels, and the values worth a label.

export function linear(domain, range) {
  const [d0, d1] = domain;
  const [r0, r1] = range;
  const width = d1 - d0 || 1;
  return value => r0 + (value - d0) / width * (r1 - r0);
}

/** Round values within [low, high], about `wanted` of them but two at least; `binary` ones for bytes. */
export function ticks(low, high, wanted, binary = false) {
  const least = Math.max(1, wanted);
  let found = [];
  // One value says where, only two say how far. Ten times as many hold two of whatever is asked for.
  for (let most = least; found.length < 2 && most <= 10 * least; most += 1) found = roundValues(low, high, most, binary);
  return found;
}

function roundValues(low, high, most, binary) {
  const rough = (high - low) / most;
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = binary ? 2 ** Math.ceil(Math.log2(rough)) : [1, 2, 2.5, 5, 10].map(it => it * power).find(it => it >= rough * 0.999);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i += 1) found.push(i === 0 ? 0 : i * step);
  return found;
}

/** The domain of an axis around the values: from zero when wanted or when they are near it, else with some air. */
export function domain(values, zero = false) {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  let low = Math.min(...finite);
  let high = Math.max(...finite);
  if (low >= 0 && (zero || low < high * 0.4)) low = 0;
  if (low === high) {
    const air = Math.abs(low) * 0.1 || 1;
    return [low === 0 ? 0 : low - air, high + air];
  }
  const air = (high - low) * 0.08;
  return [low === 0 ? 0 : low - air, high + air];
}

const MINUTE = 60_000;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080].map(it => it * MINUTE);

/** Round local times within [start, end], at most `most`: {at, step}. */
export function timeTicks(start, end, most) {
  const step = STEPS.find(it => (end - start) / it <= Math.max(1, most)) ?? STEPS.at(-1);
  const offset = new Date(start).getTimezoneOffset() * MINUTE;
  const at = [];
  for (let t = Math.ceil((start - offset) / step) * step + offset; t <= end; t += step) at.push(t);
  return {at, step};
}
