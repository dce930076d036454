// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.result;

import java.util.List;

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
  public LoadReport {
    targets = List.copyOf(targets);
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
