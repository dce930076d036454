// SPDX-License-Identifier: Apache-2.0
// Calls of halfsecond.monitor.v1.MonitorService in the JSON form of its messages.

const SERVICE = 'halfsecond.monitor.v1.MonitorService/';
const TIMEOUT_MS = 30_000;
const CODES = ['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS',
  'PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED',
  'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'];

/** A call that did not end with OK. `code` is a gRPC code, or UNREACHABLE when nothing answered. */
export class ApiError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Told of every change between answering and not answering: {reachable, since}. */
export const connection = {reachable: true, since: Date.now(), listener: () => {}};

function reached(reachable) {
  if (connection.reachable === reachable) return;
  connection.reachable = reachable;
  connection.since = Date.now();
  connection.listener();
}

function toError(status) {
  return new ApiError(CODES[status.code ?? 2] ?? 'UNKNOWN', status.message || 'no reason was given');
}

async function post(method, request, signal) {
  try {
    const response = await fetch(SERVICE + method, {
      method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(request), signal,
    });
    reached(true);
    return response;
  } catch (e) {
    if (signal.aborted && signal.reason?.name !== 'TimeoutError') throw e;
    reached(false);
    throw new ApiError('UNREACHABLE', 'The monitor does not answer.');
  }
}

async function failure(response) {
  let status;
  try {
    status = await response.json();
  } catch {
    status = {code: 2, message: `HTTP ${response.status}`};
  }
  return toError(status);
}

/** Methods that are not served, and when that was last said: asking every few seconds would be noise. */
const missing = new Map();
const ASK_AGAIN_MS = 60_000;

function notServed(method) {
  const at = missing.get(method);
  return at !== undefined && Date.now() - at.at < ASK_AGAIN_MS ? at.error : undefined;
}

async function refused(method, response) {
  const error = await failure(response);
  if (error.code === 'UNIMPLEMENTED') missing.set(method, {at: Date.now(), error});
  return error;
}

/** One request, one response. Throws ApiError, or AbortError when the signal says so. */
export async function call(method, request, signal) {
  const known = notServed(method);
  if (known) throw known;
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  const response = await post(method, request, signal ? AbortSignal.any([signal, limit]) : limit);
  if (!response.ok) throw await refused(method, response);
  return response.json();
}

/** One request, many responses, one a line. Returns when the monitor ends the stream; throws like `call`. */
export async function stream(method, request, onMessage, signal) {
  const known = notServed(method);
  if (known) throw known;
  const response = await post(method, request, signal);
  if (!response.ok) throw await refused(method, response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    let piece;
    try {
      piece = await reader.read();
    } catch (e) {
      if (signal.aborted) throw e;
      throw new ApiError('UNREACHABLE', 'The monitor does not answer.');
    }
    if (piece.done) return;
    const lines = (rest + piece.value).split('\n');
    rest = lines.pop();
    for (const line of lines.filter(it => it !== '')) {
      const message = JSON.parse(line);
      if (message.error) throw toError(message.error);
      onMessage(message.result);
    }
  }
}
