// SPDX-License-Identifier: Apache-2.0
// Where the time of an utterance went, against its budget.

import {h, s} from '../dom.js';
import {span} from '../format.js';
import {frame, plainTable} from './frame.js';
import {linear, ticks} from './scale.js';

/**
 * Rows of bars over one time axis: [{name, kind, from, to, note}] in seconds since the end of speech.
 *
 * @param {{label: string, rows: object[], budget?: number, width?: number}} given
 */
export function waterfall({label, rows, budget}) {
  const row = 30;
  const left = Math.max(132, Math.min(200, Math.max(...rows.map(it => it.name.length)) * 6.8 + 24));
  const low = Math.min(0, ...rows.map(it => it.from));
  const high = Math.max(budget ?? 0, ...rows.map(it => it.to)) * 1.04 || 1;
  const height = rows.length * row + 44;

  function draw(width) {
    const x = linear([low, high], [left, width - 64]);
    const foot = height - 22;
    return s('svg', {width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', focusable: 'false'},
      ticks(low, high, (width - left) / 110).map(v => s('g', {class: 'gridline'},
        s('line', {x1: x(v), x2: x(v), y1: 18, y2: foot}),
        s('text', {x: x(v), y: height - 6, 'text-anchor': 'middle'}, span(v)))),
      low < 0 && s('line', {class: 'base', x1: x(0), x2: x(0), y1: 12, y2: foot}),
      budget && s('g', {class: 'limit'}, s('line', {x1: x(budget), x2: x(budget), y1: 14, y2: foot}),
        s('text', {class: 'end limit', x: x(budget), y: 10, 'text-anchor': 'middle'}, `budget ${span(budget)}`)),
      rows.map((it, i) => {
        const y = 20 + i * row;
        const over = budget !== undefined && it.to > budget;
        return s('g', {class: `span ${it.kind ?? ''} ${over ? 'over' : ''}`},
          s('text', {class: 'name', x: left - 12, y: y + 16, 'text-anchor': 'end'}, it.name),
          s('rect', {x: x(it.from), y: y + 4, width: Math.max(2, x(it.to) - x(it.from)), height: row - 12, rx: 2}),
          s('text', {class: 'length', x: x(it.to) + 6, y: y + 16}, it.note ?? span(it.to - it.from)));
      }));
  }

  const table = () => plainTable(['Part', 'From', 'To', 'Time'],
    rows.map(it => [it.name, span(it.from), span(it.to), span(it.to - it.from)]), label);
  return frame({label, draw, table}).element;
}

/** A bar of one value against its limit: how much of the share is used at the median and at p99. */
export function share({median, tail, limit, label}) {
  const most = Math.max(limit * 1.25, (tail ?? 0) * 1.05, 1e-9);
  const at = value => `${Math.min(100, value / most * 100).toFixed(2)}%`;
  return h('div', {class: `share ${tail > limit ? 'over' : ''}`, role: 'img', 'aria-label': label},
    tail !== undefined && h('i', {class: 'tail', css: {width: at(tail)}}),
    median !== undefined && h('i', {class: 'median', css: {width: at(median)}}),
    h('i', {class: 'mark', css: {left: at(limit)}}));
}

/** Estimates with their intervals on one scale, for side by side. */
export function dot({value, low, high, most, centre, format, odd}) {
  const at = it => `${Math.max(0, Math.min(100, it / most * 100)).toFixed(2)}%`;
  return h('span', {class: `dots ${odd ? 'odd' : ''}`},
    h('span', {class: 'lane', 'aria-hidden': 'true'},
      centre !== undefined && h('i', {class: 'centre', css: {left: at(centre)}}),
      low !== undefined && h('i', {class: 'range', css: {left: at(low), width: `calc(${at(high)} - ${at(low)})`}}),
      value !== undefined && h('i', {class: 'dot', css: {left: at(value)}})),
    h('span', {class: 'figure'}, format(value)));
}
