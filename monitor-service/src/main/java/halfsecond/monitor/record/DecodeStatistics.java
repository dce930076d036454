// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What recognition cost; null where it is not known.
 *
 * @param realTimeFactor processor time of decoding over audio time, 0 to 1000
 * @param backend the replica that answered, may be empty
 */
public record DecodeStatistics(
    @Nullable Duration decodeTime,
    @Nullable Duration maxQueueTime,
    @Nullable Duration finalizeTime,
    @Nullable Double realTimeFactor,
    String backend) {
  public DecodeStatistics {
    Limits.upToIfSet("decode.decode_time", decodeTime, Limits.LONGEST);
    Limits.upToIfSet("decode.max_queue_time", maxQueueTime, Limits.LONGEST);
    Limits.upToIfSet("decode.finalize_time", finalizeTime, Limits.LONGEST);
    Limits.betweenIfSet("decode.real_time_factor", realTimeFactor, 0, 1_000);
    Limits.name("decode.backend", backend);
  }
}
