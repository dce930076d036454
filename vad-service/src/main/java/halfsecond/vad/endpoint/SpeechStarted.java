// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

/**
 * The minimum speech has been heard.
 *
 * @param utteranceIndex 0 for the first utterance, then one more each time
 * @param clipStart first sample of the clip, pre-roll included; never before the previous clip's
 *     end
 * @param speechStart first sample of the first voiced frame
 * @param acknowledged the clip holds at least {@code [clipStart, acknowledged)}
 * @param processed all samples before this one have been judged
 */
public record SpeechStarted(
    long utteranceIndex, long clipStart, long speechStart, long acknowledged, long processed) {}
