// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.serving;

import halfsecond.asr.recognition.RecognizerPool;
import java.time.Duration;

/**
 * What bounds the loaded models.
 *
 * @param pool the recognizers that each version keeps warm
 * @param phraseModelIdle how long the second copy of a model that phrase lists need stays loaded
 *     unused
 * @param memoryReserveBytes memory that must remain available after a load
 */
public record ServingLimits(
    RecognizerPool.Limits pool, Duration phraseModelIdle, long memoryReserveBytes) {}
