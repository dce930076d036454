// SPDX-License-Identifier: Apache-2.0
// Time range, model version and cohort: what every view is looked at through.

import {call} from './api.js';
import {h} from './dom.js';
import {moment} from './format.js';
import {change, pinned, ranges} from './place.js';
import {cohortLabel, cohortName, cohortText, dimensionWord, dimensions} from './wire.js';

/** Which of them a view takes. */
const TAKES = {
  overview: ['model', 'cohort'], stages: ['model', 'cohort'], distributions: ['model', 'cohort'], cohorts: ['model'],
  models: ['cohort'], alarms: [], utterances: ['model', 'cohort'], load: [],
};

/** The controls for a place. */
export function controls(place) {
  const takes = TAKES[place.view] ?? [];
  return [range(place), takes.includes('model') && model(place), takes.includes('cohort') && cohort(place)];
}

function range(place) {
  const {word, live, start, end} = place.range;
  const choices = ranges.map(([value, name]) => h('button', {
    type: 'button', 'data-key': `range ${value}`, 'aria-pressed': String(value === word), onclick: () => change({range: value}),
  }, name));
  const fixed = live
    ? h('button', {type: 'button', class: 'quiet', 'data-key': 'pin', title: 'Stop here, so that a link shows this very range',
      onclick: () => change({range: pinned(place.range)})}, 'Hold')
    : h('button', {type: 'button', class: 'quiet', 'data-key': 'pin', onclick: () => change({range: null})},
      'Back to live');
  return [h('div', {class: 'choices', role: 'group', 'aria-label': 'Time range'}, choices), fixed,
    !live && h('p', {class: 'held'}, `${moment(start)} to ${moment(end)}`)];
}

function select(name, key, options, chosen, onChoose) {
  const known = options.some(([value]) => value === chosen);
  const all = known ? options : [...options, [chosen, chosen]];
  const element = h('select', {'data-key': key, onchange: () => onChoose(element.value)},
    all.map(([value, text]) => h('option', {value, selected: value === chosen}, text)));
  return h('label', {class: 'pick'}, h('span', null, name), element);
}

function model(place) {
  const chosen = place.params.get('model') ?? '';
  const holder = h('div', {class: 'picks'});
  const show = versions => holder.replaceChildren(select('Model', 'model', [['', 'All'], ...versions.map(it => [it, it])], chosen,
    value => change({model: value})));
  show([]);
  later(holder, () => versionsOf(place).then(show));
  return holder;
}

function cohort(place) {
  const chosen = cohortLabel(place.params.get('cohort'));
  const dimension = chosen ? dimensionWord(chosen.dimension) : '';
  const values = h('div', {class: 'picks'});
  const pick = h('div', {class: 'picks'}, select('Cohort', 'dimension', [['', 'Everybody'], ...dimensions], dimension, async word => {
    if (word === '') return change({cohort: null});
    const found = await valuesOf(place, word);
    return change({cohort: found.length > 0 ? cohortText(found[0]) : null});
  }), values);
  if (chosen) {
    const show = labels => values.replaceChildren(select(dimensions.find(it => it[0] === dimension)[1], 'cohort',
      labels.map(it => [cohortText(it), cohortName(it)]), cohortText(chosen), value => change({cohort: value})));
    show([chosen]);
    later(values, () => valuesOf(place, dimension).then(labels => {
      const has = labels.some(it => cohortText(it) === cohortText(chosen));
      show(has ? labels : [chosen, ...labels]);
    }));
  }
  return pick;
}

/** Fills a choice in when its values arrive, unless somebody is using it. */
function later(holder, fillIn) {
  fillIn().catch(() => {
    // The choice that the address makes stays; the panels say what is wrong.
  }).finally(() => holder.classList.add('ready'));
}

/** The model versions that have data in the range. */
export async function versionsOf(place) {
  const {startTime, endTime} = {startTime: new Date(place.range.start).toISOString(), endTime: new Date(place.range.end).toISOString()};
  const response = await call('GetStageSummary', {stage: 'STAGE_PIPELINE', range: {startTime, endTime}, quantileRanks: [0.5]});
  return (response.summaries ?? []).map(it => it.modelVersion).filter(it => it && it !== 'none');
}

async function valuesOf(place, word) {
  const range = {startTime: new Date(place.range.start).toISOString(), endTime: new Date(place.range.end).toISOString()};
  try {
    const dimension = cohortLabel(`${word}:`).dimension;
    const response = await call('ListCohorts', {dimension, range});
    return (response.cohorts ?? []).map(it => it.cohort);
  } catch {
    return [];
  }
}
