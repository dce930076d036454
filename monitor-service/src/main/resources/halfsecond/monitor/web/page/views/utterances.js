// SPDX-License-Identifier: Apache-2.0
// Utterances: a list to look through, and one of them from beginning to end. Never what was said.

import {call} from '../api.js';
import {waterfall} from '../charts/budget.js';
import {asked} from '../data.js';
import {fill, h} from '../dom.js';
import {count, moment, number, percent, span} from '../format.js';
import {facts} from '../parts.js';
import {group, nothing, panel} from '../panel.js';
import {change, href} from '../place.js';
import {budget} from '../settings.js';
import {spansOf} from '../trace.js';
import {duration, enumName, maybe, millis, num, seconds} from '../wire.js';

/** The view. */
export default function utterances({place}) {
  return place.id ? one(place) : list(place);
}

function list(place) {
  const {params} = place;
  const pages = [];
  const request = token => ({...asked(place), pageSize: 50, ...(token ? {pageToken: token} : {}),
    ...(params.get('session') ? {sessionId: params.get('session')} : {}),
    ...(Number(params.get('slow')) > 0 ? {minimumLatency: duration(Number(params.get('slow')) / 1000)} : {}),
    ...(params.get('nulls') ? {nullTranscriptsOnly: true} : {}), ...(params.get('refused') ? {rejectedOnly: true} : {})});
  const results = panel({title: 'Newest first', wide: true, load: signal => call('ListUtterances', request(), signal), show(response) {
    pages[0] = response;
    return rows();
  }});

  function rows() {
    const records = pages.flatMap(it => it.records ?? []);
    if (records.length === 0) return nothing('No utterance in this range', 'With these filters. Only the newest are kept.');
    const next = pages.at(-1).nextPageToken;
    return [h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Utterances'}, table(records)),
      next && h('button', {type: 'button', class: 'quiet more', 'data-key': 'more', onclick: () => more(next)}, 'Older ones')];
  }

  async function more(token) {
    pages.push(await call('ListUtterances', request(token)));
    fill(results.element.querySelector('.body'), rows());
  }

  return {
    title: 'Utterances',
    element: h('div', {class: 'view'}, h('h1', {tabindex: -1}, 'Utterances'), search(params), results.element),
    ...group([{...results, refresh: () => (pages.length > 1 ? undefined : results.refresh())}]),
  };
}

function search(params) {
  const id = h('input', {type: 'search', 'data-key': 'find', placeholder: 'Utterance id', 'aria-label': 'Utterance id', maxlength: 64});
  const field = (name, key, props) => {
    const input = h('input', {'data-key': `f ${key}`, value: params.get(key) ?? '', onchange: () => change({[key]: input.value}), ...props});
    return h('label', {class: 'pick'}, h('span', null, name), input);
  };
  const box = (name, key) => {
    const input = h('input', {type: 'checkbox', 'data-key': `f ${key}`, checked: params.get(key) === '1',
      onchange: () => change({[key]: input.checked ? '1' : null})});
    return h('label', {class: 'check'}, input, ` ${name}`);
  };
  return h('div', {class: 'filters wide'},
    h('form', {role: 'search', class: 'find', onsubmit: event => {
      event.preventDefault();
      if (id.value.trim()) location.hash = href('utterances', id.value.trim());
    }}, id, h('button', {class: 'quiet'}, 'Open')),
    field('Session', 'session', {type: 'text', maxlength: 64, size: 14}), field('At least, ms', 'slow', {type: 'number', min: 0, step: 50, size: 6}),
    box('only null transcripts', 'nulls'), box('only refusals', 'refused'));
}

/** What the client got, in words, and whether that is bad. */
function outcome(record) {
  if (record.rejectedOutcome) return ['refused', enumName(record.rejectedOutcome.reason, 'ERROR_REASON_'), 'bad'];
  const own = record.finalOutcome;
  if (!own) return ['late answer', '', ''];
  const finality = enumName(own.finality, 'FINALITY_');
  if (own.noHypothesis) return ['no hypothesis', finality, 'bad'];
  if (own.nullTranscript) return [own.noiseRejected ? 'null, noise' : 'null transcript', finality, 'odd'];
  return [`${count(num(own.wordCount))} words`, finality, own.finality === 'FINALITY_DEADLINE' ? 'odd' : ''];
}

const PARTS = [['endpoint', 'endpointDecided'], ['route', 'routed'], ['asr', 'decodeDone'], ['deliver', 'sent']];

