// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import com.typesafe.config.Config;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Values that are passwords, or addresses that may hold one. No file of a running pipeline has
 * them: the process that needs them finds them in its environment, under the names that its manual
 * gives. Immutable.
 */
final class Secrets {

  private static final Map<String, String> OF_THE_MONITOR =
      Map.of(
          "halfsecond.monitor.store.postgres.url", "MONITOR_POSTGRES_URL",
          "halfsecond.monitor.store.postgres.password", "MONITOR_POSTGRES_PASSWORD",
          "halfsecond.monitor.alarms.webhook.url", "MONITOR_WEBHOOK_URL",
          "halfsecond.monitor.alarms.webhook.authorization", "MONITOR_WEBHOOK_AUTHORIZATION");

  private final Map<String, String> variables;

  private Secrets(Map<String, String> variables) {
    this.variables = Collections.unmodifiableMap(variables);
  }

  /** Those that the configuration has. */
  static Secrets in(Config config) {
    Map<String, String> variables = new TreeMap<>();
    OF_THE_MONITOR.forEach(
        (path, name) -> {
          if (config.hasPath(path)) {
            variables.put(name, config.getString(path));
          }
        });
    return new Secrets(variables);
  }

  /** The configuration without them. */
  static Config removedFrom(Config config) {
    Config without = config;
    for (String path : OF_THE_MONITOR.keySet()) {
      without = without.withoutPath(path);
    }
    return without;
  }

  /**
   * Variables that a service must not inherit from the environment of this process, where an
   * operator may have set them.
   */
  static Set<String> withheldFrom(Service service) {
    return service == Service.MONITOR ? Set.of() : Set.copyOf(OF_THE_MONITOR.values());
  }

  /** Variables for the environment of a service; only the one that needs them gets any. */
  Map<String, String> variables(Service service) {
    return service == Service.MONITOR ? variables : Map.of();
  }

  /** Never what they are. */
  @Override
  public String toString() {
    return "Secrets" + variables.keySet();
  }
}
