// SPDX-License-Identifier: Apache-2.0
// Cohorts side by side: figures with their intervals, and one metric over time on one scale.

import {call} from '../api.js';
import {dot} from '../charts/budget.js';
import {seriesChart} from '../charts/series.js';
import {asked, axis, metrics, nameOf, points, series, summary} from '../data.js';
import {h} from '../dom.js';
import {markOf} from '../feed.js';
import {count, metricName, percent, span, stageName} from '../format.js';
import {group, nothing, panel} from '../panel.js';
import {change, href} from '../place.js';
import {budget} from '../settings.js';
import {cohortName, cohortText, dimensionEnum, dimensions, interval, mean, num, quantile, rateOf, seconds} from '../wire.js';

const MOST = 8;

/** The view. */
export default function cohorts({place}) {
  const word = dimensionEnum(place.params.get('by')) ? place.params.get('by') : 'device';
  const largest = async (signal, most) => {
    const {range} = asked(place);
    const response = await call('ListCohorts', {dimension: dimensionEnum(word), range}, signal);
    return (response.cohorts ?? []).slice(0, most);
  };
  const figures = panel({title: 'Figures', wide: true, note: 'Bars are 95 % intervals; the line is everybody.',
    load: async signal => {
      const list = await largest(signal, MOST);
      const one = cohort => summary({...place, params: place.params, range: place.range}, 'STAGE_PIPELINE', signal, {cohort, quantileRanks: [0.5, 0.99]})
        .then(it => it.all, () => undefined);
      const [all, ...each] = await Promise.all([one(undefined), ...list.map(it => one(it.cohort))]);
      return {all, rows: list.map((it, i) => ({...it, summary: each[i]})).filter(it => it.summary)};
    },
    show: data => sideBySide(place, data)});
  const over = panel({title: 'Over time', wide: true, note: 'One scale for all',
    load: async signal => {
      const list = await largest(signal, MOST);
      const all = await metrics(signal);
      const chosen = all.find(it => it.metric === (place.params.get('metric') ?? 'asr.null_transcripts')) ?? all[0];
      const response = chosen && list.length > 0
        ? await series(place, chosen.metric, signal, {modelVersions: undefined, cohorts: list.map(it => it.cohort)}) : {};
      return {all, chosen, response};
    },
    show: data => multiples(place, data)});
  return {
    title: 'Cohorts',
    element: h('div', {class: 'view'}, h('h1', {tabindex: -1}, 'Cohorts'),
      h('nav', {class: 'tabs wide', 'aria-label': 'Dimension'}, dimensions.map(([key, name]) => h('a', {
        href: href('cohorts', '', {by: key}), 'data-key': `by ${key}`, 'aria-current': key === word ? 'page' : undefined}, name))),
      figures.element, over.element),
    ...group([figures, over]),
  };
}

function sideBySide(place, {all, rows}) {
  if (rows.length === 0 || !all) return nothing('No cohort has data in this range', 'Clients name theirs when they open a session.');
  const nulls = rows.map(it => interval(it.summary.nullTranscripts));
  const mostNull = Math.max(0.001, ...nulls.map(it => it?.[1] ?? 0), rateOf(all.nullTranscripts) ?? 0) * 1.05;
  const misses = rows.map(it => interval(it.summary.budgetMisses));
  const mostMiss = Math.max(0.001, ...misses.map(it => it?.[1] ?? 0), rateOf(all.budgetMisses) ?? 0) * 1.05;
  const mostTail = Math.max(budget(), ...rows.map(it => quantile(it.summary.totalLatencySeconds, 0.99) ?? 0)) * 1.05;
  const mostClip = Math.max(...rows.map(it => quantile(it.summary.clipSeconds, 0.5) ?? 0), 0.1) * 1.1;
  const rate = (it, ci, whole, most) => dot({value: rateOf(it), low: ci?.[0], high: ci?.[1], most, centre: rateOf(whole), format: percent,
    odd: ci && rateOf(whole) !== undefined && ci[0] > rateOf(whole)});
  return h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Cohorts side by side'},
    h('table', {class: 'compare'}, h('caption', {class: 'unseen'}, 'Cohorts side by side'),
      h('thead', null, h('tr', null, ['Cohort', 'Utterances', 'Null transcripts', 'Over the budget', 'p99', 'Clip length, median', 'Confidence']
        .map(it => h('th', {scope: 'col'}, it)))),
      h('tbody', null, rows.map((row, i) => h('tr', null,
        h('th', {scope: 'row'}, h('a', {href: href('stages', 'pipeline', {cohort: cohortText(row.cohort)}), 'data-key': `c ${cohortText(row.cohort)}`},
          cohortName(row.cohort))),
        h('td', null, count(num(row.utteranceCount))),
        h('td', null, rate(row.summary.nullTranscripts, nulls[i], all.nullTranscripts, mostNull)),
        h('td', null, rate(row.summary.budgetMisses, misses[i], all.budgetMisses, mostMiss)),
        h('td', null, dot({value: quantile(row.summary.totalLatencySeconds, 0.99), most: mostTail, centre: budget(), format: span,
          odd: quantile(row.summary.totalLatencySeconds, 0.99) > budget()})),
        h('td', null, dot({value: quantile(row.summary.clipSeconds, 0.5), most: mostClip, centre: quantile(all.clipSeconds, 0.5), format: span})),
        h('td', null, mean(row.summary.confidence)?.toFixed(3) ?? '–'))))));
}

/** A choice of metric that the address keeps. */
export function metricChoice(all, chosen) {
  const pick = h('select', {'data-key': 'metric', onchange: () => change({metric: pick.value})},
    all.map(it => h('option', {value: it.metric, selected: it.metric === chosen?.metric}, `${stageName(it.stage)}: ${metricName(it.metric)}`)));
  return h('label', {class: 'pick'}, h('span', null, 'Metric'), pick);
}

/** One small chart for each series, all on one scale. */
export function multiples(place, {all, chosen, response}) {
  const found = (response?.series ?? []).filter(it => (it.points ?? []).length > 0);
  if (!chosen) return nothing('No metric is declared');
  if (found.length === 0) return [metricChoice(all, chosen), nothing('No data in this range')];
  const drawn = found.map(one => ({name: nameOf(one), points: points(one)}));
  const top = Math.max(...drawn.flatMap(it => it.points.map(p => p.value)));
  return [metricChoice(all, chosen), h('div', {class: 'grid small'}, drawn.map(it => h('figure', null, h('figcaption', null, it.name),
    seriesChart({label: `${metricName(chosen.metric)}, ${it.name}`, lines: [{name: '', kind: 'main', points: it.points}],
      step: (seconds(response.step) ?? 60) * 1000, start: place.range.start, end: place.range.end, ...axis(chosen), height: 112, top,
      alarms: (response.alarms ?? []).filter(a => nameMatches(a, it.name)).map(markOf)}).element)))];
}

const nameMatches = (alarm, name) => (alarm.cohort ? cohortName(alarm.cohort) : alarm.modelVersion || '') === name;
