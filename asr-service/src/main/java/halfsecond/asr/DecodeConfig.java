// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr;

import halfsecond.asr.recognition.ClipLimits;
import halfsecond.asr.recognition.HangWatchdog;
import halfsecond.asr.recognition.Scheduling;
import halfsecond.common.config.ConfigReader;
import java.time.Duration;

/**
 * How clips are decoded.
 *
 * @param threads threads that decode
 * @param scheduling which clip gets the next free one
 * @param hangLimit time that one block may take before the process is given up
 * @param clips what bounds the clips in progress
 */
public record DecodeConfig(
    int threads, Scheduling scheduling, Duration hangLimit, ClipLimits clips) {
  private static final int MOST_THREADS = 1_024;
  private static final int MOST_LATE_CLIPS = 10_000;

  static DecodeConfig from(ConfigReader reader) {
    int given = reader.integer("threads", 0, MOST_THREADS);
    int threads = given == 0 ? Runtime.getRuntime().availableProcessors() : given;
    double cores = reader.decimal("cores", 0, MOST_THREADS);
    return new DecodeConfig(
        threads,
        reader.enumeration("scheduling", Scheduling.class),
        reader.duration("hang-limit", HangWatchdog.MIN_LIMIT, Duration.ofMinutes(10)),
        new ClipLimits(
            reader.duration("max-backlog", Duration.ofMillis(200), Duration.ofSeconds(35)),
            reader.integer("max-late-clips", 0, MOST_LATE_CLIPS),
            cores == 0 ? threads : cores));
  }
}
