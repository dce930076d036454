// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.web;

import halfsecond.common.config.ConfigReader;
import halfsecond.common.config.Loopback;
import halfsecond.common.rpc.TlsFiles;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the page is served.
 *
 * @param host name or address of one interface
 * @param port 0 to 65535; 0 lets the system choose
 * @param tls mutual TLS: browsers then need a certificate; null is plain text
 * @param names by which browsers may call the page besides its address; see {@link RequestGuard}
 * @param budget the line that latency is drawn against, 200 ms to 5 s
 */
public record DashboardConfig(
    boolean enabled,
    String host,
    int port,
    @Nullable TlsFiles tls,
    List<String> names,
    Duration budget) {
  private static final Duration LEAST = Duration.ofMillis(200);
  private static final Duration MOST = Duration.ofSeconds(5);

  public DashboardConfig {
    names = List.copyOf(names);
  }

  /**
   * Reads {@code enabled}, {@code host}, {@code port}, {@code names}, {@code budget}, {@code tls {
   * certificate, private-key, client-ca }} and {@code insecure-non-loopback}. Whoever sees the page
   * can silence alarms, so another host than loopback needs one of the last two.
   */
  public static DashboardConfig from(ConfigReader reader) {
    boolean enabled = reader.flag("enabled");
    String host = reader.string("host");
    int port = reader.integer("port", 0, 65_535);
    TlsFiles tls = reader.optionalSection("tls").map(DashboardConfig::tls).orElse(null);
    boolean exposed = reader.flag("insecure-non-loopback");
    List<String> names = reader.strings("names");
    Duration budget = reader.duration("budget", LEAST, MOST);
    if (enabled && tls == null && !exposed && !Loopback.is(host)) {
      reader.problem(
          "host",
          "is not a loopback address, and the page is for those only who may silence alarms: set tls.certificate,"
              + " tls.private-key and tls.client-ca, or insecure-non-loopback = true if something in front of it asks who"
              + " people are");
    }
    return new DashboardConfig(enabled, host, port, tls, names, budget);
  }

  private static TlsFiles tls(ConfigReader section) {
    return new TlsFiles(
        section.path("certificate"), section.path("private-key"), section.path("client-ca"));
  }
}
