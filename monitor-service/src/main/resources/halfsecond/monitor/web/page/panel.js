// SPDX-License-Identifier: Apache-2.0
// A part of a view with its own data: while it loads, when there is none, when it cannot be had, and the data itself.

import {ApiError} from './api.js';
import {fill, freshId, h} from './dom.js';

/** What went wrong, for people: {title, text, kind}. */
export function trouble(error) {
  if (!(error instanceof ApiError)) {
    return {kind: 'failed', title: 'This panel failed', text: String(error?.message ?? error)};
  }
  switch (error.code) {
    case 'UNIMPLEMENTED':
      return {kind: 'absent', title: 'Not available from this monitor', text: 'It does not serve the method that this needs.'};
    case 'NOT_FOUND':
      return {kind: 'empty', title: 'Nothing here', text: 'There is no such data in what the monitor keeps.'};
    case 'UNREACHABLE':
      return {kind: 'failed', title: 'The monitor does not answer', text: 'Trying again.'};
    case 'UNAVAILABLE':
      return {kind: 'failed', title: 'The monitor is busy or stopping', text: 'Trying again.'};
    default:
      return {kind: 'failed', title: 'The monitor refused', text: error.message};
  }
}

export function message({kind, title, text}) {
  return h('div', {class: `state ${kind}`}, h('p', {class: 'state-title'}, title), text && h('p', null, text));
}

export const nothing = (title, text) => message({kind: 'empty', title, text});

/**
 * A titled section that loads and shows something.
 *
 * `load(signal)` fetches; `show(data, body)` returns nodes to fill the body with, or undefined when it has updated the
 * body itself. Data that was shown before stays, dimmed, while newer data cannot be had.
 *
 * @param {{title: string, note?: string, load: Function, show: Function, level?: string, actions?: Node[],
 *   bare?: boolean, wide?: boolean, tall?: boolean}} given
 */
export function panel({title, note, load, show, level = 'h2', actions, bare, wide, tall, key}) {
  const id = freshId('panel');
  const body = h('div', {class: `body ${tall ? 'tall' : ''}`}, h('div', {class: 'state waiting', role: 'status'}, 'Loading'));
  const element = h('section', {
    class: `panel ${bare ? 'bare' : ''} ${wide ? 'wide' : ''}`, 'aria-labelledby': id, 'aria-busy': 'true', 'data-panel': key ?? title,
  },
  h('header', null, h('div', null, h(level, {id}, title), note && h('p', {class: 'note'}, note)),
    actions && h('div', {class: 'actions'}, actions)), body);
  let shown = false;
  let running;

  async function refresh() {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    try {
      const data = await load(mine.signal);
      if (mine.signal.aborted) return;
      const nodes = show(data, body);
      if (nodes !== undefined) fill(body, nodes);
      shown = true;
      element.classList.remove('stale');
    } catch (error) {
      if (mine.signal.aborted) return;
      const what = trouble(error);
      if (shown && what.kind === 'failed') element.classList.add('stale');
      else fill(body, message(what));
      if (what.kind !== 'empty' && what.kind !== 'absent') shown = shown && what.kind === 'failed';
    }
    element.setAttribute('aria-busy', 'false');
  }

  return {element, refresh, close: () => running?.abort()};
}

/** Panels that are refreshed together. */
export function group(panels) {
  return {
    refresh: () => Promise.all(panels.map(it => it.refresh())),
    close: () => panels.forEach(it => it.close()),
  };
}
