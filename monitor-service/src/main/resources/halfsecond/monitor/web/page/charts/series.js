// SPDX-License-Identifier: Apache-2.0
// A metric over time: the value, the band that the reference expects, quantiles, limits, and marks where alarms were.

import {h, s} from '../dom.js';
import {clock, day, moment} from '../format.js';
import {frame, plainTable, tip} from './frame.js';
import {domain, linear, ticks, timeTicks} from './scale.js';

const LEFT = 56;
const TOP = 12;
const BOTTOM = 22;
const DAY = 86_400_000;

function path(points, x, y, step) {
  let d = '';
  let before;
  for (const [t, value] of points) {
    if (!Number.isFinite(value)) continue;
    d += `${before !== undefined && t - before <= step * 1.6 ? 'L' : 'M'}${x(t).toFixed(1)},${y(value).toFixed(1)}`;
    before = t;
  }
  return d;
}

/** Single points between gaps would be lines without length. */
function loners(points, step) {
  return points.filter(([t], i) =>
    (i === 0 || t - points[i - 1][0] > step * 1.6) && (i === points.length - 1 || points[i + 1][0] - t > step * 1.6));
}

function bands(points, x, y, step) {
  const runs = [];
  let run = [];
  for (const point of points) {
    const gap = run.length > 0 && point.t - run.at(-1).t > step * 1.6;
    if (point.lower === undefined || gap) {
      if (run.length > 0) runs.push(run);
      run = [];
    }
    if (point.lower !== undefined) run.push(point);
  }
  if (run.length > 0) runs.push(run);
  return runs.map(it => {
    const half = it.length === 1 ? step / 2 : 0;
    const upper = it.map(p => [[p.t - half, p.upper], [p.t + half, p.upper]]).flat();
    const lower = it.map(p => [[p.t - half, p.lower], [p.t + half, p.lower]]).flat().reverse();
    const d = [...upper, ...lower].map(([t, v], i) => `${i ? 'L' : 'M'}${x(t).toFixed(1)},${y(v).toFixed(1)}`).join('');
    return s('path', {class: 'band', d: `${d}Z`});
  });
}

function timeAxis(x, start, end, width, y) {
  const {at, step} = timeTicks(start, end, (width - LEFT) / 84);
  return at.map(t => {
    const midnight = new Date(t).getHours() === 0 && new Date(t).getMinutes() === 0;
    return s('g', {class: 'tick'}, s('line', {x1: x(t), x2: x(t), y1: y, y2: y + 4}),
      s('text', {x: x(t), y: y + 16, 'text-anchor': 'middle'}, step >= DAY || midnight ? day(t) : clock(t)));
  });
}

/** Where an alarm was on, and its flag. */
function mark(alarm, x, start, end, bottom) {
  const from = Math.max(start, alarm.from);
  const to = Math.min(end, alarm.to ?? end);
  if (to < start || from > end) return null;
  return s('g', {class: `mark ${alarm.state}`},
    s('rect', {x: x(from), y: TOP, width: Math.max(1, x(to) - x(from)), height: bottom - TOP}),
    alarm.from >= start && s('line', {x1: x(from), x2: x(from), y1: TOP - 6, y2: bottom}),
    alarm.from >= start && s('path', {d: `M${x(from)},${TOP - 8}l7,4l-7,4Z`}), s('title', null, alarm.title));
}

/**
 * Draws `lines`: [{name, kind: main|side|other|soft, points: [{t, value, lower, upper, count}]}].
 *
 * @param {{label: string, lines: object[], step: number, start: number, end: number, format: Function, alarms?: object[],
 *   limits?: {value: number, name: string}[], height?: number, top?: number, floor?: boolean, unit?: string, tick?: Function, binary?: boolean}} given
 *   `top` sets several charts to one scale, `floor` draws from zero, `tick` writes the axis.
 */
