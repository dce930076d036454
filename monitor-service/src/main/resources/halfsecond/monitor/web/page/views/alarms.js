// SPDX-License-Identifier: Apache-2.0
// Alarms with their evidence, and what people do about them.

import {call} from '../api.js';
import {attribution, evidence} from '../evidence.js';
import {fill, h} from '../dom.js';
import {SEVERITIES, byWeight, look} from '../feed.js';
import {moment, stageName} from '../format.js';
import {metricChart, metrics, series} from '../data.js';
import {alarmLine, chip, cleared, facts, titleOf, whereabouts} from '../parts.js';
import {nothing, panel} from '../panel.js';
import {change, href} from '../place.js';
import {cohortText, enumName, millis} from '../wire.js';
import {actions} from './actions.js';

const SHOWN = {open: ['STATE_PENDING', 'STATE_FIRING', 'STATE_SILENCED'], firing: ['STATE_FIRING'], resolved: ['STATE_RESOLVED'], all: []};
const STAGES = ['STAGE_PIPELINE', 'STAGE_VAD', 'STAGE_ROUTE', 'STAGE_ASR', 'STAGE_DELIVER'];

/** Shown before a change, at least: minutes, so that the newest change is not a point at the edge. */
const BEFORE_MS = 1_200_000;

/** The view: a list, and one alarm beside it. */
export default function alarms({place, feed}) {
  const state = SHOWN[place.params.get('state')] ? place.params.get('state') : 'all';
  const severity = place.params.get('severity') ?? '';
  const stage = place.params.get('stage') ?? '';
  let found = [];

  const list = panel({title: 'Alarms', key: 'list', bare: true, load: async signal => {
    const filter = {...(SHOWN[state].length > 0 ? {states: SHOWN[state]} : {}), ...(severity ? {minimumSeverity: severity} : {}),
      ...(stage ? {stage} : {})};
    const range = {startTime: new Date(place.range.start).toISOString(), endTime: new Date(place.range.end).toISOString()};
    return (await call('ListAlarms', {filter, range, pageSize: 200}, signal)).alarms ?? [];
  },
  show(own) {
    found = own;
    return own.length > 0 ? h('div', {class: 'alarm-list'}, [...own].sort(byWeight).map(it => alarmLine(it, place.id)))
      : nothing('No alarm in this range', 'With these filters. A longer range shows more history.');
  }});

  const aside = place.id ? detail(place, feed, () => found) : undefined;
  const off = feed.listen(() => list.refresh());
  return {
    title: 'Alarms',
    element: h('div', {class: 'view'}, h('h1', {tabindex: -1}, 'Alarms'),
      h('div', {class: 'filters wide', role: 'group', 'aria-label': 'Filters'},
        filter('State', 'state', [['all', 'All'], ['open', 'Open'], ['firing', 'Firing'], ['resolved', 'Resolved']], state),
      filter('Severity', 'severity', [['', 'Any'], ...SEVERITIES.slice(1).map(it => [it, `${enumName(it, 'SEVERITY_')} or worse`])], severity),
      filter('Stage', 'stage', [['', 'Any'], ...STAGES.map(it => [it, stageName(it)])], stage)),
      h('div', {class: `split wide ${aside ? 'both' : ''}`}, list.element, aside?.element)),
    async refresh() {
      await list.refresh();
      await aside?.refresh();
    },
    close() {
      off();
      list.close();
      aside?.close();
    },
  };
}

function filter(name, key, options, chosen) {
  const pick = h('select', {'data-key': `filter ${key}`, onchange: () => change({[key]: pick.value})},
    options.map(([value, text]) => h('option', {value, selected: value === chosen}, text)));
  return h('label', {class: 'pick'}, h('span', null, name), pick);
}

