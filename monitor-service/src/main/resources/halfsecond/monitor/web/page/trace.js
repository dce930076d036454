// SPDX-License-Identifier: Apache-2.0
// Reads as much of opentelemetry.proto.trace.v1.TracesData as a waterfall needs.

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
const text = new TextDecoder();

/** Calls `field(number, value)` for each field: bytes, or a BigInt for numbers. */
function fields(bytes, field) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at];
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const number = tag >> 3;
    switch (tag & 7) {
      case VARINT:
        field(number, varint());
        break;
      case FIXED64:
        field(number, view.getBigUint64(at, true));
        at += 8;
        break;
      case BYTES: {
        const length = Number(varint());
        field(number, bytes.subarray(at, at + length));
        at += length;
        break;
      }
      case FIXED32:
        at += 4;
        break;
      default:
        return;
    }
  }
}

function all(bytes, wanted) {
  const found = [];
  fields(bytes, (number, value) => {
    if (number === wanted) found.push(value);
  });
  return found;
}

function serviceOf(resourceSpans) {
  for (const resource of all(resourceSpans, 1)) {
    for (const attribute of all(resource, 1)) {
      if (text.decode(all(attribute, 1)[0] ?? new Uint8Array()) === 'service.name') {
        return text.decode(all(all(attribute, 2)[0] ?? new Uint8Array(), 1)[0] ?? new Uint8Array());
      }
    }
  }
  return 'unknown';
}

function span(bytes, service) {
  const one = {service, name: '', start: 0, end: 0, failed: false};
  fields(bytes, (number, value) => {
    if (number === 5) one.name = text.decode(value);
    if (number === 7) one.start = Number(value / 1000n) / 1e6;
    if (number === 8) one.end = Number(value / 1000n) / 1e6;
    if (number === 15) fields(value, (n, code) => {
      if (n === 3) one.failed = code === 2n;
    });
  });
  return one;
}

/** The spans of a base64 TracesData by their start, times in seconds; none when there is no trace. */
export function spansOf(base64) {
  if (!base64) return [];
  const bytes = Uint8Array.from(atob(base64), it => it.charCodeAt(0));
  const found = all(bytes, 1).flatMap(resourceSpans => {
    const service = serviceOf(resourceSpans);
    return all(resourceSpans, 2).flatMap(scope => all(scope, 2).map(it => span(it, service)));
  });
  return found.sort((a, b) => a.start - b.start);
}
