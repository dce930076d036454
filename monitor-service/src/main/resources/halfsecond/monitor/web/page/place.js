// SPDX-License-Identifier: Apache-2.0
// The address holds all that is chosen: view, time range, filters. Sending it to somebody shows them the same.

const RANGES = {'15m': 900, '1h': 3600, '6h': 21_600, '24h': 86_400, '7d': 604_800, '14d': 1_209_600};
const DEFAULT = '1h';

export const ranges = [['15m', '15 min'], ['1h', '1 h'], ['6h', '6 h'], ['24h', '24 h'], ['7d', '7 d'], ['14d', '14 d']];

/** What the address says: {view, id, params}. */
export function read() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [view, ...rest] = path.split('/');
  let id = rest.join('/');
  try {
    id = decodeURIComponent(id);
  } catch {
    id = '';
  }
  return {view: view || 'overview', id, params: new URLSearchParams(query ?? '')};
}

/** The address of another place. Range, model and cohort stay unless changed; null removes a parameter. */
export function href(view, id = '', changes = {}) {
  const now = read();
  const params = new URLSearchParams();
  const kept = view === now.view ? [...now.params.keys()] : ['range', 'model', 'cohort'];
  for (const key of kept) if (now.params.has(key)) params.set(key, now.params.get(key));
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === '') params.delete(key);
    else params.set(key, value);
  }
  const query = params.toString().replaceAll('%3A', ':').replaceAll('%40', '@').replaceAll('%2F', '/');
  return `#/${view}${id ? `/${encodeURIComponent(id)}` : ''}${query ? `?${query}` : ''}`;
}

/** Changes parameters of the present view. */
export function change(changes) {
  const now = read();
  location.hash = href(now.view, now.id, changes);
}

/** The range asked for in milliseconds: {start, end, live, word}. A live one ends now. */
export function rangeOf(params) {
  const word = params.get('range') ?? DEFAULT;
  const fixed = word.split('/').map(it => Date.parse(it));
  if (fixed.length === 2 && fixed[0] < fixed[1]) {
    return {start: fixed[0], end: fixed[1], live: false, word};
  }
  const known = RANGES[word] ? word : DEFAULT;
  const end = Date.now();
  return {start: end - RANGES[known] * 1000, end, live: true, word: known};
}

/** The same range as one that does not move, for a link that still shows this tomorrow. */
export function pinned(range) {
  const whole = ms => new Date(Math.round(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  return `${whole(range.start)}/${whole(range.end)}`;
}
