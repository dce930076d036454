// SPDX-License-Identifier: Apache-2.0
// What processes say about themselves: the newest reading of each.

import {plainTable} from './charts/frame.js';
import {h} from './dom.js';
import {clock, count, metricName, percent, stageName, valueFormat} from './format.js';
import {maybe, mean, millis, num, rateOf} from './wire.js';

/** Columns of the table of processes, by the last word of a gauge's name. */
const GAUGES = [['cpu', 'Cores busy'], ['memory', 'Memory'], ['open_streams', 'Open streams'], ['native_handles', 'Native handles'],
  ['cores_used', 'Cores decoding'], ['cores', 'Cores it may use'], ['backlog', 'Backlog']];

const wordOf = metric => metric.slice(metric.indexOf('.') + 1);

function write(metric, value) {
  const unit = /memory$/.test(metric) ? 'By' : /(_time|backlog)$/.test(metric) ? 's' : '1';
  return valueFormat({unit})(value);
}

/** The processes in some summaries by stage: [{stage, instance, at, readings: Map of word to value}]. */
function processesOf(summaries) {
  return summaries.flatMap(({stage, metrics = []}) => {
    const found = new Map();
    for (const {metric, latest = []} of metrics) {
      for (const one of latest) {
        const own = found.get(one.instance) ?? {stage, instance: one.instance, at: 0, readings: new Map()};
        own.at = Math.max(own.at, millis(one.sampleTime) ?? 0);
        own.readings.set(wordOf(metric), maybe(one.value) ?? 0);
        found.set(one.instance, own);
      }
    }
    return [...found.values()];
  });
}

/** A row for each process; undefined when none has said anything. */
export function processTable(summaries) {
  const found = processesOf(summaries);
  if (found.length === 0) return undefined;
  const columns = GAUGES.filter(([word]) => found.some(it => it.readings.has(word)));
  return scroll('Each process', plainTable(['Process', 'Stage', ...columns.map(it => it[1]), 'Said at'], found.map(it => [it.instance,
    stageName(it.stage), ...columns.map(([word]) => (it.readings.has(word) ? write(word, it.readings.get(word)) : '–')), clock(it.at, true)])));
}

/** Every metric that processes of a stage report, with a column for each process; null when there is none. */
export function reported(metrics) {
  if (metrics.length === 0) return null;
  const instances = processesOf([{metrics}]);
  const rows = metrics.map(it => [metricName(it.metric),
    it.proportion ? percent(rateOf(it.proportion)) : it.values ? `mean ${write(it.metric, mean(it.values))}` : `${count(num(it.sum))} in all`,
    ...instances.map(({readings}) => {
      const value = readings.get(wordOf(it.metric));
      return value === undefined ? '' : write(it.metric, value);
    })]);
  const head = ['Metric', 'In this range', ...instances.map(it => `${it.instance}, ${clock(it.at, true)}`)];
  return [h('h3', null, 'Reported by the processes'), scroll('Reported by the processes', plainTable(head, rows))];
}

const scroll = (label, table) => h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label}, table);
