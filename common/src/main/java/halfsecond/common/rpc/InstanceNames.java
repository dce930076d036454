// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Names for processes that nobody named. The same after a restart, so that a process is not taken
 * for another one; different for the replicas of a service, on one machine by their ports.
 */
final class InstanceNames {
  private static final int LONGEST = 64;
  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

  private InstanceNames() {}

  /** E.g. {@code asr:node-7:7602}; the machine is left out where the system does not name it. */
  static String of(String service, int port) {
    return of(service, host(), port);
  }

  static String of(String service, String host, int port) {
    String end = ":" + port;
    String begin = host.isEmpty() ? service : service + ":" + host;
    String allowed = begin.replaceAll("[^A-Za-z0-9._:-]", "-");
    return allowed.substring(0, Math.min(allowed.length(), LONGEST - end.length())) + end;
  }

  /** Not by the resolver, which may ask the network and keep a start waiting. */
  private static String host() {
    try {
      return Files.readString(HOST).strip();
    } catch (IOException e) {
      String variable = System.getenv("HOSTNAME");
      return variable == null ? "" : variable;
    }
  }
}
