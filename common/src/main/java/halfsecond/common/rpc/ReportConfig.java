// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.config.ConfigReader;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a service reports what it measures.
 *
 * @param monitor the server
 * @param instance names the process, 1 to 64 characters of A-Z a-z 0-9 . _ : -; empty for a name
 *     made of the service, the machine and the port
 * @param interval how often, 1 s to 1 min
 */
public record ReportConfig(ChannelConfig monitor, String instance, Duration interval) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** The monitor takes a replica for gone that has not said for two minutes what it has. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /**
   * Reads {@code target}, {@code tls}, {@code instance} and {@code report-interval}; empty when
   * there is no target.
   */
  public static Optional<ReportConfig> from(ConfigReader reader) {
    Optional<String> target = reader.optionalString("target");
    @Nullable TlsFiles tls = ChannelConfig.tls(reader);
    String instance = reader.optionalString("instance").map(name -> named(reader, name)).orElse("");
    Duration interval = interval(reader);
    if (target.isEmpty() && tls != null) {
      reader.problem("tls", "is of no use without a target");
    }
    return target.map(
        server -> new ReportConfig(ChannelConfig.parse(reader, server, tls), instance, interval));
  }

  /** Reads the same where there must be a target and a name. */
  public static ReportConfig required(ConfigReader reader) {
    return new ReportConfig(
        ChannelConfig.from(reader), named(reader, reader.string("instance")), interval(reader));
  }

  private static String named(ConfigReader reader, String instance) {
    // What could not be read at all is empty, and a problem already.
    if (!instance.isEmpty() && !instance.matches("[A-Za-z0-9._:-]{1,64}")) {
      reader.problem("instance", "must be 1 to 64 characters of A-Z a-z 0-9 . _ : -");
    }
    return instance;
  }

  private static Duration interval(ConfigReader reader) {
    return reader.duration("report-interval", SHORTEST, LONGEST);
  }
}
