// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import halfsecond.monitor.record.Limits;
import halfsecond.monitor.record.Stage;
import java.util.regex.Pattern;

/**
 * A declared metric.
 *
 * @param name e.g. {@code asr.queue_depth}
 * @param stage that it says something about
 * @param unit in UCUM
 * @param direction which way is worse
 * @param test how change is judged
 * @param description one sentence: what it means and what moves it
 * @param source where its samples come from
 */
public record Metric(
    String name,
    Stage stage,
    Kind kind,
    String unit,
    Direction direction,
    TestKind test,
    String description,
    Source source) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._]{2,99}");
  private static final int LONGEST_UNIT = 30;
  private static final int LONGEST_DESCRIPTION = 500;

  /** What kind of numbers a metric has; the values of the contract. */
  public enum Kind {
    COUNTER,
    GAUGE,
    PROPORTION,
    DISTRIBUTION;

    /** How change is judged unless a declaration says otherwise. */
    public TestKind usualTest() {
      return switch (this) {
        case COUNTER, GAUGE -> TestKind.ADAPTIVE_BAND;
        case PROPORTION -> TestKind.TWO_PROPORTIONS;
        case DISTRIBUTION -> TestKind.KOLMOGOROV_SMIRNOV;
      };
    }
  }

  /** Which way is worse; the values of the contract. */
  public enum Direction {
    TWO_SIDED,
    UP_IS_WORSE,
    DOWN_IS_WORSE
  }

  /** Where samples come from. */
  public enum Source {
    /** Read from utterance records. Built in. */
    UTTERANCES,
    /** Reported by the services of the pipeline. Built in. */
    SERVICES,
    /** Reported by whoever declared it. */
    DECLARED
  }

  /** Refuses with {@code FIELD_INVALID} what is out of the limits of the contract. */
  public Metric {
    Limits.check(
        NAME.matcher(name).matches(),
        "declaration.metric",
        "3 to 100 characters of a-z 0-9 . _, beginning with a letter");
    Limits.check(
        !unit.isEmpty() && unit.length() <= LONGEST_UNIT,
        "declaration.unit",
        "1 to " + LONGEST_UNIT + " characters");
    Limits.check(
        !description.isEmpty() && description.length() <= LONGEST_DESCRIPTION,
        "declaration.description",
        "1 to " + LONGEST_DESCRIPTION + " characters");
  }

  /** With the test that is usual for its kind. */
  Metric(
      String name,
      Stage stage,
      Kind kind,
      String unit,
      Direction direction,
      String description,
      Source source) {
    this(name, stage, kind, unit, direction, kind.usualTest(), description, source);
  }

  /** Part of the monitor: nobody can declare it otherwise. */
  public boolean builtIn() {
    return source != Source.DECLARED;
  }
}
