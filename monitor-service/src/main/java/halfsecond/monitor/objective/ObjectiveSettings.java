// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigReader;
import halfsecond.monitor.statistics.BurnRate;
import halfsecond.monitor.statistics.BurnRate.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What is promised; {@code reference.conf} says what each key means.
 *
 * @param latency share of LIVE finals within their budget, 0.99 to 0.99999
 * @param availability share of LIVE utterances that are answered, 0.99 to 0.99999
 * @param rules how fast either budget may be spent, at least one
 * @param leastBad bad events in the long window before anything is said, 1 or more: where few
 *     speak, one failure spends a budget very fast
 * @param targetPerSecond utterances a second that are planned for; 0 if none are
 * @param utilization part of the cores of recognition that may be used, above 0 to 1
 */
public record ObjectiveSettings(
    double latency,
    double availability,
    List<Rule> rules,
    long leastBad,
    double targetPerSecond,
    double utilization) {
  /** 99 % in time, 99.9 % answered, no plan, as much as the router's admission uses. */
  public static final ObjectiveSettings DEFAULT =
      new ObjectiveSettings(0.99, 0.999, BurnRate.RULES, 10, 0, 0.8);

  private static final double LEAST_SHARE = 0.99;
  private static final double MOST_SHARE = 0.99999;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  /** A rule that asks for more than this share of all events to be bad would hardly ever fire. */
  private static final double MOST_BAD = 0.5;

  public ObjectiveSettings {
    rules = List.copyOf(rules);
    share(latency);
    share(availability);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("there must be a rule for burn rates");
    }
    if (leastBad < 1) {
      throw new IllegalArgumentException("at least one bad event must be asked for");
    }
    if (!(targetPerSecond >= 0 && targetPerSecond < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the target must be 0 or more");
    }
    if (!(utilization > 0 && utilization <= 1)) {
      throw new IllegalArgumentException("utilization must be above 0 to 1");
    }
  }

  /**
   * Reads the section.
   *
   * @throws ConfigException through the reader, listing all that is wrong
   */
  public static ObjectiveSettings from(ConfigReader reader) {
    double latency = reader.decimal("latency", LEAST_SHARE, MOST_SHARE);
    double availability = reader.decimal("availability", LEAST_SHARE, MOST_SHARE);
    return new ObjectiveSettings(
        latency,
        availability,
        rules(reader, Math.min(latency, availability)),
        reader.whole("least-bad", 1, 1_000_000),
        reader.decimal("target-per-second", 0, 1_000_000),
        reader.decimal("utilization", 0.05, 1));
  }

  private static List<Rule> rules(ConfigReader reader, double objective) {
    List<Rule> rules = new ArrayList<>();
    List<ConfigReader> sections = reader.list("burn-rates");
    for (ConfigReader section : sections) {
      boolean page = section.flag("page");
      Duration longWindow = minutes(section, "long");
      Duration shortWindow = minutes(section, "short");
      double spent = section.decimal("spent", 0.001, 1);
      if (shortWindow.compareTo(longWindow) >= 0) {
        section.problem("short", "must be shorter than long, a twelfth of it for example");
        continue;
      }
      Rule rule = new Rule(page, longWindow, shortWindow, spent);
      double bad = rule.factor() * (1 - objective);
      if (bad > MOST_BAD) {
        section.problem(
            "spent",
            String.format(
                Locale.ROOT,
                "is reached only when %.0f %% of all are bad for as long as long says: take a longer"
                    + " window, less of the budget, or an objective above %s",
                100 * bad,
                objective));
      }
      rules.add(rule);
    }
    if (sections.isEmpty()) {
      reader.problem("burn-rates", "must have at least one section { page, long, short, spent }");
    }
    return rules.isEmpty() ? BurnRate.RULES : rules;
  }

  private static Duration minutes(ConfigReader section, String key) {
    Duration window = section.duration(key, MINUTE, LONGEST);
    if (!window.equals(Duration.ofMinutes(window.toMinutes()))) {
      section.problem(key, "must be whole minutes");
    }
    return window;
  }

  /** The longest window of all rules. */
  Duration longestWindow() {
    return rules.stream().map(Rule::longWindow).max(Comparator.naturalOrder()).orElseThrow();
  }

  private static void share(double share) {
    if (!(share >= LEAST_SHARE && share <= MOST_SHARE)) {
      throw new IllegalArgumentException("an objective must be 0.99 to 0.99999");
    }
  }
}