/** The breakdown as a bar on one scale for all rows. */
function bar(latency, most) {
  if (!latency) return '–';
  let before = 0;
  const total = seconds(latency.sent) ?? 0;
  const limit = seconds(latency.budget);
  return h('span', {class: 'breakdown'}, h('span', {class: `lane ${limit !== undefined && total > limit ? 'over' : ''}`, 'aria-hidden': 'true'},
    PARTS.map(([kind, field]) => {
      const to = seconds(latency[field]) ?? before;
      const width = Math.max(0, to - before) / most * 100;
      before = to;
      return h('i', {class: kind, css: {width: `${width.toFixed(2)}%`}});
    })), h('span', {class: 'figure'}, span(total)));
}

function table(records) {
  const most = Math.max(budget(), ...records.map(it => seconds(it.latency?.sent) ?? 0));
  return h('table', {class: 'records'}, h('caption', {class: 'unseen'}, 'Utterances, newest first'),
    h('thead', null, h('tr', null, ['Utterance', 'When', 'Model', 'Device', 'Clip', 'Final latency', 'Outcome'].map(it => h('th', {scope: 'col'}, it)))),
    h('tbody', null, records.map(it => {
      const [what, how, kind] = outcome(it);
      return h('tr', null, h('th', {scope: 'row'}, h('a', {href: href('utterances', it.utteranceId), 'data-key': `u ${it.utteranceId}`}, it.utteranceId)),
        h('td', null, moment(millis(it.eventTime), true)), h('td', null, it.model?.modelVersion ?? '–'), h('td', null, it.cohort?.device || '–'),
        h('td', null, span(seconds(it.clipDuration))), h('td', null, bar(it.latency, most)),
        h('td', {class: kind}, what, how && h('span', {class: 'note'}, ` ${how}`)));
    })));
}

function one(place) {
  const details = panel({title: 'Utterance', key: 'detail', bare: true, wide: true, load: signal => call('GetUtterance', {utteranceId: place.id}, signal),
    show(response, body) {
      // A record does not change; only a later one is worth drawing again.
      const tag = `${response.records?.length}/${response.feedback?.length ?? 0}/${response.trace?.length ?? 0}`;
      if (body.dataset.tag === tag) return undefined;
      body.dataset.tag = tag;
      return whole(response);
    }});
  return {
    title: place.id,
    element: h('div', {class: 'view'}, h('h1', {tabindex: -1}, place.id),
      h('p', {class: 'back wide'}, h('a', {href: href('utterances'), 'data-key': 'back'}, '← Utterances')), details.element),
    ...group([details]),
  };
}

function whole({records = [], feedback = [], trace}) {
  const first = records.find(it => num(it.revision) === 1) ?? records[0];
  if (!first) return nothing('Nothing is known about it');
  const late = records.find(it => it.lateAnswer);
  return [h('div', {class: 'cards'}, timeline(first, late), spans(trace), inputs(first), outputs(first, late), cost(first, late), context(first),
    feedback.length > 0 && h('section', {class: 'card'}, h('h3', null, 'What the user did'), h('ul', null, feedback.map(it => h('li', null,
      `${enumName(it.kind, 'KIND_')}, ${moment(millis(it.eventTime), true)}${it.delay ? `, ${span(seconds(it.delay))} after the final` : ''}`)))))];
}

function timeline(first, late) {
  const {latency} = first;
  if (!latency) {
    const refusal = first.rejectedOutcome;
    return h('section', {class: 'card broad'}, h('h2', null, 'Refused'), facts([['Reason', enumName(refusal?.reason, 'ERROR_REASON_')],
      ['After', span(seconds(refusal?.refusalLatency))]]));
  }
  const at = field => seconds(latency[field]) ?? 0;
  const speech = seconds(first.speechDuration);
  const rows = [
    ...(speech ? [{name: 'Speech', kind: 'speech', from: -Math.min(speech, 1), to: 0,
      note: speech > 1 ? `${span(speech)}, last second shown` : span(speech)}] : []),
    {name: 'Endpointing', kind: 'endpoint', from: 0, to: at('endpointDecided')},
    {name: 'Routing', kind: 'route', from: at('endpointDecided'), to: at('routed')},
    {name: 'Recognition', kind: 'asr', from: at('routed'), to: at('decodeDone')},
    {name: 'Delivery', kind: 'deliver', from: at('decodeDone'), to: at('sent')},
    ...(late?.lateAnswer.decodeDone ? [{name: 'Full answer', kind: 'late', from: at('sent'), to: seconds(late.lateAnswer.decodeDone)}] : []),
  ];
  return h('section', {class: 'card broad'}, h('h2', null, 'Timeline'),
    h('p', {class: 'note'}, `From the end of speech at ${moment(millis(first.eventTime), true)}: the final was sent after ${span(at('sent'))}`
      + `${latency.budget ? ` of ${span(seconds(latency.budget))}` : ', no budget'}.`),
    waterfall({label: 'Timeline of the utterance', rows, budget: seconds(latency.budget)}));
}

