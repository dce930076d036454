// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import java.util.Map;
import java.util.function.Supplier;

/**
 * A target together with the servers that were started for it. Closing it gives up what is open and
 * stops them.
 *
 * @param processes ids of the servers' processes by service, asked again each time because a server
 *     may be started again; empty where the server was running before or is not a process of its
 *     own
 * @param stopServers run once, at the end
 */
public record OpenTarget(Target target, Supplier<Map<String, Long>> processes, Runnable stopServers)
    implements AutoCloseable {
  static OpenTarget alone(Target target) {
    return new OpenTarget(target, Map::of, () -> {});
  }

  @Override
  public void close() {
    try {
      target.close();
    } finally {
      stopServers.run();
    }
  }
}
