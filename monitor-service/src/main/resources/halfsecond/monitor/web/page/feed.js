// SPDX-License-Identifier: Apache-2.0
// The alarms that are on, kept up to date: by WatchAlarms where it is served, else by asking again and again.

import {ApiError, call, stream} from './api.js';
import {millis, num} from './wire.js';

const AGAIN_MS = 3_000;
const POLL_MS = 10_000;
const OPEN = ['STATE_PENDING', 'STATE_FIRING', 'STATE_SILENCED'];

export const SEVERITIES = ['SEVERITY_UNSPECIFIED', 'SEVERITY_INFO', 'SEVERITY_WARNING', 'SEVERITY_CRITICAL'];

/** The word that styles are chosen by: critical, warning, info, pending, silenced or resolved. */
export function look(alarm) {
  if (alarm.state === 'STATE_FIRING') return (alarm.severity ?? 'SEVERITY_INFO').replace('SEVERITY_', '').toLowerCase();
  return (alarm.state ?? 'STATE_PENDING').replace('STATE_', '').toLowerCase();
}

const ORDER = ['STATE_FIRING', 'STATE_PENDING', 'STATE_SILENCED', 'STATE_RESOLVED'];

/** What is on first, of those the worst, of those the newest. */
export function byWeight(a, b) {
  return ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity)
    || (millis(b.firingTime ?? b.pendingTime) ?? 0) - (millis(a.firingTime ?? a.pendingTime) ?? 0);
}

/** An alarm as a mark on a chart. */
export const markOf = alarm => ({
  from: millis(alarm.changeTime ?? alarm.firingTime ?? alarm.pendingTime), to: millis(alarm.resolvedTime),
  state: look(alarm), title: alarm.title,
});

/** Follows the alarms from `start` until `stop`; `state` is unknown, live, polled or absent. */
export class Feed {
  #alarms = new Map();
  #listeners = new Set();
  #abort;
  #sequence = 0;
  state = 'unknown';

  get open() {
    return [...this.#alarms.values()].filter(it => OPEN.includes(it.state)).sort(byWeight);
  }

  get firing() {
    return this.open.filter(it => it.state === 'STATE_FIRING');
  }

  /** Tells of every change; returns what ends that. */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start() {
    if (this.#abort) return;
    this.#abort = new AbortController();
    this.#follow(this.#abort.signal);
  }

  stop() {
    this.#abort?.abort();
    this.#abort = undefined;
  }

  /** Takes the newest state of an alarm, e.g. after an update. */
  take(alarm, was) {
    this.#alarms.set(alarm.alarmId, alarm);
    for (const listener of this.#listeners) listener(alarm, was);
  }

  async #follow(signal) {
    while (!signal.aborted) {
      try {
        if (this.#sequence === 0) this.#alarms.clear();
        const request = this.#sequence === 0 ? {} : {resumeAfter: String(this.#sequence)};
        await stream('WatchAlarms', request, it => this.#received(it), signal);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ApiError && error.code === 'UNIMPLEMENTED') return this.#poll(signal);
        // Also when what was missed is no longer kept: then everything that is on is sent anew.
        if (error instanceof ApiError && error.code === 'OUT_OF_RANGE') this.#sequence = 0;
      }
      await pause(AGAIN_MS, signal);
    }
    return undefined;
  }

  #received(event) {
    this.#is('live');
    if (!event) return;
    this.#sequence = Math.max(this.#sequence, num(event.sequence));
    if (event.alarm) this.take(event.alarm, event.previousState);
  }

  async #poll(signal) {
    while (!signal.aborted) {
      try {
        const {alarms = []} = await call('ListAlarms', {filter: {states: OPEN}, pageSize: 500}, signal);
        this.#alarms = new Map(alarms.map(it => [it.alarmId, it]));
        this.#is('polled');
        for (const listener of this.#listeners) listener();
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ApiError && error.code === 'UNIMPLEMENTED') this.#is('absent');
      }
      await pause(POLL_MS, signal);
    }
  }

  #is(state) {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.#listeners) listener();
  }
}

function pause(ms, signal) {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, {once: true});
  });
}
