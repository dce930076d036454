// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

/**
 * The one answer of a clip.
 *
 * @param complete false if the time to finish ran out before all of the clip was decoded; the text
 *     is then the last hypothesis
 * @param processedSamples samples that were decoded
 * @param rejected words were heard and withheld because they are more likely noise than speech; the
 *     text is then empty
 */
public record ClipResult(
    Recognition recognition,
    boolean complete,
    boolean rejected,
    long processedSamples,
    DecodeStatistics statistics) {}
