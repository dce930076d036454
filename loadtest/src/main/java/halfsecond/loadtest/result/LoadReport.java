// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that one invocation measured.
 *
 * @param schema 1; fields are only ever added
 * @param command the command line that measures it again
 * @param startedAt ISO 8601, UTC
 */
public record LoadReport(
    int schema,
    String command,
    String startedAt,
    Environment environment,
    Bound bound,
    CorpusFacts corpus,
    List<TargetResult> targets) {
  /** Begins the names of targets that recognize nothing. */
  private static final String NOTHING = "null";

  public LoadReport {
    targets = List.copyOf(targets);
  }

  /**
   * Says which target used which model if they did not all use the same one: their rates are then
   * no comparison of servers.
   */
  public Optional<String> modelsThatDiffer() {
    Map<String, String> models = new TreeMap<>();
    for (TargetResult target : targets) {
      String model = target.facts().getOrDefault("model", "");
      if (!model.isEmpty() && !target.target().startsWith(NOTHING)) {
        models.put(target.target(), model);
      }
    }
    if (models.values().stream().distinct().count() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        models.entrySet().stream()
            .map(entry -> entry.getKey() + " answered with " + entry.getValue())
            .collect(
                Collectors.joining(", ", "Not the same model: ", ". The rates do not compare.")));
  }

  /**
   * What holds for a rate to count.
   *
   * @param percentile e.g. 99
   * @param millis e.g. 500, from the end of speech to the final
   * @param confidence that the percentile holds, e.g. 0.99
   */
  public record Bound(double percentile, double millis, double confidence) {}

  /** What was spoken. */
  public record CorpusFacts(
      String name, String description, int queries, double meanSeconds, double totalSeconds) {}
}
