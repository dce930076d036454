// SPDX-License-Identifier: Apache-2.0
// One stage: its figures, and every metric that belongs to it over time.

import {h} from '../dom.js';
import {ALL_STAGES, metricChart, metrics, series, summary} from '../data.js';
import {count, metricName, percent, span, stageName} from '../format.js';
import {plainTable} from '../charts/frame.js';
import {facts} from '../parts.js';
import {nothing, panel} from '../panel.js';
import {href} from '../place.js';
import {reported} from '../processes.js';
import {budget, shares} from '../settings.js';
import {mean, num, quantile, rateOf} from '../wire.js';

/** The view. */
export default function stages({place}) {
  const wanted = `STAGE_${(place.id || 'pipeline').toUpperCase()}`;
  const stage = ALL_STAGES.includes(wanted) ? wanted : 'STAGE_PIPELINE';
  const limit = stage === 'STAGE_PIPELINE' ? budget() : shares()[stage] * budget();
  const charts = new Map();
  const grid = h('div', {class: 'grid'});

  const figures = panel({title: 'In this range', wide: true, load: signal => summary(place, stage, signal),
    show: data => figuresOf(stage, data, limit)});
  const list = panel({title: 'Metrics over time', bare: true, wide: true,
    note: `The band is what the reference leads one to expect; marks are alarms.${chosen(place)
      ? ' What has no data of this choice, as what processes say about themselves, is left out.' : ''}`,
    load: async signal => (await metrics(signal)).filter(it => it.stage === stage),
    show(own, body) {
      if (own.length === 0) return nothing('No metric of this stage is declared');
      sync(own);
      return body.contains(grid) ? undefined : grid;
    }});

  function sync(own) {
    for (const declaration of own) {
      if (charts.has(declaration.metric)) continue;
      const made = metricPanel(place, declaration, stage, limit);
      charts.set(declaration.metric, made);
      grid.append(made.element);
    }
  }

  return {
    title: stageName(stage),
    element: h('div', {class: 'view'}, h('h1', {tabindex: -1}, stageName(stage)),
      h('nav', {class: 'tabs wide', 'aria-label': 'Stages'}, ALL_STAGES.map(it => h('a', {
        href: href('stages', it.replace('STAGE_', '').toLowerCase()), 'data-key': `tab ${it}`,
        'aria-current': it === stage ? 'page' : undefined}, stageName(it)))),
      figures.element, list.element),
    async refresh() {
      await Promise.all([figures.refresh(), list.refresh()]);
      await Promise.all([...charts.values()].map(it => it.refresh()));
    },
    close() {
      [figures, list, ...charts.values()].forEach(it => it.close());
    },
  };
}

function metricPanel(place, declaration, stage, limit) {
  const isDistribution = declaration.kind === 'METRIC_KIND_DISTRIBUTION';
  const isLatency = isDistribution && declaration.unit === 's' && /latency/.test(declaration.metric);
  const show = metricChart(place, {limits: isLatency ? [{value: limit, name: stage === 'STAGE_PIPELINE' ? 'budget' : 'share'}] : []});
  const made = panel({
    title: metricName(declaration.metric), level: 'h3', key: declaration.metric, note: declaration.description,
    actions: isDistribution
      ? [h('a', {class: 'quiet', 'data-key': `dist ${declaration.metric}`, href: href('distributions', declaration.metric),
        'aria-label': `Distribution of ${metricName(declaration.metric)}`}, 'Distribution')] : undefined,
    load: signal => series(place, declaration.metric, signal, isDistribution ? {ranks: isLatency ? [0.5, 0.99] : [0.05, 0.95]} : {}),
    show(response, body) {
      made.element.hidden = chosen(place) && !(response.series ?? []).some(it => it.points?.length > 0);
      return show(response, body);
    },
  });
  return made;
}

/** Whether only some of the data is looked at. */
const chosen = place => place.params.has('cohort') || place.params.has('model');

function figuresOf(stage, data, limit) {
  const {all, versions} = data;
  if (num(all.utteranceCount) === 0 && !(all.metrics?.length > 0)) {
    return nothing('No data in this range', 'Nothing was reported about this stage.');
  }
  const rows = [all, ...(versions.length > 1 || versions[0]?.modelVersion !== all.modelVersion ? versions : [])];
  const head = ['Model', 'Utterances', 'p50', 'p99', stage === 'STAGE_PIPELINE' ? 'Over budget' : 'Over its share', 'Null', 'Replays'];
  const misses = it => (stage === 'STAGE_PIPELINE' ? it.budgetMisses : it.shareMisses);
  return [h('p', {class: 'note'}, stage === 'STAGE_PIPELINE' ? `Budget ${span(limit)}.` : `Share of the budget: ${span(limit)}.`),
    h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Figures by model version'},
      plainTable(head, rows.map(it => [it.modelVersion || 'all', count(num(it.utteranceCount)),
        span(quantile(it.latencySeconds, 0.5)), h('b', {class: quantile(it.latencySeconds, 0.99) > limit ? 'bad' : ''},
          span(quantile(it.latencySeconds, 0.99))), percent(rateOf(misses(it))), percent(rateOf(it.nullTranscripts)),
        percent(rateOf(it.replays))]))),
    extra(stage, all), reported(all.metrics ?? []), refusals(all.refusals ?? [])];
}

function extra(stage, all) {
  if (stage !== 'STAGE_ASR' && stage !== 'STAGE_PIPELINE') return null;
  return facts([['Real-time factor', mean(all.realTimeFactor)?.toFixed(3)], ['Mean confidence', mean(all.confidence)?.toFixed(3)],
    ['Words a second', mean(all.wordsPerSecond)?.toFixed(2)], ['Clip length, median', span(quantile(all.clipSeconds, 0.5))],
    ['Withheld as noise', percent(rateOf(all.noiseRejections))], ['Cut at the deadline', percent(rateOf(all.deadlineFinals))],
    ['Late answers that differ', percent(rateOf(all.lateAnswersChanged))], ['Words cut off', count(num(all.truncatedWords))]]);
}

function refusals(own) {
  if (own.length === 0) return null;
  return [h('h3', null, 'Refusals'), plainTable(['Reason', 'How many'],
    own.map(it => [it.reason.toLowerCase().replaceAll('_', ' '), count(num(it.count))]))];
}

