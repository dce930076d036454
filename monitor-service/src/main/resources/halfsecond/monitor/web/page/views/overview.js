// SPDX-License-Identifier: Apache-2.0
// Is everything well: one glance.

import {fill, h} from '../dom.js';
import {share} from '../charts/budget.js';
import {sparkline} from '../charts/series.js';
import {LATENCY, NULLS, STAGES, THROUGHPUT, firstMetric, metricChart, points, series, summary} from '../data.js';
import {look} from '../feed.js';
import {count, number, percent, span, stageName} from '../format.js';
import {alarmLine, titleOf} from '../parts.js';
import {group, nothing, panel} from '../panel.js';
import {href} from '../place.js';
import {budget, shares} from '../settings.js';
import {num, quantile, rateOf, seconds} from '../wire.js';

const MISSES = ['pipeline.budget_misses'];
const REFUSALS = ['pipeline.refusals', 'route.refusals', 'pipeline.rejected', 'pipeline.rejections', 'route.refused'];

/** The view. */
export default function overview({place, feed}) {
  const verdict = h('div', {class: 'verdict', 'aria-live': 'polite'});
  const sparks = new Map();
  let latest;

  const figures = panel({
    title: 'Now', bare: true, wide: true, load: signal => Promise.all([summary(place, 'STAGE_PIPELINE', signal), spark(signal)]),
    show: ([data]) => {
      latest = data;
      judge();
      return keyFigures(place, data.all, sparks);
    },
  });

  async function spark(signal) {
    // Small lines are an extra: a monitor without series still has its figures.
    await Promise.allSettled([['throughput', THROUGHPUT], ['latency', LATENCY], ['nulls', NULLS], ['misses', MISSES],
      ['refusals', REFUSALS]].map(async ([key, names]) => {
      const metric = await firstMetric(names, signal);
      if (!metric) return;
      const response = await series(place, metric.metric, signal, key === 'latency' ? {ranks: [0.99]} : {});
      const own = points(response.series?.[0]);
      sparks.set(key, {step: (seconds(response.step) ?? 60) * 1000, points: key === 'latency'
        ? own.flatMap(p => (p.quantiles[0] ? [{...p, value: num(p.quantiles[0].value)}] : [])) : own});
    }));
  }

  const pipeline = panel({
    title: 'Where the half second goes', wide: true,
    note: 'Each stage at the median and at p99, against its share of the budget',
    load: signal => Promise.all(STAGES.map(stage => summary(place, stage, signal))),
    show: data => stageStrip(data.map(it => it.all), feed),
  });
  const throughput = chart('Throughput', 'Utterances a second', THROUGHPUT);
  const latency = chart('Final latency', 'From the end of speech to the final', LATENCY, {
    ranks: [0.5, 0.99], limits: [{value: budget(), name: 'budget'}], lines: (all) => latencyLines(all)});
  const nulls = chart('Null transcripts', 'Finals without words, of those that recognition answered', NULLS);

  function chart(title, note, names, options = {}) {
    const show = metricChart(place, {...options, height: 150, label: title});
    return panel({title, note,
      load: async signal => {
        const metric = await firstMetric(names, signal);
        return metric && series(place, metric.metric, signal, options.ranks ? {ranks: options.ranks} : {});
      },
      show: (data, body) => (data ? show(data, body) : nothing('Not declared', 'This monitor has no such metric.')),
    });
  }

  const alarmBody = h('div', {class: 'alarm-list'});
  const alarmsPanel = h('section', {class: 'panel wide', 'aria-labelledby': 'overview-alarms'},
    h('header', null, h('div', null, h('h2', {id: 'overview-alarms'}, 'Alarms'))), alarmBody);

  function judge() {
    fill(verdict, sentence(latest, feed, place));
    const open = feed.open.filter(it => it.state !== 'STATE_SILENCED');
    fill(alarmBody, open.length > 0 ? open.map(it => alarmLine(it))
      : feed.state === 'absent' ? nothing('Alarms are not available from this monitor')
        : nothing('No alarm is on', 'What was on before is under Alarms.'));
  }

  const off = feed.listen(judge);
  judge();
  const panels = group([figures, pipeline, throughput, latency, nulls]);
  return {
    title: 'Overview',
    element: h('div', {class: 'view'}, h('h1', {class: 'unseen', tabindex: -1}, 'Overview'), verdict, figures.element, pipeline.element,
      alarmsPanel, throughput.element, latency.element, nulls.element),
    refresh: panels.refresh,
    close() {
      off();
      panels.close();
    },
  };
}

function latencyLines(all) {
  const own = points(all[0]);
  const at = (rank, name, kind) => ({name, kind, points: own.flatMap(p => {
    const q = p.quantiles.find(it => Math.abs(num(it.rank) - rank) < 1e-9);
    return q ? [{t: p.t, value: num(q.value), count: p.count}] : [];
  })});
  return [at(0.99, 'p99', 'main'), at(0.5, 'p50', 'side')];
}

