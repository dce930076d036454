// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.redo;

import java.time.Duration;
import java.time.Instant;

/**
 * Somebody has said substantially the same again soon after.
 *
 * @param utteranceId of what was said first
 * @param redoUtteranceId of what was said again
 * @param similarity of the two, 0 to 1
 * @param delay from the first final until speech began again
 * @param at wall clock when speech began again
 */
public record Redo(
    String utteranceId, String redoUtteranceId, double similarity, Duration delay, Instant at) {}
