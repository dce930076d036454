// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.util.OptionalLong;

/**
 * How far the detector is.
 *
 * @param processed samples before this one have been judged
 * @param acknowledged within an utterance: the clip reaches at least here
 */
public record VadProgress(long processed, OptionalLong acknowledged) {}
