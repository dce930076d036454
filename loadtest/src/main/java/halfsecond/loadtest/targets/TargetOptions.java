// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a run asks of the target it measures. A target takes what concerns it and ignores the rest.
 *
 * @param address where a server runs already: host:port, for WebSocket {@code ws://host:port};
 *     empty to start one for the run where that is possible
 * @param connections connections to begin with, at least 1; more are opened when the server allows
 *     only so many queries on each
 * @param interims whether interim results are asked for; empty for what is usual for the target
 * @param urgency of the queries
 * @param modelVersion e.g. "en-small@2"; empty for the latest
 * @param chunk length of audio that the driver sends at once
 * @param settings configuration of a server that is started: full key to value
 */
public record TargetOptions(
    Optional<String> address,
    int connections,
    Optional<Boolean> interims,
    Urgency urgency,
    Optional<String> modelVersion,
    Duration chunk,
    Map<String, String> settings) {
  /** Whether somebody waits for the answer. */
  public enum Urgency {
    LIVE,
    BATCH
  }

  public TargetOptions {
    if (connections < 1) {
      throw new IllegalArgumentException("connections must be at least 1");
    }
    settings = Map.copyOf(settings);
  }

  /**
   * Nothing special: four connections, LIVE, chunks of 100 ms, servers started with their defaults.
   */
  public static TargetOptions defaults() {
    return new TargetOptions(
        Optional.empty(),
        4,
        Optional.empty(),
        Urgency.LIVE,
        Optional.empty(),
        Duration.ofMillis(100),
        Map.of());
  }

  /** The same for a server with one model. */
  TargetOptions withoutModel() {
    return new TargetOptions(
        address, connections, interims, urgency, Optional.empty(), chunk, settings);
  }

  /** The same for a server that runs already. */
  public TargetOptions at(String where) {
    return new TargetOptions(
        Optional.of(where), connections, interims, urgency, modelVersion, chunk, settings);
  }
}
