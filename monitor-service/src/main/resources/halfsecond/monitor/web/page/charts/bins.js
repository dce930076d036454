// SPDX-License-Identifier: Apache-2.0
// How values are spread: bars now, an outline for the reference.

import {s} from '../dom.js';
import {percent} from '../format.js';
import {frame, plainTable, tip} from './frame.js';
import {linear, ticks} from './scale.js';

/** Draws `bins`: [{lower, upper, share, reference}] in ascending order. `small` leaves out the axes' labels but two. */
export function binsChart({label, bins, format, height = 220, small = false}) {
  let cursor;
  let scales;
  const left = small ? 4 : 48;
  const bottom = height - 20;

  function draw(width) {
    const high = Math.max(1e-9, ...bins.map(b => Math.max(b.share, b.reference ?? 0))) * 1.08;
    const x = linear([bins[0].lower, bins.at(-1).upper], [left, width - 6]);
    const y = linear([0, high], [bottom, 8]);
    scales = {x, y, width};
    cursor = s('g', {class: 'cursor'});
    const at = (value, share) => `${x(value).toFixed(1)},${y(share ?? 0).toFixed(1)}`;
    const outline = bins.some(b => b.reference !== undefined)
      ? `M${at(bins[0].lower)}${bins.map(b => `L${at(b.lower, b.reference)}L${at(b.upper, b.reference)}`).join('')}L${at(bins.at(-1).upper)}`
      : undefined;
    const labels = ticks(bins[0].lower, bins.at(-1).upper, small ? 3 : width / 110);
    return s('svg', {width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', focusable: 'false'},
      !small && ticks(0, high, 4).map(v => s('g', {class: 'gridline'},
        s('line', {x1: left, x2: width - 6, y1: y(v), y2: y(v)}),
        s('text', {x: left - 8, y: y(v) + 4, 'text-anchor': 'end'}, percent(v)))),
      bins.map(b => s('rect', {class: 'bin', x: x(b.lower) + 0.5, width: Math.max(0.5, x(b.upper) - x(b.lower) - 1),
        y: y(b.share), height: Math.max(0, bottom - y(b.share))})),
      outline && s('path', {class: 'outline', d: outline}),
      s('line', {class: 'base', x1: left, x2: width - 6, y1: bottom, y2: bottom}),
      labels.map(v => s('g', {class: 'tick'}, s('text', {x: x(v), y: bottom + 15,
        'text-anchor': x(v) < left + 16 ? 'start' : x(v) > width - 30 ? 'end' : 'middle'}, format(v)))),
      cursor);
  }

  const sentence = b => `${format(b.lower)} to ${format(b.upper)}: ${percent(b.share)} now${
    b.reference === undefined ? '' : `, ${percent(b.reference)} in the reference`}`;

  function point(index) {
    cursor?.replaceChildren();
    if (!cursor || index < 0) return '';
    const b = bins[index];
    const {x, width} = scales;
    const text = sentence(b);
    cursor.append(s('rect', {class: 'slot', x: x(b.lower), width: x(b.upper) - x(b.lower), y: 8, height: bottom - 8}));
    tip(cursor, text, x((b.lower + b.upper) / 2), 0, width);
    return text;
  }

  function nearest(px) {
    const found = bins.findIndex(b => scales.x(b.upper) >= px);
    return found < 0 ? bins.length - 1 : found;
  }

  const referenced = bins.some(b => b.reference !== undefined);
  const table = () => plainTable(['From', 'To', 'Share now', ...(referenced ? ['Share in the reference'] : [])],
    bins.map(b => [format(b.lower), format(b.upper), percent(b.share), ...(referenced ? [percent(b.reference)] : [])]), label);
  return frame(small ? {label, draw} : {label, draw, stops: () => bins.length, point, nearest, table}).element;
}
