// SPDX-License-Identifier: Apache-2.0
// Model versions side by side, and over time.

import {dot} from '../charts/budget.js';
import {LATENCY, NULLS, THROUGHPUT, metricChart, metrics, nameOf, points, series, summary} from '../data.js';
import {h} from '../dom.js';
import {count, number, percent, span} from '../format.js';
import {group, nothing, panel} from '../panel.js';
import {href} from '../place.js';
import {budget} from '../settings.js';
import {interval, mean, num, quantile, rateOf} from '../wire.js';
import {multiples} from './cohorts.js';

const STYLES = ['main', 'other', 'soft', 'side'];
const MOST = 4;

/** The view. */
export default function models({place}) {
  let versions = [];
  const figures = panel({title: 'Side by side', wide: true, note: 'Bars are 95 % intervals; the line is all versions together.',
    load: signal => summary(place, 'STAGE_PIPELINE', signal),
    show: data => {
      versions = data.versions.map(it => it.modelVersion).filter(it => it && it !== 'none');
      return sideBySide(data);
    }});
  const traffic = overTime('Traffic', 'Utterances a second of each version', THROUGHPUT);
  const latency = overTime('Final latency', 'Mean of each version', LATENCY);
  const nulls = overTime('Null transcripts', 'Of each version', NULLS);
  const any = panel({title: 'Any metric', wide: true, note: 'One scale for all',
    load: async signal => {
      const all = await metrics(signal);
      const chosen = all.find(it => it.metric === (place.params.get('metric') ?? 'asr.confidence')) ?? all[0];
      const response = chosen && versions.length > 0 ? await series(place, chosen.metric, signal, {modelVersions: versions.slice(0, 8)}) : {};
      return {all, chosen, response};
    },
    show: data => multiples(place, data)});

  function overTime(title, note, names) {
    const show = metricChart(place, {label: title, lines: all => all.slice(0, MOST).map((one, i) => ({
      name: nameOf(one), kind: STYLES[i], points: points(one).map(p => ({...p, lower: undefined, upper: undefined}))}))});
    return panel({title, note,
      load: async signal => {
        const all = await metrics(signal);
        const metric = names.map(it => all.find(d => d.metric === it)).find(it => it);
        if (!metric || versions.length === 0) return undefined;
        return series(place, metric.metric, signal, {modelVersions: versions.slice(0, MOST)});
      },
      show: (data, body) => (data ? show(data, body) : nothing('No data in this range'))});
  }

  const rest = group([traffic, latency, nulls, any]);
  return {
    title: 'Models',
    element: h('div', {class: 'view'}, h('h1', {tabindex: -1}, 'Model versions'), figures.element, traffic.element,
      latency.element, nulls.element, any.element),
    async refresh() {
      // The versions there are decide what to ask for.
      await figures.refresh();
      await rest.refresh();
    },
    close() {
      figures.close();
      rest.close();
    },
  };
}

function sideBySide({all, versions}) {
  const rows = versions.filter(it => it.modelVersion !== 'none');
  if (rows.length === 0) return nothing('No model version has data in this range', 'Nothing was recognized.');
  const nulls = rows.map(it => interval(it.nullTranscripts));
  const mostNull = Math.max(0.001, ...nulls.map(it => it?.[1] ?? 0)) * 1.05;
  const mostTail = Math.max(budget(), ...rows.map(it => quantile(it.totalLatencySeconds, 0.99) ?? 0)) * 1.05;
  const total = num(all.utteranceCount) || 1;
  return h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Model versions side by side'},
    h('table', {class: 'compare'}, h('caption', {class: 'unseen'}, 'Model versions side by side'),
      h('thead', null, h('tr', null, ['Model version', 'Share of traffic', 'Null transcripts', 'p99', 'Over the budget', 'Confidence', 'Real-time factor']
        .map(it => h('th', {scope: 'col'}, it)))),
      h('tbody', null, rows.map((it, i) => {
        const tail = quantile(it.totalLatencySeconds, 0.99);
        const whole = rateOf(all.nullTranscripts);
        return h('tr', null,
          h('th', {scope: 'row'}, h('a', {href: href('stages', 'asr', {model: it.modelVersion}), 'data-key': `m ${it.modelVersion}`}, it.modelVersion)),
          h('td', null, dot({value: num(it.utteranceCount) / total, most: 1, format: v => `${percent(v)} (${count(num(it.utteranceCount))})`})),
          h('td', null, dot({value: rateOf(it.nullTranscripts), low: nulls[i]?.[0], high: nulls[i]?.[1], most: mostNull, centre: whole, format: percent,
            odd: nulls[i] && whole !== undefined && nulls[i][0] > whole})),
          h('td', null, dot({value: tail, most: mostTail, centre: budget(), format: span, odd: tail > budget()})),
          h('td', null, percent(rateOf(it.budgetMisses))),
          h('td', null, mean(it.confidence)?.toFixed(3) ?? '–'),
          h('td', null, number(mean(it.realTimeFactor))));
      }))));
}