function spans(trace) {
  const found = spansOf(trace);
  if (found.length === 0) return null;
  const zero = found[0].start;
  return h('section', {class: 'card broad'}, h('h2', null, 'Trace'),
    h('p', {class: 'note'}, `${found.length} spans of ${[...new Set(found.map(it => it.service))].join(', ')}`),
    waterfall({label: 'Spans of the trace', rows: found.map(it => ({
      // Of a call the service and the method: their package says nothing more.
      name: it.name.replace(/^[\w.]+\.(?=\w+\/\w+$)/, ''), kind: it.failed ? 'failed' : 'asr', from: it.start - zero, to: it.end - zero}))}));
}

function inputs(it) {
  const clip = it.clip ?? {};
  const db = value => (value === undefined ? undefined : `${number(num(value))} dB`);
  return h('section', {class: 'card tall'}, h('h2', null, 'What came in'), facts([['Clip', it.clipDuration && span(seconds(it.clipDuration))],
    ['Speech', it.speechDuration && span(seconds(it.speechDuration))], ['Leading silence', clip.leadingSilence && span(seconds(clip.leadingSilence))],
    ['Trailing silence', clip.trailingSilence && span(seconds(clip.trailingSilence))], ['Voiced frames', it.clip && percent(num(clip.speechRatio))],
    ['Mean level', db(clip.meanLevelDbfs)], ['Peak level', db(clip.peakLevelDbfs)], ['Clipped samples', it.clip && percent(num(clip.clippingRatio))],
    ['Signal to noise', db(clip.signalToNoiseDb)], ['Pitch', clip.pitchHertz && `${number(num(clip.pitchHertz))} Hz`],
    ['Spectral centroid', clip.spectralCentroidHertz && `${number(num(clip.spectralCentroidHertz))} Hz`],
    ['Audio', `${enumName(it.encoding, 'AUDIO_ENCODING_')}, ${count(num(it.sampleRateHertz))} Hz`],
    ['Missing audio', it.audio?.missing && span(seconds(it.audio.missing))], ['Longest gap', it.audio?.longestGap && span(seconds(it.audio.longestGap))]]));
}

function outputs(it, late) {
  const own = it.finalOutcome;
  const [what, how] = outcome(it);
  return h('section', {class: 'card'}, h('h2', null, 'What came out'), facts([['Outcome', what], ['Ended by', how],
    ['Confidence', own?.confidence === undefined ? undefined : number(num(own.confidence))],
    ['Words a second', own?.wordsPerSecond === undefined ? undefined : number(num(own.wordsPerSecond))],
    ['Interim results', it.partials && `${count(num(it.partials.sent))} sent, ${count(num(it.partials.dropped))} dropped`],
    ['Words taken back', it.partials && count(num(it.partials.retractedWords))],
    ['Full answer', late && `${count(num(late.lateAnswer.wordCount))} words, ${count(num(late.lateAnswer.changedWords))} differ`],
    ['Words cut off', late && count(num(late.lateAnswer.truncatedWords))]]),
  h('p', {class: 'note'}, 'The words themselves are not here: the monitor is never told.'));
}

function cost(it, late) {
  const decode = it.decode ?? late?.decode;
  return h('section', {class: 'card'}, h('h2', null, 'Recognition'), facts([['Model', it.model?.modelVersion], ['Chosen by', it.model?.rule],
    ['With probability', it.model && percent(num(it.model.probability))], ['Rollout', it.model?.rolloutId], ['Arm', it.model?.arm],
    ['Replica', decode?.backend], ['Decoding', decode?.decodeTime && span(seconds(decode.decodeTime))],
    ['Longest wait for a thread', decode?.maxQueueTime && span(seconds(decode.maxQueueTime))],
    ['Finishing', decode?.finalizeTime && span(seconds(decode.finalizeTime))],
    ['Real-time factor', decode?.realTimeFactor === undefined ? undefined : number(maybe(decode.realTimeFactor))], ['Attempts', count(num(it.attempts))],
    ['Given up because', (it.replayCauses ?? []).map(c => enumName(c, 'REPLAY_CAUSE_')).join(', ') || undefined]]));
}

function context(it) {
  const {cohort = {}} = it;
  return h('section', {class: 'card'}, h('h2', null, 'Context'), facts([['Session', h('a', {href: href('utterances', '', {session: it.sessionId}),
    'data-key': 'session'}, it.sessionId)], ['Number in its session', num(it.sessionUtterances) ? count(num(it.sessionUtterances)) : undefined],
  ['Traffic', enumName(it.trafficClass, 'TRAFFIC_CLASS_')], ['App version', cohort.appVersion], ['Device', cohort.device], ['Region', cohort.region],
  ['Tenant', cohort.tenant], ['Trace', it.traceId]]));
}
