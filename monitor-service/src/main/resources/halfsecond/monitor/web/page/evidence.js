// SPDX-License-Identifier: Apache-2.0
// What a judgement rests on, so that it can be checked: the effect with its interval, the limit, the numbers of both sides.

import {dotRange} from './charts/effect.js';
import {declared} from './data.js';
import {h} from './dom.js';
import {count, metricName, number, percent, probability, stageName, stretch, testName, valueFormat} from './format.js';
import {facts} from './parts.js';
import {cohortName, maybe, mean, millis, num, rateOf} from './wire.js';

function side(name, sample, metric) {
  if (!sample) return null;
  const value = sample.proportion ? percent(rateOf(sample.proportion)) : valueFormat(declared(metric))(mean(sample.distribution));
  const range = sample.range ? stretch(millis(sample.range.startTime), millis(sample.range.endTime)) : '';
  return h('div', {class: 'sample'}, h('p', {class: 'name'}, name), h('p', {class: 'value'}, value),
    h('p', {class: 'note'}, [`${count(num(sample.count))} samples`, range, sample.modelVersion, sample.cohort && cohortName(sample.cohort)]
      .filter(it => it).join(' · ')));
}

/** An effect, or a limit, in its unit. */
export function effectText(value, unit) {
  if (value === undefined) return '–';
  return /rate|share/.test(unit ?? '') ? percent(value) : `${number(value)} ${(unit ?? '').replace('standard deviations', 'SD')}`.trim();
}

/** One piece of evidence, under a heading of that level. */
export function evidence(one, level = 'h4') {
  const effect = maybe(one.effect);
  return h('article', {class: 'evidence'},
    h('header', null, h(level, null, metricName(one.metric)), h('span', {class: 'note'}, `${stageName(one.stage)} · ${testName(one.test)}`)),
    one.explanation && h('p', {class: 'explanation'}, one.explanation),
    effect !== undefined && dotRange({
      value: effect, low: maybe(one.effectLower), high: maybe(one.effectUpper), limit: maybe(one.limit),
      format: it => effectText(it, one.effectUnit)}),
    h('div', {class: 'sides'}, side('Reference', one.reference, one.metric), side('Now', one.current, one.metric)),
    facts([['Statistic', one.statistic === undefined ? undefined : number(num(one.statistic))],
      ['p', one.pValue === undefined ? undefined : probability(num(one.pValue))],
      ['p, corrected', one.adjustedPValue === undefined ? undefined : probability(num(one.adjustedPValue))],
      ['Effect', effect === undefined ? undefined : effectText(effect, one.effectUnit)],
      ['Interval', one.effectLower === undefined ? undefined
        : `${effectText(num(one.effectLower), one.effectUnit)} to ${effectText(num(one.effectUpper), one.effectUnit)} at ${percent(num(one.confidenceLevel))}`],
      ['Limit', one.limit === undefined ? undefined : effectText(num(one.limit), one.effectUnit)]]));
}

/** A change of the null-transcript rate, split by what explains it. */
export function attribution(one) {
  const total = num(one.total);
  const mix = num(one.mix);
  const rate = num(one.rate);
  const size = Math.abs(mix) + Math.abs(rate) || 1;
  const part = (value, kind, name) => h('div', {class: `part ${kind}`, css: {'flex-grow': String(Math.max(0.02, Math.abs(value) / size))}},
    h('b', null, percent(value)), h('span', null, name));
  return h('section', {class: 'attribution', 'aria-label': 'What explains the change'},
    h('h3', null, `What explains it: ${stageName(one.stage)}`),
    h('p', {class: 'note'}, `Null transcripts changed by ${percent(total)}: other clips than before explain ${percent(mix)}, other results on the `
      + `same clips ${percent(rate)}.`),
    h('div', {class: 'parts'}, part(mix, 'mix', 'other clips (endpointing)'), part(rate, 'rate', 'same clips (recognition)')),
    (one.strata ?? []).length > 0 && h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Strata'}, strata(one.strata)));
}

function strata(all) {
  const head = ['Clips', 'Share before', 'Share now', 'Null before', 'Null now'];
  return h('table', null, h('thead', null, h('tr', null, head.map(it => h('th', {scope: 'col'}, it)))),
    h('tbody', null, all.map(it => h('tr', null, h('th', {scope: 'row'}, it.description), h('td', null, percent(num(it.referenceWeight))),
      h('td', null, percent(num(it.currentWeight))), h('td', null, percent(num(it.referenceRate))),
      h('td', null, percent(num(it.currentRate)))))));
}
