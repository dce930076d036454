// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

/**
 * The clip is complete.
 *
 * @param utteranceIndex as in {@link SpeechStarted}
 * @param clipStart as in {@link SpeechStarted}
 * @param clipEnd end of the clip, trailing padding included
 * @param speechStart as in {@link SpeechStarted}
 * @param speechEnd end of the last voiced frame: the end of speech
 * @param decided what had been heard of the audio when this was decided
 * @param reason why here
 * @param statistics what the clip sounds like
 */
public record SpeechEnded(
    long utteranceIndex,
    long clipStart,
    long clipEnd,
    long speechStart,
    long speechEnd,
    long decided,
    EndReason reason,
    ClipStatistics statistics) {}
