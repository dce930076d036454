// SPDX-License-Identifier: Apache-2.0
// What people do about an alarm: seen, later, not again, a note.

import {ApiError, call} from '../api.js';
import {fill, h} from '../dom.js';
import {remember, remembered} from '../theme.js';
import {millis} from '../wire.js';

const HOUR_MS = 3_600_000;
const SNOOZES = [['1', '1 hour'], ['8', '8 hours'], ['24', '1 day'], ['168', '1 week']];
const SILENCES = [['24', '1 day'], ['168', '1 week'], ['720', '30 days'], ['2160', '90 days']];

const until = hours => new Date(Date.now() + Number(hours) * HOUR_MS - 60_000).toISOString();

function choice(name, key, options) {
  const select = h('select', {'data-key': key}, options.map(([value, text]) => h('option', {value}, text)));
  return {element: h('label', {class: 'pick'}, h('span', null, name), select), get value() {
    return select.value;
  }};
}

/** The actions on an alarm; `onUpdate` gets the alarm as the monitor then has it. */
export function actions(alarm, onUpdate) {
  const resolved = alarm.state === 'STATE_RESOLVED';
  const status = h('p', {class: 'status', role: 'status'});
  const who = h('input', {type: 'text', maxlength: 100, value: remembered('actor', ''), 'data-key': 'actor', autocomplete: 'username',
    oninput: () => remember('actor', who.value.trim())});
  const text = h('textarea', {rows: 2, maxlength: 2000, 'data-key': 'comment'});
  const snooze = choice('Remind in', 'snooze for', SNOOZES);
  const silence = choice('Silence for', 'silence for', SILENCES);
  const alike = h('input', {type: 'checkbox', 'data-key': 'alike'});

  async function act(action, needsText) {
    if (who.value.trim() === '') return say('Say who you are first: it is kept with the alarm.', who);
    if (needsText && text.value.trim() === '') return say('Write why, or what you found.', text);
    say('Sending');
    try {
      const response = await call('UpdateAlarm', {alarmId: alarm.alarmId, actor: who.value.trim(), ...(alarm.etag ? {etag: alarm.etag} : {}), ...action});
      say('Recorded');
      onUpdate(response.alarm);
    } catch (e) {
      const what = !(e instanceof ApiError) ? String(e.message)
        : e.code === 'UNIMPLEMENTED' ? 'Not available from this monitor.'
          : e.code === 'FAILED_PRECONDITION' ? 'Somebody else changed it, or it is resolved. Look again, then repeat.' : e.message;
      say(what);
    }
    return undefined;
  }

  function say(what, where) {
    status.textContent = what;
    where?.focus();
  }

  const comment = () => text.value.trim();
  const button = (name, key, run, quiet) => h('button', {type: 'button', 'data-key': key, class: quiet ? 'quiet' : '', onclick: run}, name);
  const silenced = alarm.state === 'STATE_SILENCED';
  const snoozed = alarm.snoozedUntil && millis(alarm.snoozedUntil) > Date.now();
  const form = h('section', {class: 'actions-form', 'aria-label': 'Actions'});
  fill(form,
    h('div', {class: 'row'}, h('label', {class: 'field'}, h('span', null, 'Your name'), who),
      h('label', {class: 'field wide'}, h('span', null, 'Note or reason'), text)),
    h('div', {class: 'row'},
      !resolved && button(alarm.acknowledgement ? 'Acknowledge again' : 'Acknowledge', 'acknowledge', () => act({acknowledge: {comment: comment()}})),
      button('Add note', 'annotate', () => act({annotate: {text: comment()}}, true), true),
      !resolved && h('span', {class: 'pair'}, snooze.element, button(snoozed ? 'Snooze again' : 'Snooze', 'snooze',
        () => act({snooze: {untilTime: until(snooze.value)}}), true)),
      !resolved && !silenced && h('span', {class: 'pair'}, silence.element, h('label', {class: 'check'}, alike, ' all alike'),
        button('Silence', 'silence', () => act({silence: {untilTime: until(silence.value), allAlike: alike.checked, comment: comment()}}, true), true)),
      silenced && button('Undo the silence', 'unsilence', () => act({unsilence: {comment: comment()}}))),
    status);
  return form;
}
