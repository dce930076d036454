// SPDX-License-Identifier: Apache-2.0
// What all charts share: a drawing that follows its width, a pointer that keyboards can move, a table behind it.

import {fill, h, s} from '../dom.js';

const observer = new ResizeObserver(entries => {
  for (const entry of entries) entry.target.redraw?.();
});

/**
 * A drawing that is made anew when its width changes.
 *
 * `draw(width)` returns the svg. `stops()` counts the places that the pointer can be at, `point(index or -1)` shows one
 * and returns what to say about it, `nearest(x)` finds one. Without `stops` there is no pointer. `label` names it for as
 * long as it is there, `spoken` is what is said of it now.
 */
export function frame({label, spoken = label, draw, stops, point, nearest, table}) {
  const canvas = h('div', {class: 'canvas'});
  const readout = h('p', {class: 'readout', 'aria-live': 'polite'});
  const box = h('div', {
    class: 'plot', role: 'img', 'aria-label': spoken, tabindex: stops ? 0 : undefined, 'data-key': stops ? label : undefined,
  }, canvas);
  let at = -1;
  let drawn = 0;

  function show(index, aloud) {
    at = index;
    const text = point(index);
    if (aloud) readout.textContent = text;
  }

  box.redraw = () => {
    const width = Math.round(box.clientWidth);
    if (width < 40 || width === drawn) return;
    drawn = width;
    fill(canvas, draw(width));
    if (at >= 0) show(Math.min(at, stops() - 1), false);
  };
  observer.observe(box);

  if (stops) {
    box.addEventListener('pointermove', event => {
      if (stops() > 0) show(nearest(event.clientX - box.getBoundingClientRect().left), false);
    });
    box.addEventListener('pointerleave', () => show(-1, false));
    box.addEventListener('blur', () => show(-1, false));
    box.addEventListener('keydown', event => {
      const last = stops() - 1;
      if (last < 0) return;
      const to = {ArrowLeft: at < 0 ? last : Math.max(0, at - 1), ArrowRight: at < 0 ? 0 : Math.min(last, at + 1),
        Home: 0, End: last, Escape: -1}[event.key];
      if (to === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      show(to, true);
    });
  }
  const figure = h('div', {class: 'chart'}, box, readout, table && behind(label, table));
  return {
    element: figure,
    redraw(newLabel) {
      if (newLabel) box.setAttribute('aria-label', newLabel);
      drawn = 0;
      box.redraw();
      figure.querySelector('details')?.redraw?.();
    },
  };
}

/** The numbers of a chart as a table, made only when somebody opens it. */
function behind(label, table) {
  const body = h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${label}, as a table`});
  const details = h('details', {class: 'numbers', ontoggle: () => details.redraw()},
    h('summary', {'data-key': `table ${label}`}, 'Numbers'), body);
  details.redraw = () => {
    if (details.open) fill(body, table());
  };
  return details;
}

/** Shows a text in a box within [least, most], centred on `at` where there is room. */
export function tip(cursor, text, at, least, most) {
  const words = s('text', {y: 13, 'text-anchor': 'middle'}, text);
  cursor.append(words);
  const wide = words.getComputedTextLength() + 16;
  const left = Math.max(least, Math.min(at - wide / 2, most - wide));
  words.setAttribute('x', left + wide / 2);
  words.before(s('rect', {class: 'tip', x: left, y: 0, width: wide, height: 18, rx: 4}));
}

/** A plain table. Cells that are nodes stay as they are. */
export function plainTable(head, rows, caption) {
  return h('table', null, caption && h('caption', {class: 'unseen'}, caption),
    h('thead', null, h('tr', null, head.map(it => h('th', {scope: 'col'}, it)))),
    h('tbody', null, rows.map(row => h('tr', null, row.map((cell, i) =>
      (i === 0 ? h('th', {scope: 'row'}, cell) : h('td', null, cell)))))));
}
