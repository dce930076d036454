// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.telemetry;

import halfsecond.common.config.ConfigReader;
import halfsecond.common.config.Loopback;

/**
 * What a service exposes about itself beyond the standard {@code OTEL_*} variables, which win over
 * it.
 *
 * @param prometheus whether metrics are served in Prometheus' text format
 * @param host where, used only when {@code prometheus} is on
 * @param port 1 to 65535
 */
public record TelemetryConfig(boolean prometheus, String host, int port) {
  private static final int DEFAULT_PORT = 9464;

  /** Nothing is exposed. */
  public static final TelemetryConfig OFF =
      new TelemetryConfig(false, Loopback.ADDRESS, DEFAULT_PORT);

  /**
   * Reads {@code prometheus { enabled, host, port, insecure-non-loopback }}; all may be left out.
   * Metrics are served without TLS and without asking who reads them, so another host than loopback
   * needs the last one to be true.
   */
  public static TelemetryConfig from(ConfigReader reader) {
    ConfigReader section = reader.section("prometheus");
    boolean enabled = section.optionalFlag("enabled").orElse(false);
    String host = section.optionalString("host").orElse(Loopback.ADDRESS);
    int port = section.optionalInteger("port", 1, 65_535).orElse(DEFAULT_PORT);
    boolean exposed = section.optionalFlag("insecure-non-loopback").orElse(false);
    if (enabled && !exposed && !Loopback.is(host)) {
      section.problem(
          "host",
          "must be a loopback address, because metrics are served in plain text to anyone; set insecure-non-loopback = true"
              + " if the network around it is closed");
    }
    return new TelemetryConfig(enabled, host, port);
  }
}
