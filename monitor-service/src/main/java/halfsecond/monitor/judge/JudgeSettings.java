// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the judge is set; {@code reference.conf} says what each key means.
 *
 * @param mostCohorts that are watched each by itself
 */
public record JudgeSettings(int mostCohorts, Paces paces) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST_PERIOD = Duration.ofDays(7);
  private static final Duration LONGEST = Duration.ofDays(366);

  /**
   * Reads the section.
   *
   * @throws ConfigException through the reader, listing all that is wrong
   */
  public static JudgeSettings from(ConfigReader reader) {
    Map<String, Pace> known = new TreeMap<>();
    known.put("consumer", Pace.CONSUMER);
    known.put("business", Pace.BUSINESS);
    reader.named("paces").forEach((name, section) -> known.put(name, pace(section)));
    Map<String, Pace> tenants = new HashMap<>();
    reader.named("tenants").forEach((tenant, of) -> tenants.put(tenant, pace(of, known)));
    return new JudgeSettings(
        reader.integer("max-cohorts", 0, 1_000), new Paces(pace(reader, known), tenants));
  }

  /** The one that the section names. */
  private static Pace pace(ConfigReader reader, Map<String, Pace> known) {
    Pace pace = known.get(reader.string("pace"));
    if (pace == null) {
      reader.problem("pace", "must be one of " + String.join(", ", known.keySet()));
      return Pace.CONSUMER;
    }
    return pace;
  }

  private static Pace pace(ConfigReader reader) {
    return new Pace(
        reader.duration("period", SHORTEST, LONGEST_PERIOD),
        reader.integer("periods", 1, 100),
        reader.whole("least-values", 1, 1_000_000),
        reader.decimal("certainty", 1, 100),
        reader.duration("new-normal", SHORTEST, LONGEST));
  }
}
