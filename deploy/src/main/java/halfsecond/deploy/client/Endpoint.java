// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import halfsecond.common.config.Loopback;

/**
 * Where a service listens.
 *
 * @param host name or address, IPv6 without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {

  /** Checks the values. */
  public Endpoint {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("an address is host:port with a port from 1 to 65535");
    }
  }

  /** A port of this machine. */
  public static Endpoint loopback(int port) {
    return new Endpoint(Loopback.ADDRESS, port);
  }

  /**
   * Reads {@code host:port}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("\"" + text + "\" is not host:port");
    }
    String host = text.substring(0, colon).replaceAll("^\\[|\\]$", "");
    return new Endpoint(host, Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
