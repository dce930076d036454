// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import java.util.OptionalLong;

/**
 * How far detection is.
 *
 * @param processed all samples before this one have been judged
 * @param acknowledged within an utterance: its clip holds at least everything before this sample
 */
public record Progress(long processed, OptionalLong acknowledged) {}
