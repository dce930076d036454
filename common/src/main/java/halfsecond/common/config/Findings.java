// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.config;

import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all sections of one configuration have found so far: problems, and the effective values in
 * reading order.
 */
final class Findings {
  private final List<String> problems = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();

  void problem(ConfigOrigin origin, String path, String text) {
    problems.add(origin.description() + ": " + path + " " + text);
  }

  void value(String path, String shown, ConfigOrigin origin) {
    values.put(path, path + " = " + shown + "  # " + origin.description());
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  String render() {
    return String.join("\n", values.values()) + "\n";
  }
}
