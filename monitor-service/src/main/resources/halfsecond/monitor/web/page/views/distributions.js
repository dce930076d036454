// SPDX-License-Identifier: Apache-2.0
// How the values of a metric are spread now, beside its reference.

import {call} from '../api.js';
import {binsChart} from '../charts/bins.js';
import {plainTable} from '../charts/frame.js';
import {ALL_STAGES, asked, metrics} from '../data.js';
import {h} from '../dom.js';
import {effectText, evidence} from '../evidence.js';
import {count, metricName, stageName, valueFormat} from '../format.js';
import {facts} from '../parts.js';
import {group, nothing, panel} from '../panel.js';
import {href} from '../place.js';
import {maybe, num} from '../wire.js';

const RANKS = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/** The view: all of them small, or one of them large. */
export default function distributions({place}) {
  return place.id ? one(place) : all(place);
}

async function load(place, metric, bins, signal) {
  return call('GetDistribution', {metric, ...asked(place), binCount: bins, quantileRanks: RANKS}, signal);
}

const binsOf = response => (response.bins ?? []).map(b => ({
  lower: num(b.lower), upper: num(b.upper), share: num(b.share), reference: maybe(b.referenceShare)}));

/** How far a distribution moved, as the judge sees it. */
function moved(response) {
  const found = response.evidence;
  if (!found) return h('p', {class: 'note'}, 'No reference yet');
  const over = found.limit !== undefined && Math.abs(num(found.effect)) > Math.abs(num(found.limit));
  return h('p', {class: `note ${over ? 'moved' : ''}`}, over ? '▲ moved ' : 'moved ', effectText(num(found.effect), found.effectUnit));
}

function all(place) {
  const panels = new Map();
  const holders = new Map(ALL_STAGES.map(stage => [stage, h('div', {class: 'grid small'})]));
  const list = panel({
    title: 'Now, beside the reference', bare: true, wide: true, note: 'Bars are this range; the outline is the reference.',
    load: async signal => (await metrics(signal)).filter(it => it.kind === 'METRIC_KIND_DISTRIBUTION'),
    show(own, body) {
      if (own.length === 0) return nothing('No distribution is declared');
      for (const it of own.filter(d => !panels.has(d.metric))) {
        const made = small(place, it);
        panels.set(it.metric, made);
        holders.get(it.stage)?.append(made.element);
      }
      if (body.querySelector('.grid')) return undefined;
      return ALL_STAGES.filter(stage => holders.get(stage).children.length > 0)
        .map(stage => [h('h3', {class: 'group'}, stageName(stage)), holders.get(stage)]);
    },
  });
  return {
    title: 'Distributions',
    element: h('div', {class: 'view'}, h('h1', {tabindex: -1}, 'Distributions'), list.element),
    async refresh() {
      await list.refresh();
      await Promise.all([...panels.values()].map(it => it.refresh()));
    },
    close: () => [list, ...panels.values()].forEach(it => it.close()),
  };
}

function small(place, declaration) {
  const name = metricName(declaration.metric);
  return panel({
    title: name, level: 'h4', key: declaration.metric,
    actions: [h('a', {class: 'quiet', href: href('distributions', declaration.metric), 'data-key': `open ${declaration.metric}`,
      'aria-label': `${name}, large`}, 'Open')],
    load: signal => load(place, declaration.metric, 24, signal),
    show(response) {
      const bins = binsOf(response);
      if (bins.length === 0) return nothing('No data in this range');
      return [binsChart({label: name, bins, format: valueFormat(declaration), height: 96, small: true}), moved(response)];
    },
  });
}

function one(place) {
  const name = metricName(place.id);
  const chart = panel({title: name, wide: true, load: async signal => {
    // Only for the units of the evidence.
    await metrics(signal).catch(() => undefined);
    return load(place, place.id, 40, signal);
  },
  show(response) {
    const bins = binsOf(response);
    const {declaration} = response;
    if (bins.length === 0) return nothing('No data in this range');
    return [declaration?.description && h('p', {class: 'note'}, declaration.description),
      h('p', {class: 'legend'}, h('span', {class: 'key now'}, 'this range'),
        response.reference && h('span', {class: 'key reference'}, 'reference')),
      binsChart({label: `Distribution of ${name}`, bins, format: valueFormat(declaration), height: 280}),
      facts([['Values', count(num(response.current?.count))],
        ['Values in the reference', response.reference && count(num(response.reference.count))]]),
      quantiles(response, valueFormat(declaration)),
      response.evidence ? evidence(response.evidence, 'h3') : h('p', {class: 'note'}, 'There is no reference to judge it by yet.')];
  }});
  const panels = group([chart]);
  return {
    title: `${name}, distribution`,
    element: h('div', {class: 'view'}, h('h1', {tabindex: -1}, 'Distribution'),
      h('p', {class: 'back wide'}, h('a', {href: href('distributions'), 'data-key': 'back'}, '← All distributions')), chart.element),
    ...panels,
  };
}

function quantiles(response, format) {
  const now = response.current?.quantiles ?? [];
  if (now.length === 0) return null;
  const before = rank => response.reference?.quantiles?.find(q => num(q.rank) === rank);
  return h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Quantiles'},
    plainTable(['Quantile', ...now.map(q => `p${Number((num(q.rank) * 100).toFixed(1))}`), 'Mean'], [
      ['Now', ...now.map(q => format(num(q.value))), format(maybe(response.current.mean))],
      ...(response.reference ? [['Reference', ...now.map(q => {
        const found = before(num(q.rank));
        return found ? format(num(found.value)) : '–';
      }), format(maybe(response.reference.mean))]] : []),
    ], 'Quantiles'));
}
