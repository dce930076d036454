// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.config.ConfigReader;
import halfsecond.common.rpc.ChannelTargets;
import java.time.Duration;

/**
 * Replicas to call.
 *
 * @param resolveInterval how often names are resolved again
 * @param connections to each replica, at least 1
 */
public record PoolConfig(ChannelTargets targets, Duration resolveInterval, int connections) {
  /** Reads {@code target}, {@code tls}, {@code resolve-interval} and {@code connections}. */
  public static PoolConfig from(ConfigReader reader) {
    return new PoolConfig(
        ChannelTargets.from(reader),
        reader.duration("resolve-interval", Duration.ofMillis(100), Duration.ofMinutes(10)),
        reader.integer("connections-per-backend", 1, 8));
  }
}
