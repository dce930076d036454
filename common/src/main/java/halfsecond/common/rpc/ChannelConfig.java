// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.config.ConfigReader;
import halfsecond.common.config.Loopback;
import org.jspecify.annotations.Nullable;

/**
 * A server to call.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param tls mutual TLS; null is plain text, which only a loopback host may be called in
 */
public record ChannelConfig(String host, int port, @Nullable TlsFiles tls) {
  private static final String INSECURE =
      "is not a loopback address and may only be called over mutual TLS: set tls.certificate, tls.private-key and"
          + " tls.server-ca";

  public ChannelConfig {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be between 1 and 65535");
    }
    if (tls == null && !Loopback.is(host)) {
      throw new IllegalArgumentException("target " + host + " " + INSECURE);
    }
  }

  /** Plain text to a server on this machine. */
  public static ChannelConfig loopback(int port) {
    return new ChannelConfig(Loopback.ADDRESS, port, null);
  }

  /**
   * Reads {@code target} ({@code host:port}, an IPv6 address in brackets) and {@code tls {
   * certificate, private-key, server-ca }}.
   */
  public static ChannelConfig from(ConfigReader reader) {
    String target = reader.string("target");
    TlsFiles tls =
        reader
            .optionalSection("tls")
            .map(section -> TlsFiles.from(section, "server-ca"))
            .orElse(null);
    int colon = target.lastIndexOf(':');
    String host = colon < 0 ? "" : target.substring(0, colon).replaceAll("^\\[|\\]$", "");
    int port = colon < 0 ? 0 : port(target.substring(colon + 1));
    if (host.isEmpty() || port < 1) {
      reader.problem("target", "must be host:port");
      return loopback(1);
    }
    if (tls == null && !Loopback.is(host)) {
      reader.problem("target", INSECURE);
      return loopback(port);
    }
    return new ChannelConfig(host, port, tls);
  }

  private static int port(String digits) {
    return digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) <= 65_535
        ? Integer.parseInt(digits)
        : 0;
  }
}
