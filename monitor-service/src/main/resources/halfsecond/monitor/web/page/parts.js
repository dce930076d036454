// SPDX-License-Identifier: Apache-2.0
// Small things that several views show.

import {h} from './dom.js';
import {look} from './feed.js';
import {ago, metricName, moment, stageName} from './format.js';
import {href} from './place.js';
import {cohortName, millis} from './wire.js';

const WORDS = {critical: 'Critical', warning: 'Warning', info: 'Info', unspecified: 'Firing', pending: 'Pending',
  silenced: 'Silenced', resolved: 'Resolved'};

/** State and severity as a word with a shape, never by colour alone. */
export const chip = alarm => h('span', {class: `chip ${look(alarm)}`},
  cleared(alarm) ? 'Cleared' : WORDS[look(alarm)] ?? look(alarm));

/** It was only suspected, and came to nothing. */
export const cleared = alarm => alarm.state === 'STATE_RESOLVED' && !alarm.firingTime;

/** Where an alarm is: stage, metric, model version, cohort. */
export function whereabouts(alarm) {
  return [stageName(alarm.stage), alarm.metric && metricName(alarm.metric), alarm.modelVersion, alarm.cohort && cohortName(alarm.cohort)]
    .filter(it => it).join(' · ');
}

/** What an alarm says, with the name of its metric as people know it. */
export const titleOf = alarm => (alarm.metric && alarm.title?.startsWith(`${alarm.metric} `)
  ? metricName(alarm.metric) + alarm.title.slice(alarm.metric.length) : alarm.title || alarm.metric);

/** When an alarm began, or was over. */
export function since(alarm) {
  if (alarm.resolvedTime) return `${cleared(alarm) ? 'cleared' : 'resolved'} ${moment(millis(alarm.resolvedTime))}`;
  const from = millis(alarm.firingTime ?? alarm.pendingTime);
  return from === undefined ? '' : ago(from);
}

/** One alarm in a list. */
export function alarmLine(alarm, chosen) {
  return h('a', {class: `alarm-line ${look(alarm)}`, href: href('alarms', alarm.alarmId), 'data-key': `alarm ${alarm.alarmId}`,
    'aria-current': chosen === alarm.alarmId ? 'true' : undefined},
  chip(alarm), h('span', {class: 'what'}, titleOf(alarm)), h('span', {class: 'where'}, whereabouts(alarm)),
  h('span', {class: 'when'}, since(alarm), alarm.acknowledgement && ' · seen'));
}

/** Names and values. */
export function facts(rows) {
  const known = rows.filter(it => it && it[1] !== undefined && it[1] !== '');
  return h('dl', {class: 'facts'}, known.map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value))));
}
