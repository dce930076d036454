// SPDX-License-Identifier: Apache-2.0
// An effect with its interval against no change and against the limit.

import {h} from '../dom.js';

/** A lane from no change to beyond the limit. */
export function dotRange({value, low, high, limit, format}) {
  const ends = [0, value, low ?? value, high ?? value, limit ?? 0];
  const least = Math.min(...ends);
  const most = Math.max(...ends);
  const width = (most - least) * 1.1 || 1;
  const at = it => `${(((it - least) / width + 0.045) * 100 / 1.0).toFixed(2)}%`;
  const side = it => {
    const part = (it - least) / width;
    return part > 0.75 ? 'end' : part < 0.25 ? 'start' : '';
  };
  const over = limit !== undefined && Math.abs(value) > Math.abs(limit);
  const said = `Effect ${format(value)}${low === undefined ? '' : `, between ${format(low)} and ${format(high)}`}${
    limit === undefined ? '' : `, limit ${format(limit)}`}`;
  return h('div', {class: `effect ${over ? 'over' : ''}`, role: 'img', 'aria-label': said},
    h('i', {class: 'zero', css: {left: at(0)}}), h('span', {class: `zero-name ${side(0)}`, css: {left: at(0)}}, 'no change'),
    limit !== undefined && h('i', {class: 'limit', css: {left: at(limit)}}),
    limit !== undefined && h('span', {class: `limit-name ${side(limit)}`, css: {left: at(limit)}}, `limit ${format(limit)}`),
    low !== undefined && h('i', {class: 'range', css: {left: at(low), width: `calc(${at(high)} - ${at(low)})`}}),
    h('i', {class: 'dot', css: {left: at(value)}}));
}
