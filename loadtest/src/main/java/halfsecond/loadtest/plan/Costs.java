// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import java.util.List;

/**
 * What one utterance was measured to cost, and what is resident for it. CPU is milliseconds of one
 * core. The keys of a costs file are these names.
 *
 * @param routerCpuMillis of the router for one utterance, above 0
 * @param vadCpuMillis of voice activity detection for one utterance, above 0
 * @param asrCpuMillis of recognition for one utterance, everything included, above 0
 * @param finishMillis the part of {@code asrCpuMillis} that falls after the last block of audio
 * @param blockSpread standard deviation over mean of the cost of a block; 0: all the same, 1:
 *     exponential
 * @param overheadMillis of the final latency that is neither waiting for the end nor recognition
 * @param utteranceSeconds mean length of an utterance's audio
 * @param lengthsSeconds lengths to draw from; empty: all of mean length
 * @param routerBaseBytes resident in a router without sessions
 * @param vadBaseBytes the same of voice activity detection
 * @param asrBaseBytes the same of recognition, with its model
 * @param routerSessionBytes for each open session
 * @param vadSessionBytes for each open session
 * @param asrClipBytes for each clip being recognized
 */
public record Costs(
    double routerCpuMillis,
    double vadCpuMillis,
    double asrCpuMillis,
    double finishMillis,
    double blockSpread,
    double overheadMillis,
    double utteranceSeconds,
    List<Double> lengthsSeconds,
    long routerBaseBytes,
    long vadBaseBytes,
    long asrBaseBytes,
    long routerSessionBytes,
    long vadSessionBytes,
    long asrClipBytes) {

  public Costs {
    lengthsSeconds = List.copyOf(lengthsSeconds);
    positive("routerCpuMillis", routerCpuMillis);
    positive("vadCpuMillis", vadCpuMillis);
    positive("asrCpuMillis", asrCpuMillis);
    positive("utteranceSeconds", utteranceSeconds);
    if (!(finishMillis >= 0 && finishMillis < asrCpuMillis)) {
      throw new IllegalArgumentException(
          "finishMillis is " + finishMillis + "; 0 up to below asrCpuMillis is possible");
    }
    notNegative("blockSpread", blockSpread);
    notNegative("overheadMillis", overheadMillis);
    lengthsSeconds.forEach(length -> positive("lengthsSeconds", length));
    long least = Math.min(routerBaseBytes, Math.min(vadBaseBytes, asrBaseBytes));
    least = Math.min(least, Math.min(routerSessionBytes, Math.min(vadSessionBytes, asrClipBytes)));
    notNegative("the least number of bytes", (double) least);
  }

  /** CPU seconds of recognition for a second of audio, the finish included. */
  public double realTimeFactor() {
    return asrCpuMillis / 1000 / utteranceSeconds;
  }

  private static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be above 0");
    }
  }

  private static void notNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " is " + value + "; it must not be negative");
    }
  }
}
