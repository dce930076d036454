// SPDX-License-Identifier: Apache-2.0
// What views ask for, in the terms of the place they are at.

import {call} from './api.js';
import {axisUnit, metricName, number, valueFormat} from './format.js';
import {markOf} from './feed.js';
import {seriesChart} from './charts/series.js';
import {nothing} from './panel.js';
import {cohortLabel, cohortName, maybe, millis, num, seconds, timestamp} from './wire.js';

export const STAGES = ['STAGE_VAD', 'STAGE_ROUTE', 'STAGE_ASR', 'STAGE_DELIVER'];
/** Metrics that views know by name. The first that is declared counts. */
export const THROUGHPUT = ['pipeline.utterances', 'pipeline.throughput', 'route.utterances'];
export const LATENCY = ['pipeline.final_latency', 'pipeline.total_latency', 'pipeline.latency', 'pipeline.latency_seconds'];
export const NULLS = ['asr.null_transcripts'];

export const ALL_STAGES = ['STAGE_PIPELINE', ...STAGES];

/** The range, model version and cohort that the place asks for, as fields of a request. */
export function asked(place, {model = true, cohort = true} = {}) {
  const label = cohort ? cohortLabel(place.params.get('cohort')) : undefined;
  const version = model ? place.params.get('model') : undefined;
  return {
    range: {startTime: timestamp(place.range.start), endTime: timestamp(place.range.end)},
    ...(version ? {modelVersion: version} : {}),
    ...(label ? {cohort: label} : {}),
  };
}

/** One stage: the summary of all versions together, and each of them. With a version chosen both are that one. */
export async function summary(place, stage, signal, extra = {}) {
  const response = await call('GetStageSummary', {stage, ...asked(place), ...extra}, signal);
  const [first, ...rest] = response.summaries ?? [];
  return {all: first ?? {}, versions: first?.modelVersion ? [first] : rest, dropped: num(response.droppedRecords)};
}

/** The declared metrics. Asked for once a minute at most: they hardly ever change. */
let known;
let knownAt = 0;
export async function metrics(signal) {
  if (!known || Date.now() - knownAt > 60_000) {
    known = (await call('ListMetrics', {}, signal)).declarations ?? [];
    knownAt = Date.now();
  }
  return known;
}

/** What was declared of a metric, as far as that has been asked for. */
export const declared = metric => known?.find(it => it.metric === metric);

/** The first of these metrics that is declared. */
export async function firstMetric(names, signal) {
  const all = await metrics(signal);
  return names.map(name => all.find(it => it.metric === name)).find(it => it);
}

/** A metric over time, for the place's model version and cohort unless the request names others. */
export function series(place, metric, signal, {modelVersions, cohorts, ranks} = {}) {
  const {range, modelVersion, cohort} = asked(place);
  // The contract tells series apart by version or by cohort, never by both.
  const byVersion = modelVersions ?? (modelVersion && !cohort ? [modelVersion] : undefined);
  const byCohort = cohorts ?? (cohort && !modelVersions ? [cohort] : undefined);
  return call('QuerySeries', {
    metric, range, ...(byVersion ? {modelVersions: byVersion} : {}), ...(byCohort ? {cohorts: byCohort} : {}),
    ...(ranks ? {quantileRanks: ranks} : {}),
  }, signal);
}

export const points = one => (one?.points ?? []).map(p => ({
  t: millis(p.startTime), value: num(p.value), lower: maybe(p.expectedLower), upper: maybe(p.expectedUpper), count: num(p.count),
  quantiles: p.quantiles ?? [],
}));

const rankName = rank => `p${Number((rank * 100).toFixed(1))}`;

/** The lines of one series: its value with the band, and its quantiles. */
export function linesOf(one, declaration) {
  const own = points(one);
  const ranks = [...new Set(own.flatMap(p => p.quantiles.map(q => num(q.rank))))].sort((a, b) => b - a);
  const sides = ranks.map(rank => ({
    name: rankName(rank), kind: 'side',
    points: own.flatMap(p => {
      const found = p.quantiles.find(q => num(q.rank) === rank);
      return found ? [{t: p.t, value: num(found.value), count: p.count}] : [];
    }),
  }));
  const main = {name: declaration?.kind === 'METRIC_KIND_DISTRIBUTION' ? 'mean' : '', kind: 'main', points: own};
  return [...sides, main];
}

export const nameOf = one => (one.cohort ? cohortName(one.cohort) : one.modelVersion || 'all');

/** Shows the answer of QuerySeries in a body that keeps its chart from one answer to the next. */
export function metricChart(place, {limits, lines, height, label} = {}) {
  let chart;
  return (response, body) => {
    const declaration = response.declaration ?? {};
    const all = response.series ?? [];
    const drawn = lines ? lines(all, declaration) : all.slice(0, 1).flatMap(one => linesOf(one, declaration));
    if (!drawn.some(it => it.points.length > 0)) {
      chart = undefined;
      return nothing('No data in this range', 'Nothing was measured, or it is older than what the monitor keeps.');
    }
    const given = {
      label: label ?? `${metricName(declaration.metric ?? '')} over time`, lines: drawn, limits, height,
      step: (seconds(response.step) ?? 60) * 1000, start: place.range.start, end: place.range.end,
      ...axis(declaration), alarms: (response.alarms ?? []).map(markOf),
    };
    if (chart && body.contains(chart.element)) {
      chart.update(given);
      return undefined;
    }
    chart = seriesChart(given);
    return chart.element;
  };
}

/** How a chart of a metric writes values, and from where it draws them: rates and levels from zero. */
export function axis(declaration) {
  const format = valueFormat(declaration);
  const unit = axisUnit(declaration);
  return {format, unit, tick: unit ? it => number(it) : format,
    floor: declaration.kind !== 'METRIC_KIND_DISTRIBUTION', binary: declaration.unit === 'By'};
}
