// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Finds the addresses of a name. May block. */
@FunctionalInterface
public interface NameResolver {
  /** The system's, which may remember answers for as long as the JVM is told to. */
  NameResolver SYSTEM =
      name ->
          Arrays.stream(InetAddress.getAllByName(name)).map(InetAddress::getHostAddress).toList();

  /**
   * All addresses, in digits.
   *
   * @throws UnknownHostException if there is no answer
   */
  List<String> addresses(String name) throws UnknownHostException;
}
