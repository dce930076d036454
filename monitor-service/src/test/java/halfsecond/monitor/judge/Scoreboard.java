// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.judge.FixedThresholds.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Judge and fixed thresholds beside each other, as text for people. */
final class Scoreboard {
  private static final Path FILE = Path.of("target", "judge", "fourteen-days.txt");
  private static final String ORDINARY = "%4s  %-26s %6s %10s %8s %7s %10s";
  private static final String PLANTED = "%4s  %-28s %-26s %7s %7s  %s";

  private static final String JUDGED = "%-28s %5s %6s %6s %5s %6s %9s %7s %8s";

  private final Map<Planted, List<Judged>> judged = new EnumMap<>(Planted.class);
  private final StringBuilder ordinary = new StringBuilder();
  private final StringBuilder planted = new StringBuilder();

  /**
   * What was said on days on which there was nothing to say.
   *
   * @param hours in which anything was alarmed about
   * @param ofEverybody hours in which it was about everybody
   * @param ofCohorts hours in which it was about a cohort
   * @param alarms one for each time that a series began to be alarmed about
   * @param inNights of those, the ones that began in a night
   */
  record Quiet(long hours, long ofEverybody, long ofCohorts, long alarms, long inNights) {
    /** Of one rule, from the end of the pinned day on. */
    static Quiet of(List<Alert> alerts, Instant until) {
      List<Alert> all = alerts.stream().filter(alert -> !alert.end().isAfter(until)).toList();
      List<Alert> begun = all.stream().filter(Alert::first).toList();
      return new Quiet(
          hours(all, alert -> true),
          hours(all, alert -> alert.series().cohort() == null),
          hours(all, alert -> alert.series().cohort() != null),
          begun.size(),
          begun.stream().filter(alert -> SimulatedTraffic.night(alert.end())).count());
    }

    private static long hours(List<Alert> alerts, Predicate<Alert> which) {
      return alerts.stream().filter(which).map(Alert::end).distinct().count();
    }
  }

  Scoreboard() {
    line(ordinary, ORDINARY, "seed", "by", "hours", "everybody", "cohorts", "alarms", "in nights");
    line(planted, PLANTED, "seed", "planted", "by", "delay", "others", "said");
  }

  void ordinary(long seed, String by, Quiet quiet) {
    line(
        ordinary,
        ORDINARY,
        seed,
        by,
        quiet.hours(),
        quiet.ofEverybody(),
        quiet.ofCohorts(),
        quiet.alarms(),
        quiet.inNights());
  }

  /**
   * How a planted change was found.
   *
   * @param delay utterances of those concerned until then; null if it was not found
   * @param others alarms about something else until then
   * @param said about it
   */
  void planted(long seed, Planted what, String by, @Nullable Long delay, long others, String said) {
    line(planted, PLANTED, seed, what, by, delay == null ? "never" : delay, others, said);
  }

  /** What the judge made of a planted change in one run. */
  private record Judged(@Nullable Long delay, boolean stage, boolean whom, int alarms) {}

  /**
   * What the judge made of a planted change.
   *
   * @param delay as in {@link #planted}
   * @param stage whether its first alarm names the right one, and load only if it is load
   * @param whom whether that alarm is about those concerned, and what was planted
   * @param alarms that it raised
   */
  void judged(Planted what, @Nullable Long delay, boolean stage, boolean whom, int alarms) {
    judged
        .computeIfAbsent(what, it -> new ArrayList<>())
        .add(new Judged(delay, stage, whom, alarms));
  }

  /** All runs together. */
  private String summary() {
    StringBuilder table = new StringBuilder();
    line(
        table,
        JUDGED,
        "planted",
        "runs",
        "found",
        "stage",
        "whom",
        "alone",
        "shortest",
        "median",
        "longest");
    judged.forEach(
        (what, runs) -> {
          List<Long> delays =
              runs.stream().map(Judged::delay).filter(Objects::nonNull).sorted().toList();
          line(
              table,
              JUDGED,
              what,
              runs.size(),
              delays.size(),
              runs.stream().filter(Judged::stage).count(),
              runs.stream().filter(Judged::whom).count(),
              runs.stream().filter(run -> run.alarms() == 1).count(),
              delays.isEmpty() ? "-" : delays.get(0),
              delays.isEmpty() ? "-" : delays.get(delays.size() / 2),
              delays.isEmpty() ? "-" : delays.get(delays.size() - 1));
        });
    return table.toString();
  }

  /** Prints it, and keeps it below {@code target}. */
  void publish() throws IOException {
    String text =
        "Ordinary days: hours in which there was an alarm, and alarms that began\n\n"
            + ordinary
            + "\nPlanted changes: utterances until found, and other alarms until then\n\n"
            + planted
            + "\nThe judge over all runs: found, with the right stage, about whom it"
            + " concerns, one alarm only; utterances until found\n\n"
            + summary();
    System.out.print(text);
    Files.createDirectories(FILE.getParent());
    Files.writeString(FILE, text);
  }

  /** When a rule was first broken by a series that shows the change; null if it never was. */
  static @Nullable Instant found(List<Alert> alerts, Planted what) {
    return alerts.stream()
        .filter(alert -> during(alert, what, what.end()) && shows(alert, what))
        .map(Alert::end)
        .findFirst()
        .orElse(null);
  }

  /** Alarms about something else that began between the change and {@code until}. */
  static long others(List<Alert> alerts, Planted what, Instant until) {
    return alerts.stream()
        .filter(alert -> alert.first() && during(alert, what, until) && !shows(alert, what))
        .count();
  }

  private static boolean during(Alert alert, Planted what, Instant until) {
    return alert.end().isAfter(what.from()) && !alert.end().isAfter(until);
  }

  /** A change of everybody is one of each cohort too. */
  private static boolean shows(Alert alert, Planted what) {
    return what.metrics().contains(alert.series().watched().metric())
        && (what.cohort() == null || what.cohort().equals(alert.series().cohort()));
  }

  private static void line(StringBuilder table, String format, Object... cells) {
    table.append(String.format(Locale.ROOT, format, cells).stripTrailing()).append('\n');
  }
}
