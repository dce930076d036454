// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

/** Opens judges. Safe for use by any thread. */
@FunctionalInterface
public interface JudgeFactory {
  /**
   * A judge for one new stream, owned by the caller.
   *
   * @param sampleRateHertz 8000, 16000, 32000 or 48000
   * @param frameMillis 10, 20 or 30
   * @param aggressiveness 0 (most speech kept) to 3 (most noise rejected)
   */
  FrameJudge open(int sampleRateHertz, int frameMillis, int aggressiveness);
}
