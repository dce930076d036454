// SPDX-License-Identifier: Apache-2.0
// The page: what stays (navigation, time range, state of the connection) and the view that the address names.

import {connection} from './api.js';
import {fill, focusedKey, h, restoreFocus} from './dom.js';
import {Feed} from './feed.js';
import {clock} from './format.js';
import {controls} from './controls.js';
import {help, listen} from './keys.js';
import {href, rangeOf, read} from './place.js';
import {loadSettings} from './settings.js';
import {nextTheme, setTheme, theme} from './theme.js';
import alarms from './views/alarms.js';
import cohorts from './views/cohorts.js';
import distributions from './views/distributions.js';
import load from './views/load.js';
import models from './views/models.js';
import overview from './views/overview.js';
import stages from './views/stages.js';
import utterances from './views/utterances.js';

const VIEWS = [['overview', 'Overview', overview], ['stages', 'Stages', stages], ['distributions', 'Distributions', distributions],
  ['cohorts', 'Cohorts', cohorts], ['models', 'Models', models], ['alarms', 'Alarms', alarms],
  ['utterances', 'Utterances', utterances], ['load', 'Load and budget', load]];

const FAST_MS = 5_000;
const SLOW_MS = 30_000;
const HOUR_MS = 3_600_000;

setTheme(theme());
const feed = new Feed();
const links = VIEWS.map(([name, title]) => h('a', {'data-view': name, 'data-key': `nav ${name}`}, h('span', null, title)));
const badge = h('span', {class: 'badge', hidden: true});
links[5].append(badge);
const live = h('p', {class: 'live', role: 'status'});
const outage = h('div', {class: 'outage', role: 'alert', hidden: true});
const themeButton = h('button', {type: 'button', class: 'quiet', 'data-key': 'theme', onclick: switchTheme});
const bar = h('section', {class: 'bar', 'aria-label': 'Time range and filters'});
const main = h('main', {id: 'main', tabindex: -1});

fill(document.getElementById('app'),
  h('header', {class: 'side'},
    h('a', {class: 'brand', href: '#/overview', 'data-key': 'brand'}, h('b', null, 'Halfsecond'), h('span', null, 'monitor')),
    h('nav', {'aria-label': 'Views'}, links),
    h('div', {class: 'foot'}, live, themeButton,
      h('button', {type: 'button', class: 'quiet', 'data-key': 'help', onclick: help}, 'Keyboard'))),
  h('div', {class: 'page'}, outage, bar, main));

let current;
let place;
let timer;

function placeNow() {
  const {view, id, params} = read();
  return {view, id, params, get range() {
    return rangeOf(params);
  }};
}

function show(event) {
  const before = place;
  const key = focusedKey(document.body);
  place = placeNow();
  const found = VIEWS.find(([name]) => name === place.view) ?? VIEWS[0];
  current?.close();
  fill(bar, controls(place));
  const view = found[2]({place, feed});
  current = view;
  fill(main, view.element);
  document.title = `${view.title ?? found[1]} · Halfsecond monitor`;
  for (const link of links) {
    link.href = href(link.dataset.view);
    if (link.dataset.view === found[0]) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (event && (before?.view !== place.view || before?.id !== place.id)) {
    scrollTo(0, 0);
    // A screen reader goes on at the new heading; links of the navigation keep the focus that they have.
    if (!key?.startsWith('nav ')) main.querySelector('h1')?.focus();
  } else {
    restoreFocus(document.body, key);
  }
  again();
}

async function again() {
  clearTimeout(timer);
  if (document.hidden) return;
  const shown = current;
  await shown.refresh();
  if (shown !== current) return;
  said();
  const range = place.range;
  clearTimeout(timer);
  if (range.live) timer = setTimeout(again, range.end - range.start <= HOUR_MS ? FAST_MS : SLOW_MS);
}

function said() {
  const {live: moving} = place.range;
  live.className = `live ${connection.reachable ? (moving ? 'on' : 'fixed') : 'off'}`;
  live.textContent = !connection.reachable ? 'No answer' : moving ? 'Live' : 'Fixed range';
  live.title = connection.reachable ? `Last answer ${clock(Date.now(), true)}` : '';
}

function switchTheme() {
  setTheme(nextTheme());
  nameTheme();
}

function nameTheme() {
  themeButton.textContent = {auto: 'Theme: system', light: 'Theme: light', dark: 'Theme: dark'}[theme()];
}

connection.listener = () => {
  outage.hidden = connection.reachable;
  outage.textContent = connection.reachable ? ''
    : `The monitor does not answer since ${clock(connection.since, true)}. What is shown is from before. Trying again.`;
  document.body.classList.toggle('unreachable', !connection.reachable);
  said();
};

feed.listen(() => {
  const firing = feed.firing.length;
  badge.hidden = firing === 0;
  badge.textContent = String(firing);
  badge.setAttribute('aria-label', `${firing} firing`);
});

document.querySelector('[data-skip]').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});
document.addEventListener('visibilitychange', () => {
  // A hidden page asks for nothing, and holds no connection that another tab could use.
  if (document.hidden) {
    feed.stop();
  } else {
    feed.start();
    again();
  }
});
listen({views: VIEWS.map(it => it[0]), refresh: again, switchTheme});
window.addEventListener('hashchange', show);
nameTheme();
feed.start();
await loadSettings();
show();
