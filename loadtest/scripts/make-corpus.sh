#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Speaks the queries of src/main/corpus/queries.txt and packs them into src/main/resources. The same flite gives the
# same bytes. Needs flite (Debian: apt install flite) with the voices slt, rms, awb and kal16, and a JDK.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v flite > /dev/null || { echo "flite is missing: apt install flite" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
voices=(slt rms slt awb slt kal16 rms slt)
stretches=(1.05 1.10 1.15 1.22 1.00)
shifts=(1.00 0.96 1.04)
# Mean pitch in hertz for the voice that knows no shift.
pitches=(100 94 108)

n=0
while IFS= read -r text; do
  [[ -z $text || $text == \#* ]] && continue
  n=$((n + 1))
  name=$(printf 'q%03d' "$n")
  voice=${voices[$((n % 8))]}
  if [[ $text == *:* ]]; then
    voice=${text%%: *}
    text=${text#*: }
  fi
  level=$((-30 + n * 7 % 16))
  part=0
  IFS='|' read -ra parts <<< "$text"
  for words in "${parts[@]}"; do
    part=$((part + 1))
    flite -voice "$voice" \
      --setf "duration_stretch=${stretches[$((n / 8 % 5))]}" \
      --setf "f0_shift=${shifts[$((n / 40 % 3))]}" \
      --setf "int_f0_target_mean=${pitches[$((n / 40 % 3))]}" \
      -t "$words" -o "$work/$name-$part.wav"
  done
  echo "$name $level $part $(tr -d '|' <<< "$text" | tr -s ' ')" >> "$work/list"
done < src/main/corpus/queries.txt

java scripts/PackCorpus.java "$work" src/main/resources/halfsecond/loadtest/corpus
