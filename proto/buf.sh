#!/bin/sh
# Lints the contract with buf. $1 = true: a missing npm is a failure, not a reason to skip.
set -eu
cd "$(dirname "$0")"
if ! command -v npm >/dev/null 2>&1; then
  if [ "${1:-false}" = true ]; then
    echo "proto: npm (Node.js 20 or newer) is not on the PATH, and -Dtools.required=true asks for buf" >&2
    exit 1
  fi
  echo "[WARNING] proto: npm (Node.js 20 or newer) is not on the PATH: buf lint is skipped"
  exit 0
fi
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
  if ! npm ci --ignore-scripts --no-audit --no-fund --silent; then
    if [ "${1:-false}" = true ]; then
      echo "proto: npm ci could not install buf, and -Dtools.required=true asks for it" >&2
      exit 1
    fi
    echo "[WARNING] proto: npm ci could not install buf: buf lint is skipped"
    exit 0
  fi
  touch node_modules/.package-lock.json
fi
# The descriptor set that the build wrote, because google/rpc comes out of a jar that buf does not see.
node_modules/.bin/buf lint target/proto.binpb --path halfsecond \
  --config '{"version":"v2","lint":{"use":["STANDARD","COMMENTS"]}}'
node_modules/.bin/buf format src/main/protobuf --diff --exit-code