function sentence(data, feed, place) {
  const firing = feed.firing;
  const worst = firing[0];
  if (worst) {
    return h('div', {class: `well ${look(worst)}`}, h('p', {class: 'headline'}, titleOf(worst)),
      h('p', {class: 'sub'}, `${firing.length === 1 ? 'One alarm is' : `${firing.length} alarms are`} firing. `,
        h('a', {href: href('alarms', worst.alarmId), 'data-key': 'worst'}, 'See the evidence')));
  }
  if (!data) return h('div', {class: 'well unknown'}, h('p', {class: 'headline'}, 'Asking the monitor'), h('p', {class: 'sub'}, ' '));
  const n = num(data.all.utteranceCount);
  if (n === 0) {
    return h('div', {class: 'well unknown'}, h('p', {class: 'headline'}, 'Nothing to judge'),
      h('p', {class: 'sub'}, 'No utterance was reported in this range. A pipeline that runs reports within seconds.'));
  }
  const tail = quantile(data.all.totalLatencySeconds, 0.99);
  if (tail > budget() && place.range.live) {
    return h('div', {class: 'well warning'}, h('p', {class: 'headline'}, `Finals are late: p99 is ${span(tail)}`),
      h('p', {class: 'sub'}, `The budget is ${span(budget())}. No alarm is firing yet.`));
  }
  const blind = feed.state === 'absent';
  return h('div', {class: `well ${blind ? 'unknown' : 'good'}`},
    h('p', {class: 'headline'}, blind ? 'Within the budget' : 'All is well'),
    h('p', {class: 'sub'}, `${count(n)} utterances, p99 ${span(tail)} of ${span(budget())}. `,
      blind ? 'This monitor does not judge change.' : 'No alarm is firing.',
      data.dropped > 0 ? ` ${count(data.dropped)} records were dropped by reporters.` : ''));
}

function keyFigures(place, all, sparks) {
  const covered = all.covered ? (Date.parse(all.covered.endTime) - Date.parse(all.covered.startTime)) / 1000 : undefined;
  const upTo = Math.min(Date.now(), all.covered ? Date.parse(all.covered.endTime) : Date.now());
  const time = all.covered ? (upTo - Date.parse(all.covered.startTime)) / 1000 : covered;
  const n = num(all.utteranceCount);
  const tail = quantile(all.totalLatencySeconds, 0.99);
  const rate = time > 0 ? n / time : undefined;
  const one = (name, value, unit, note, key, state, limit) => {
    const spark = sparks.get(key);
    return h('div', {class: `figure-card ${state ?? ''}`}, h('p', {class: 'name'}, name),
      h('p', {class: 'value'}, value, unit && h('span', null, ` ${unit}`)), h('p', {class: 'note'}, note),
      spark && sparkline(spark.points, spark.step, {limit}));
  };
  // The space before a unit is one that does not break; a number may have others. What is not known has no unit.
  const written = text => [...text.split('\u00a0'), undefined].slice(0, 2);
  return h('div', {class: 'figures'},
    one('Throughput', number(rate), 'a second', `${count(n)} utterances in all`, 'throughput'),
    one('Final latency, p99', ...written(span(tail)), `budget ${span(budget())}, median ${span(quantile(all.totalLatencySeconds, 0.5))}`, 'latency',
      tail > budget() ? 'bad' : '', budget()),
    one('Over the budget', ...written(percent(rateOf(all.budgetMisses))),
      `${count(num(all.deadlineFinals?.events))} cut at the deadline`, 'misses'),
    one('Null transcripts', ...written(percent(rateOf(all.nullTranscripts))),
      `${count(num(all.nullTranscripts?.events))} of ${count(num(all.nullTranscripts?.trials))}`, 'nulls'),
    one('Refused', ...written(percent(n > 0 ? num(all.rejectedCount) / n : undefined)),
      `${count(num(all.rejectedCount))} refusals`, 'refusals'));
}

function stageStrip(all, feed) {
  return h('ol', {class: 'strip'}, STAGES.map((stage, i) => {
    const own = all[i];
    const limit = shares()[stage] * budget();
    const median = quantile(own.latencySeconds, 0.5);
    const tail = quantile(own.latencySeconds, 0.99);
    const firing = feed.firing.filter(it => it.stage === stage);
    const missed = rateOf(own.shareMisses);
    const state = firing.length > 0 ? look(firing[0]) : median === undefined ? 'unknown' : 'good';
    const word = firing.length > 0 ? `${firing.length} firing` : median === undefined ? 'no data' : 'quiet';
    return h('li', {class: state, css: {'--weight': String(Math.max(0.14, shares()[stage]))}},
      h('p', {class: 'stage'}, h('a', {href: href('stages', stage.replace('STAGE_', '').toLowerCase()), 'data-key': `strip ${stage}`},
        stageName(stage)), h('span', {class: `chip ${state}`}, word)),
      h('p', {class: 'tail'}, span(tail), h('span', null, ' p99')),
      share({median, tail, limit, label: `${stageName(stage)}: median ${span(median)}, p99 ${span(tail)}, share ${span(limit)}`}),
      h('p', {class: 'note'}, `median ${span(median)} · share ${span(limit)}`),
      h('p', {class: 'note'}, missed === undefined ? 'no share misses counted' : `${percent(missed)} over its share`));
  }));
}

