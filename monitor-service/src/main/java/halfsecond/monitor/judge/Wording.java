// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.judge.Alarm.Evidence;
import halfsecond.monitor.statistics.RateSplit;
import halfsecond.monitor.window.CohortKey;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an alarm says to people: what happened, and what to do first. */
public final class Wording {
  private Wording() {}

  /** One line, with the numbers. */
  public static String title(Alarm alarm) {
    return switch (alarm.kind()) {
      case LOAD -> "Far more utterances than usual at this hour";
      case NO_DATA -> "No utterances where there should be some";
      case QUALITY -> alarm.cause().map(Wording::change).orElse("Something changed");
    };
  }

  /** One or two sentences. */
  public static String nextStep(Alarm alarm) {
    return switch (alarm.kind()) {
      case LOAD ->
          "Watch refusals and deadline answers; add replicas if they rise. Quality is judged as"
              + " before.";
      case NO_DATA ->
          "Check that clients reach the router and that the router reaches this monitor.";
      case QUALITY ->
          alarm.cause().map(Wording::step).orElse("Look at the evidence.") + loss(alarm);
    };
  }

  /** What recognition loses by it, where that is not the alarm itself. */
  private static String loss(Alarm alarm) {
    return alarm
        .nullTranscripts()
        .filter(it -> it.finding().effect() > 0 && !alarm.cause().equals(Optional.of(it)))
        .map(
            it ->
                " It costs words: " + change(it) + it.split().map(Wording::parts).orElse("") + ".")
        .orElse("");
  }

  /** One sentence on one change, with what it rests on. */
  public static String explanation(Evidence evidence) {
    Finding finding = evidence.finding();
    boolean rate = evidence.series().watched().kind() == Watched.Kind.RATE;
    String size =
        rate
            ? points(finding.effect())
            : String.format(Locale.ROOT, "%+.2f standard deviations", finding.effect());
    boolean certain = finding.statistic() >= finding.limit();
    String proof =
        finding.change() == Finding.Change.SUDDEN
            ? String.format(
                Locale.ROOT,
                certain
                    ? "certain after %d values, cumulative sum %.1f over its limit of %.1f"
                    : "suspected after %d values, cumulative sum %.1f near its limit of %.1f",
                finding.count(),
                finding.statistic(),
                finding.limit())
            : String.format(
                Locale.ROOT,
                "%d values of a day, corrected p %.2g",
                finding.count(),
                finding.statistic());
    return String.format(
        Locale.ROOT,
        "%s: %s (%s; the reference has %d values).",
        change(evidence),
        size,
        proof,
        finding.referenceCount());
  }

  private static String change(Evidence cause) {
    Finding finding = cause.finding();
    boolean rate = cause.series().watched().kind() == Watched.Kind.RATE;
    String moved = finding.after() > finding.before() ? "rose" : "fell";
    return String.format(
        Locale.ROOT,
        "%s %s from %s to %s %s%s",
        cause.series().watched().metric(),
        moved,
        rate ? percent(finding.before()) : number(finding.before()),
        rate ? percent(finding.after()) : number(finding.after()) + unit(cause),
        finding.change() == Finding.Change.SUDDEN ? "at once" : "over days",
        where(cause.series().cohort()));
  }

  private static String step(Evidence cause) {
    String who = cause.series().cohort() == null ? "" : " in this cohort";
    return switch (cause.series().watched().role()) {
      case CUT ->
          "The detector cuts clips elsewhere than before"
              + who
              + ": compare its settings, and the clients' version and markers, with those before"
              + " the change, and roll them back.";
      case AUDIO ->
          "The microphones hear something else than before"
              + who
              + ": look for a new device, app version, codec or gain setting, or for other users."
              + " The pipeline itself did not cause it.";
      case SPEECH, SHAPE ->
          "People speak longer or shorter than before"
              + who
              + ": look for a new feature or audience. If that is the new normal, make it the"
              + " reference.";
      case OUTCOME -> outcome(cause, who);
      case REACTION ->
          "Users do something else with their answers than before"
              + who
              + " although clips and answers look as before: look at answers of a sample of them,"
              + " at a new model version, and at what the product does with answers.";
    };
  }

  private static String outcome(Evidence cause, String who) {
    boolean cut =
        cause.split().map(split -> Math.abs(split.mix()) > Math.abs(split.within())).orElse(false);
    String parts = cause.split().map(Wording::parts).orElse("");
    return cut
        ? "Recognition gets other clips than before" + who + parts + ": look at the detector."
        : "Recognition answers the same clips otherwise than before"
            + who
            + parts
            + ": roll the model back if one was changed.";
  }

  private static String parts(RateSplit split) {
    return String.format(
        Locale.ROOT,
        " (of the change, %s from other clips and %s from other answers)",
        points(split.mix()),
        points(split.within()));
  }

  private static String where(@Nullable CohortKey cohort) {
    if (cohort == null) {
      return "";
    }
    String dimension = cohort.dimension().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return " for " + dimension + " " + (cohort.value().isEmpty() ? "unknown" : cohort.value());
  }

  private static String unit(Evidence cause) {
    String unit = cause.series().watched().unit();
    return unit.equals("1") ? "" : " " + unit.replaceAll("[{}]", "");
  }

  private static String number(double value) {
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 1 ? "%.1f" : "%.3f", value);
  }

  private static String percent(double rate) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * rate);
  }

  private static String points(double difference) {
    return String.format(Locale.ROOT, "%+.1f points", 100 * difference);
  }
}