/** One alarm. It is taken from what is on, else from what the list found, else from all that are kept. */
function detail(place, feed, listed) {
  const body = h('div', {class: 'detail-body'});
  let shownTag;
  let chart;
  const show = panel({title: 'Alarm', key: 'detail', load: async signal => {
    // Only for the units of the evidence.
    await metrics(signal).catch(() => undefined);
    const near = [...listed(), ...feed.open].find(it => it.alarmId === place.id);
    const alarm = near ?? (await call('ListAlarms', {pageSize: 500}, signal)).alarms?.find(it => it.alarmId === place.id);
    return alarm;
  },
  show(alarm, holder) {
    if (!alarm) return nothing('No such alarm', 'It may be older than what the monitor keeps.');
    // Made anew only when it changed: somebody may be writing a note.
    if (shownTag === (alarm.etag ?? alarm.state) && holder.contains(body)) return undefined;
    shownTag = alarm.etag ?? alarm.state;
    chart = around(place, alarm);
    fill(body, one(alarm, chart, updated => {
      feed.take(updated, alarm.state);
      const at = listed().findIndex(it => it.alarmId === updated.alarmId);
      if (at >= 0) listed()[at] = updated;
      shownTag = undefined;
      show.refresh();
    }));
    chart?.refresh();
    return body;
  }});
  return {
    element: show.element,
    async refresh() {
      await show.refresh();
      await chart?.refresh();
    },
    close() {
      show.close();
      chart?.close();
    },
  };
}

/** The metric from some time before the change to some time after it. */
function around(place, alarm) {
  const from = millis(alarm.changeTime ?? alarm.firingTime ?? alarm.pendingTime);
  if (!alarm.metric || from === undefined) return undefined;
  const here = {...place, params: new URLSearchParams({model: alarm.modelVersion ?? '', cohort: cohortText(alarm.cohort)}),
    get range() {
      const until = Math.min(Date.now(), (millis(alarm.resolvedTime) ?? Date.now()) + 1_800_000);
      return {start: from - Math.max(BEFORE_MS, until - from), end: until};
    }};
  return panel({title: 'Around the change', level: 'h3', load: signal => series(here, alarm.metric, signal), show: metricChart(here, {height: 150})});
}

function one(alarm, chart, onUpdate) {
  const change = enumName(alarm.change, 'CHANGE_KIND_');
  const drift = {DRIFT_KIND_DATA: 'inputs moved (data drift)', DRIFT_KIND_CONCEPT: 'outcomes moved on the same inputs (concept drift)'}[alarm.drift];
  return [h('div', {class: `alarm-head ${look(alarm)}`}, h('p', null, chip(alarm), h('span', {class: 'note'}, ` ${whereabouts(alarm)}`)),
    h('h3', {class: 'title'}, titleOf(alarm))),
  alarm.nextStep && h('div', {class: 'next'}, h('p', {class: 'name'}, 'What to do'), h('p', null, alarm.nextStep)),
  facts([['Change', change], ['What moved', drift], ['Began, as estimated', moment(millis(alarm.changeTime))],
    ['First seen', moment(millis(alarm.pendingTime))], ['Fired', alarm.firingTime && moment(millis(alarm.firingTime))],
    [cleared(alarm) ? 'Came to nothing' : 'Resolved', alarm.resolvedTime && moment(millis(alarm.resolvedTime))],
    ['Seen by', alarm.acknowledgement && `${alarm.acknowledgement.actor}, ${moment(millis(alarm.acknowledgement.acknowledgeTime))}`],
    ['Silenced until', alarm.silence && `${moment(millis(alarm.silence.untilTime))}${alarm.silence.allAlike ? ', all alike' : ''}`],
    ['Snoozed until', alarm.snoozedUntil && moment(millis(alarm.snoozedUntil))]]),
  actions(alarm, onUpdate),
  chart?.element,
  alarm.attribution && attribution(alarm.attribution),
  (alarm.evidence ?? []).length > 0 && h('section', {'aria-label': 'Evidence'}, h('h3', null, 'Evidence'), alarm.evidence.map(it => evidence(it))),
  (alarm.annotations ?? []).length > 0 && h('section', {'aria-label': 'Notes'}, h('h3', null, 'Notes'), h('ol', {class: 'notes'},
    alarm.annotations.map(it => h('li', null, h('p', null, it.text), h('p', {class: 'note'}, `${it.actor}, ${moment(millis(it.annotateTime))}`))))),
  h('p', {class: 'links'}, h('a', {href: href('utterances', '', {cohort: cohortText(alarm.cohort), model: alarm.modelVersion,
    nulls: alarm.metric === 'asr.null_transcripts' ? '1' : null}), 'data-key': 'those'}, 'Utterances of this alarm'))];
}