export function seriesChart(given) {
  let now = given;
  let scales;
  let cursor;
  const times = () => [...new Set(now.lines.flatMap(it => it.points.map(p => p.t)))].sort((a, b) => a - b);
  let all = times();

  function values() {
    const own = now.lines.flatMap(it => it.points.flatMap(p => [p.value, p.lower, p.upper]));
    return [...own, ...(now.limits ?? []).map(it => it.value), now.top].filter(it => it !== undefined);
  }

  function draw(width) {
    const height = now.height ?? 176;
    const bottom = height - BOTTOM;
    const words = [...(now.lines.length > 1 ? now.lines.map(it => it.name) : []), ...(now.limits ?? []).map(it => it.name)];
    const right = width - 8 - Math.max(0, ...words.map(it => it.length * 6.6));
    const [low, high] = domain(values(), now.floor);
    const y = linear([low, high], [bottom, TOP]);
    const x = linear([now.start, now.end], [LEFT, right]);
    scales = {x, y, bottom, right};
    cursor = s('g', {class: 'cursor'});
    const marks = ticks(low, high, height < 120 ? 2 : 4, now.binary);
    const limits = (now.limits ?? []).map(it => ({...it, y: y(it.value)}));
    return s('svg', {width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', focusable: 'false'},
      marks.map(v => s('g', {class: 'gridline'}, s('line', {x1: LEFT, x2: right, y1: y(v), y2: y(v)}),
        s('text', {x: LEFT - 8, y: y(v) + 4, 'text-anchor': 'end'}, (now.tick ?? now.format)(v)))),
      now.unit && s('text', {x: 0, y: 4}, now.unit),
      (now.alarms ?? []).map(it => mark(it, x, now.start, now.end, bottom)),
      timeAxis(x, now.start, now.end, right, bottom),
      now.lines.filter(it => it.kind === 'main').flatMap(it => bands(it.points, x, y, now.step)),
      limits.map(it => s('g', {class: 'limit'}, s('line', {x1: LEFT, x2: right, y1: it.y, y2: it.y}))),
      now.lines.map(it => drawLine(it, x, y)),
      names(limits, right, y, bottom), cursor);
  }

  function drawLine(line, x, y) {
    const points = line.points.map(p => [p.t, p.value]);
    const outside = line.kind === 'main'
      ? line.points.filter(p => p.lower !== undefined && (p.value < p.lower || p.value > p.upper)) : [];
    return s('g', {class: `line ${line.kind}`}, s('path', {d: path(points, x, y, now.step)}),
      loners(points, now.step).map(([t, v]) => s('circle', {cx: x(t), cy: y(v), r: 2})),
      outside.map(p => s('circle', {class: 'outside', cx: x(p.t), cy: y(p.value), r: 2.4})));
  }

  /** Names at the right end, moved apart where they would overlap. */
  function names(limits, right, y, bottom) {
    const placed = [...limits.map(it => ({name: it.name, at: it.y, kind: 'limit'}))];
    if (now.lines.length > 1) {
      for (const line of now.lines) {
        const last = line.points.at(-1);
        if (last && line.name) placed.push({name: line.name, at: y(last.value), kind: line.kind});
      }
    }
    placed.sort((a, b) => a.at - b.at);
    placed.forEach((it, i) => {
      if (i > 0) it.at = Math.max(it.at, placed[i - 1].at + 12);
    });
    for (let i = placed.length - 1, most = bottom + 2; i >= 0; i -= 1, most -= 12) {
      placed[i].at = Math.min(placed[i].at, most);
    }
    return placed.map(it => s('text', {class: `end ${it.kind}`, x: right + 5, y: it.at + 4}, it.name));
  }

  function sentence(t) {
    const parts = now.lines.flatMap(line => {
      const p = line.points.find(it => it.t === t);
      if (!p) return [];
      const band = p.lower === undefined ? '' : ` (expected ${now.format(p.lower)} to ${now.format(p.upper)})`;
      return [`${line.name ? `${line.name} ` : ''}${now.format(p.value)}${band}`];
    });
    const on = alarmsAt(t).map(it => `; alarm: ${it.title}`);
    return `${moment(t)}: ${parts.join(', ')}${on.join('')}`;
  }

  /** The alarms that were on in a step. */
  function alarmsAt(t) {
    return (now.alarms ?? []).filter(it => it.from < t + now.step && (it.to ?? Infinity) > t);
  }

  /** What the chart is, and how many alarms are marked on it. */
  function label() {
    const marked = (now.alarms ?? []).filter(it => it.from <= now.end && (it.to ?? now.end) >= now.start).length;
    return marked === 0 ? now.label : `${now.label}, ${marked === 1 ? 'one alarm' : `${marked} alarms`} marked`;
  }

  function point(index) {
    if (!cursor) return '';
    cursor.replaceChildren();
    if (index < 0 || !all[index]) return '';
    const t = all[index];
    const {x, y, bottom, right} = scales;
    const text = sentence(t);
    cursor.append(s('line', {x1: x(t), x2: x(t), y1: TOP, y2: bottom}));
    for (const line of now.lines) {
      const p = line.points.find(it => it.t === t);
      if (p) cursor.append(s('circle', {cx: x(t), cy: y(p.value), r: 3.5}));
    }
    tip(cursor, text, x(t), 0, right + 40);
    return text;
  }

  function nearest(px) {
    let best = 0;
    all.forEach((t, i) => {
      if (Math.abs(scales.x(t) - px) < Math.abs(scales.x(all[best]) - px)) best = i;
    });
    return best;
  }

  function table() {
    const main = now.lines.find(it => it.kind === 'main');
    const banded = main?.points.some(p => p.lower !== undefined);
    const alarmed = (now.alarms ?? []).length > 0;
    const head = ['Time', ...now.lines.map(it => it.name || 'Value'), ...(banded ? ['Expected'] : []), 'Count', ...(alarmed ? ['Alarm'] : [])];
    return plainTable(head, all.map(t => {
      const own = now.lines.map(line => line.points.find(p => p.t === t));
      const p = own.find(it => it);
      const expected = main?.points.find(it => it.t === t);
      return [moment(t), ...own.map(it => (it ? now.format(it.value) : '–')),
        ...(banded ? [expected?.lower === undefined ? '–' : `${now.format(expected.lower)} to ${now.format(expected.upper)}`] : []),
        String(p?.count ?? ''), ...(alarmed ? [h('span', {class: 'words'}, alarmsAt(t).map(it => it.title).join('; ') || '–')] : [])];
    }), now.label);
  }

  const made = frame({label: given.label, spoken: label(), draw, stops: () => all.length, point, nearest, table});
  return {
    element: made.element,
    update(next) {
      now = {...now, ...next};
      all = times();
      made.redraw(label());
    },
  };
}

/** A small line without axes, for beside a figure. */
export function sparkline(points, step, {width = 120, height = 28, limit} = {}) {
  if (points.length < 2) return null;
  const [low, high] = domain([...points.map(p => p.value), ...(limit === undefined ? [] : [limit])], true);
  const x = linear([points[0].t, points.at(-1).t], [0, width]);
  const y = linear([low, high], [height - 2, 3]);
  const last = points.at(-1);
  return s('svg', {class: 'spark', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true'},
    s('path', {class: 'area', d: `${path(points.map(p => [p.t, p.value]), x, y, Infinity)}L${x(last.t)},${height}L0,${height}Z`}),
    limit !== undefined && s('line', {class: 'limit', x1: 0, x2: width, y1: y(limit), y2: y(limit)}),
    s('path', {class: 'stroke', d: path(points.map(p => [p.t, p.value]), x, y, Infinity)}));
}
