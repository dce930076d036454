// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.config.ConfigReader;
import halfsecond.common.config.Loopback;
import halfsecond.common.lifecycle.StopTiming;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens and how it stops.
 *
 * @param host name or address of one interface
 * @param port 0 to 65535; 0 lets the system choose
 * @param tls mutual TLS; null is plain text, which only a loopback host may use
 */
public record ServerConfig(String host, int port, @Nullable TlsFiles tls, StopTiming stop) {
  /** Time for load balancers and channels to notice that a server beyond this machine is going. */
  private static final Duration REMOTE_DELAY = Duration.ofSeconds(5);

  private static final String INSECURE =
      "is not a loopback address, and then callers must prove who they are: set tls.certificate, tls.private-key and"
          + " tls.client-ca, or use 127.0.0.1";

  public ServerConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be between 0 and 65535");
    }
    if (tls == null && !Loopback.is(host)) {
      throw new IllegalArgumentException("host " + host + " " + INSECURE);
    }
  }

  /**
   * Plain text on this machine, on a port that the system chooses, with no patience at the stop:
   * for tests and embedders.
   */
  public static ServerConfig loopback() {
    return new ServerConfig(
        Loopback.ADDRESS, 0, null, new StopTiming(Duration.ZERO, Duration.ofSeconds(10)));
  }

  /**
   * Reads {@code host} (127.0.0.1 if left out), {@code port}, {@code tls { certificate,
   * private-key, client-ca }} and {@code drain { propagation-delay, grace }} (both sections may be
   * left out; the delay is then 0 on loopback and 5 s elsewhere).
   */
  public static ServerConfig from(ConfigReader reader) {
    String host = reader.optionalString("host").orElse(Loopback.ADDRESS);
    int port = reader.integer("port", 0, 65_535);
    TlsFiles tls =
        reader
            .optionalSection("tls")
            .map(section -> TlsFiles.from(section, "client-ca"))
            .orElse(null);
    boolean local = Loopback.is(host);
    StopTiming stop =
        StopTiming.from(reader.section("drain"), local ? Duration.ZERO : REMOTE_DELAY);
    if (tls == null && !local) {
      reader.problem("host", INSECURE);
      return new ServerConfig(Loopback.ADDRESS, port, null, stop);
    }
    return new ServerConfig(host, port, tls, stop);
  }

  /** True if nothing beyond this machine can connect. */
  public boolean isLoopback() {
    return Loopback.is(host);
  }
}
