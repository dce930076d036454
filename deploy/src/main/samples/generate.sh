#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the sample clips beside this script with flite (Debian: flite), and nothing else. The clips are committed; run
# this only to change them. The same flite makes the same bytes.
set -eu
cd "$(dirname "$0")"

command -v flite >/dev/null 2>&1 || { echo "generate.sh: flite is not on the PATH (Debian: apt-get install flite)" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
raw="$work/clip.raw"

# A file begins with the clip, and each of these appends to it.
begin() { : > "$raw"; }

# say VOICE STRETCH TEXT: speech at 16 kHz, 16-bit, mono; a larger stretch is slower
say() {
  flite -voice "$1" --setf duration_stretch="$2" -t "$3" -o "$work/say.wav"
  tail -c +45 "$work/say.wav" >> "$raw" # without flite's header of 44 bytes
}

# silence MILLISECONDS
silence() { head -c $(($1 * 32)) /dev/zero >> "$raw"; }

# byte VALUE; number VALUE (32 bits, little-endian)
byte() { printf '%b' "$(printf '\\0%03o' "$1")"; }
number() { byte $(($1 % 256)); byte $(($1 / 256 % 256)); byte $(($1 / 65536 % 256)); byte $(($1 / 16777216)); }

# end NAME: writes the WAV file
end() {
  bytes=$(wc -c < "$raw")
  {
    printf 'RIFF'; number $((bytes + 36)); printf 'WAVEfmt '; number 16
    byte 1; byte 0; byte 1; byte 0           # PCM, one channel
    number 16000; number 32000
    byte 2; byte 0; byte 16; byte 0          # two bytes a sample, 16 bits
    printf 'data'; number "$bytes"; cat "$raw"
  } > "$1.wav"
}

# The first clip is the one that the demo streams.
begin; say slt 1.1 "how long does it take to drive to the airport"; silence 1000; end airport
begin; say rms 1.0 "turn on the lights in the kitchen"; silence 1000; say rms 1.0 "and play some music"; silence 400; end lights
begin; say kal16 1.0 "one two three four five six seven eight nine"; silence 400; end digits
begin; say awb 1.0 "please call my brother and tell him that i will be home late"; silence 400; end message
begin; say slt 1.0 "my sister lives in a small house near the river and she works at the hospital in the city"; silence 400; end sister
