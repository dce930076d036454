// SPDX-License-Identifier: Apache-2.0
// Single keys for what one does all day; they can be turned off, for those whose speech input types letters.

import {h} from './dom.js';
import {change, href, ranges, rangeOf, read} from './place.js';
import {remember, remembered} from './theme.js';

let dialog;

const ROWS = [['1 … 8', 'The views, in the order of the navigation'], ['[  ]', 'A shorter, a longer time range'],
  ['h', 'Hold the time range, or go back to live'], ['r', 'Refresh now'], ['t', 'Theme: system, light, dark'],
  ['/', 'Find an utterance by its id'], ['← →', 'On a chart: move from point to point; Home and End; Esc leaves'], ['?', 'This']];

const enabled = () => remembered('keys', 'on') === 'on';

/** Shows what the keys do. */
export function help() {
  if (!dialog) {
    const box = h('input', {type: 'checkbox', checked: enabled(), onchange: () => remember('keys', box.checked ? 'on' : 'off')});
    dialog = h('dialog', {'aria-labelledby': 'keys-title'}, h('h2', {id: 'keys-title'}, 'Keyboard'),
      h('dl', {class: 'keys'}, ROWS.flatMap(([key, what]) => [h('dt', null, h('kbd', null, key)), h('dd', null, what)])),
      h('label', {class: 'check'}, box, ' Single keys are on'),
      h('form', {method: 'dialog'}, h('button', null, 'Close')));
    document.body.append(dialog);
  }
  dialog.showModal();
}

/** Listens for the whole page. */
export function listen({views, refresh, switchTheme}) {
  document.addEventListener('keydown', event => {
    const within = event.target.closest?.('input, textarea, select, dialog, [contenteditable]');
    if (within || event.ctrlKey || event.metaKey || event.altKey || !enabled()) return;
    const done = act(event.key, {views, refresh, switchTheme});
    if (done) event.preventDefault();
  });
}

function act(key, {views, refresh, switchTheme}) {
  const number = Number.parseInt(key, 10);
  if (number >= 1 && number <= views.length) {
    location.hash = href(views[number - 1]);
    return true;
  }
  const actions = {'?': help, r: refresh, t: switchTheme, h: hold, '[': () => step(-1), ']': () => step(1), '/': find};
  if (!actions[key]) return false;
  actions[key]();
  return true;
}

function hold() {
  document.querySelector('[data-key="pin"]')?.click();
}

function step(by) {
  const {word, live} = rangeOf(read().params);
  const at = live ? ranges.findIndex(it => it[0] === word) : 1;
  const to = ranges[Math.max(0, Math.min(ranges.length - 1, at + by))];
  change({range: to[0]});
}

function find() {
  const focus = () => document.querySelector('[data-key="find"]')?.focus();
  if (read().view === 'utterances' && read().id === '') {
    focus();
    return;
  }
  // The page's own listener, which was there first, has shown the view by then.
  window.addEventListener('hashchange', focus, {once: true});
  location.hash = href('utterances');
}
