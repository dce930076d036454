// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.config.ConfigReader;
import halfsecond.common.rpc.ChannelTargets;
import java.time.Duration;

/**
 * Replicas to call.
 *
 * @param resolveInterval how often names are resolved again
 */
public record PoolConfig(ChannelTargets targets, Duration resolveInterval) {
  /** Reads {@code target}, {@code tls} and {@code resolve-interval}. */
  public static PoolConfig from(ConfigReader reader) {
    return new PoolConfig(
        ChannelTargets.from(reader),
        reader.duration("resolve-interval", Duration.ofMillis(100), Duration.ofMinutes(10)));
  }
}
