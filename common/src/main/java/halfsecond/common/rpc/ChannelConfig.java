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
 * @param certified the name that the server's certificate must hold; null for {@code host}
 */
public record ChannelConfig(
    String host, int port, @Nullable TlsFiles tls, @Nullable String certified) {
  static final String INSECURE =
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

  /** A server whose certificate holds the name by which it is called. */
  public ChannelConfig(String host, int port, @Nullable TlsFiles tls) {
    this(host, port, tls, null);
  }

  /** Plain text to a server on this machine. */
  public static ChannelConfig loopback(int port) {
    return new ChannelConfig(Loopback.ADDRESS, port, null);
  }

  /**
   * One address of this server's name; its certificate still has to hold the name.
   *
   * @throws IllegalArgumentException if it is not a loopback address and there is no TLS
   */
  public ChannelConfig at(String address) {
    return new ChannelConfig(address, port, tls, tls == null ? null : host);
  }

  /** {@code host:port}, an IPv6 address in brackets. */
  public String target() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /**
   * Reads {@code target} ({@code host:port}, an IPv6 address in brackets) and {@code tls {
   * certificate, private-key, server-ca }}.
   */
  public static ChannelConfig from(ConfigReader reader) {
    return parse(reader, reader.string("target"), tls(reader));
  }

  static @Nullable TlsFiles tls(ConfigReader reader) {
    return reader
        .optionalSection("tls")
        .map(section -> TlsFiles.from(section, "server-ca"))
        .orElse(null);
  }

  /** A target that cannot be used is a problem of {@code target} and reads as a stand-in. */
  static ChannelConfig parse(ConfigReader reader, String target, @Nullable TlsFiles tls) {
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
