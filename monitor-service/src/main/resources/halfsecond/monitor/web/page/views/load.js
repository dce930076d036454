// SPDX-License-Identifier: Apache-2.0
// How much there is to do, what it costs, and how the budget is spent.

import {h} from '../dom.js';
import {ALL_STAGES, STAGES, metricChart, metrics, series, summary} from '../data.js';
import {plainTable} from '../charts/frame.js';
import {count, metricName, number, percent, span, stageName} from '../format.js';
import {facts} from '../parts.js';
import {nothing, panel} from '../panel.js';
import {processTable} from '../processes.js';
import {budget, shares} from '../settings.js';
import {mean, num, quantile, rateOf} from '../wire.js';

const LOAD = /(^|\.)(utterances|throughput|refus|reject|cpu|cores|memory|open_streams|active|backlog|queue|native_handles|dropped|load|errors|sessions)/;
/** Stages that are services of their own. */
const SERVICES = ['STAGE_VAD', 'STAGE_ROUTE', 'STAGE_ASR'];
const RANKS = [0.5, 0.9, 0.95, 0.99];

/** The view. */
export default function load({place}) {
  const charts = new Map();
  const grid = h('div', {class: 'grid'});
  const spending = panel({title: 'How the budget is spent', wide: true,
    note: 'Quantiles of each stage by itself: a column does not add up to its last row',
    load: signal => Promise.all([...STAGES, 'STAGE_PIPELINE'].map(stage => summary(place, stage, signal, {quantileRanks: RANKS}))),
    show: data => budgets(data)});
  const now = panel({title: 'Load', wide: true, load: signal => summary(place, 'STAGE_PIPELINE', signal), show: data => loads(data)});
  const processes = panel({title: 'Processes', wide: true, note: 'What each one said last about itself',
    load: signal => Promise.all(SERVICES.map(async stage => ({stage, metrics: (await summary(place, stage, signal)).all.metrics}))),
    show: data => processTable(data) ?? nothing('No process has reported in this range')});
  const list = panel({title: 'Over time', bare: true, wide: true,
    load: async signal => (await metrics(signal)).filter(it => LOAD.test(it.metric)),
    show(own, body) {
      if (own.length === 0) return nothing('No metric of load is declared');
      // How much there is comes before what it does to the services.
      const sorted = [...own].sort((a, b) => ALL_STAGES.indexOf(a.stage) - ALL_STAGES.indexOf(b.stage)
        || Number(b.metric === 'pipeline.utterances') - Number(a.metric === 'pipeline.utterances'));
      for (const it of sorted.filter(d => !charts.has(d.metric))) {
        const name = metricName(it.metric).replace(/^[A-Z](?=[a-z])/, first => first.toLowerCase());
        const made = panel({title: `${stageName(it.stage)}: ${name}`, level: 'h3', key: it.metric, note: it.description,
          load: signal => series(place, it.metric, signal), show: metricChart(place, {height: 130})});
        charts.set(it.metric, made);
        grid.append(made.element);
      }
      return body.contains(grid) ? undefined : grid;
    }});
  return {
    title: 'Load and budget',
    element: h('div', {class: 'view'}, h('h1', {tabindex: -1}, 'Load and budget'), now.element, spending.element, processes.element, list.element),
    async refresh() {
      await Promise.all([now, spending, processes, list].map(it => it.refresh()));
      await Promise.all([...charts.values()].map(it => it.refresh()));
    },
    close: () => [now, spending, processes, list, ...charts.values()].forEach(it => it.close()),
  };
}

function loads({all, dropped}) {
  if (num(all.utteranceCount) === 0) return nothing('No data in this range', 'No utterance was reported.');
  const time = (Math.min(Date.now(), Date.parse(all.covered.endTime)) - Date.parse(all.covered.startTime)) / 1000;
  const speech = mean(all.clipSeconds);
  const rate = num(all.utteranceCount) / time;
  return [facts([['Utterances a second', number(rate)], ['Audio a second', speech && span(rate * speech)],
    ['Cores busy decoding', speech && mean(all.realTimeFactor) !== undefined ? number(rate * speech * mean(all.realTimeFactor)) : undefined],
    ['Real-time factor', mean(all.realTimeFactor) === undefined ? undefined : number(mean(all.realTimeFactor))],
    ['Refused', `${count(num(all.rejectedCount))} (${percent(num(all.rejectedCount) / num(all.utteranceCount))})`],
    ['Replays', percent(rateOf(all.replays))], ['Records dropped', count(dropped)]]),
  (all.refusals ?? []).length > 0 && plainTable(['Refusal', 'How many'],
    all.refusals.map(it => [it.reason.toLowerCase().replaceAll('_', ' '), count(num(it.count))]))];
}

function budgets(data) {
  if (!data.some(it => num(it.all.latencySeconds?.count) > 0)) return nothing('No data in this range');
  const stages = [...STAGES, 'STAGE_PIPELINE'];
  const limits = stages.map(it => (it === 'STAGE_PIPELINE' ? budget() : shares()[it] * budget()));
  const cell = (value, limit) => h('span', {class: `heat ${value > limit ? 'over' : ''}`,
    css: {'--part': String(Math.min(1, (value ?? 0) / limit))}}, span(value));
  return h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Budget by stage'},
    h('table', {class: 'heats'}, h('caption', {class: 'unseen'}, 'Time by stage and quantile'),
      h('thead', null, h('tr', null, ['Stage', 'Share', ...RANKS.map(it => `p${it * 100}`), 'Over it'].map(it => h('th', {scope: 'col'}, it)))),
      h('tbody', null, stages.map((stage, i) => h('tr', {class: stage === 'STAGE_PIPELINE' ? 'total' : ''},
        h('th', {scope: 'row'}, stage === 'STAGE_PIPELINE' ? 'All together' : stageName(stage)), h('td', null, span(limits[i])),
        RANKS.map(rank => h('td', null, cell(quantile(data[i].all.latencySeconds, rank), limits[i]))),
        h('td', null, percent(rateOf(stage === 'STAGE_PIPELINE' ? data[i].all.budgetMisses : data[i].all.shareMisses))))))));
}
