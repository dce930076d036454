// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

/**
 * An utterance is in progress. Positions are samples at 16 kHz of the session.
 *
 * @param clipStart first sample of the clip, pre-roll included
 * @param speechStart first sample of the first voiced frame
 * @param acknowledged the clip holds at least [clipStart, acknowledged)
 * @param traceParent W3C traceparent of the utterance; empty to begin a new trace
 * @param arrivalNanos when this was known here
 */
public record SpeechStarted(
    long clipStart, long speechStart, long acknowledged, String traceParent, long arrivalNanos) {}
