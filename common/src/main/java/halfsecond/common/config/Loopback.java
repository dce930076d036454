// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Which host names stay on this machine. */
public final class Loopback {
  public static final String ADDRESS = "127.0.0.1";

  private Loopback() {}

  /**
   * True if all that {@code host} means is a loopback address; false also if it cannot be resolved.
   */
  public static boolean is(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return !host.isBlank();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
