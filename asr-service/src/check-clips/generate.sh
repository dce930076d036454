#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Synthesizes the check clips of clips.tsv with flite (Debian: apt-get install flite) into the resources of
# halfsecond.asr.model. The clips are committed; run this only to change them.
set -eu
cd "$(dirname "$0")"
out=../main/resources/halfsecond/asr/model/check-clips
command -v flite >/dev/null 2>&1 || { echo "flite is not on the PATH (Debian: apt-get install flite)" >&2; exit 1; }
mkdir -p "$out"
rm -f "$out"/*.wav
: > "$out/references.txt"
while IFS="$(printf '\t')" read -r name voice text; do
  flite -voice "$voice" -t "$text" -o "$out/$name.wav"
  printf '%s %s\n' "$name" "$text" >> "$out/references.txt"
done < clips.tsv
