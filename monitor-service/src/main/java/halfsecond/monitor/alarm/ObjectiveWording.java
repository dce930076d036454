// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.monitor.objective.Level;
import halfsecond.monitor.objective.Objective;
import halfsecond.monitor.objective.ObjectiveAlarm;
import halfsecond.monitor.objective.ObjectiveAlarm.Missed;
import halfsecond.monitor.objective.ObjectiveChange.Burn;
import halfsecond.monitor.objective.ObjectiveChange.Rate;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.statistics.Proportion;
import java.time.Duration;
import java.util.Locale;

/** What an alarm about objectives says to people. */
final class ObjectiveWording {
  private ObjectiveWording() {}

  /** One line, with the numbers. */
  static String title(Missed lead) {
    if (lead.evidence() instanceof Burn burn) {
      return format(
          "%s: %s of utterances %s in %s, %s allowed%s",
          lead.objective() == Objective.LATENCY ? "Latency objective" : "Availability objective",
          percent(burn.inLong().rate()),
          lead.objective() == Objective.LATENCY ? "were late" : "were refused",
          time(burn.rule().longWindow()),
          percent(1 - burn.objective()),
          lead.level() == Level.SUSPECTED ? " over thirty days" : "");
    }
    if (!(lead.evidence() instanceof Rate rate)) {
      throw new IllegalArgumentException("an objective is a share or a rate");
    }
    return lead.objective() == Objective.THROUGHPUT
        ? format(
            "%.1f utterances a second, %.1f are planned", rate.perSecond(), rate.limitPerSecond())
        : format(
            "Recognition can carry %.1f utterances a second, %.1f are needed",
            rate.perSecond(), rate.limitPerSecond());
  }

  /** What to do first: what explains the rest comes before the rest. */
  static String nextStep(ObjectiveAlarm alarm) {
    if (alarm.misses(Objective.CAPACITY)) {
      return "Recognition is short of cores: add replicas or cores. If asr.real_time_factor rose"
          + " with another model, roll that back or plan anew.";
    }
    if (alarm.misses(Objective.THROUGHPUT)) {
      return "More is asked for than was planned: add replicas, or raise target-per-second if that"
          + " is the new plan.";
    }
    Missed lead = alarm.lead();
    Stage stage = lead.evidence() instanceof Burn burn ? burn.stage() : Stage.PIPELINE;
    return lead.objective() == Objective.LATENCY ? late(stage) : refused(stage);
  }

  private static String late(Stage stage) {
    return switch (stage) {
      case VAD ->
          "Most of the late ones waited for the endpoint: check the detector's hangover and its"
              + " cpu (vad.latency, vad.cpu).";
      case ROUTE -> "Most of the late ones waited in the router: check its cpu (route.cpu).";
      case ASR ->
          "Most of the late ones waited for recognition. If asr.decode_wait rose, cores are short:"
              + " add replicas; if asr.real_time_factor rose, roll the model back.";
      case DELIVER ->
          "Most of the late ones were ready in time and delivered late: check the router's cpu and"
              + " slow clients (deliver.latency).";
      case PIPELINE ->
          "No stage alone explains the late ones: see which stages take more than their share of"
              + " the budget (share misses).";
    };
  }

  private static String refused(Stage stage) {
    return stage == Stage.ASR
        ? "Backends of recognition are lost or hang: look at their logs and health, and at"
            + " route.replays."
        : "The router refuses utterances: see its reasons in the stage summary. SATURATED means"
            + " that recognition is full: add replicas.";
  }

  /** One sentence on one window. */
  static String explanation(
      Objective objective, Burn burn, Duration window, Proportion bad, double burnRate) {
    boolean isLong = window.equals(burn.rule().longWindow());
    String spent =
        format(
            "%d of %d were %s in %s (%s): %.1f times what the objective of %s allows",
            bad.events(),
            bad.trials(),
            objective == Objective.LATENCY ? "late" : "refused",
            time(window),
            percent(bad.rate()),
            burnRate,
            percent(burn.objective()));
    if (!isLong) {
      return spent + ".";
    }
    return spent
        + format(
            ", the limit is %.1f. Of the budget of thirty days %s is left.%s",
            burn.rule().factor(), percent(burn.left()), blame(burn));
  }

  private static String blame(Burn burn) {
    return burn.inLong().events() == 0
        ? ""
        : format(
            " %d of them go back to stage %s.",
            burn.blame().bad(), burn.blame().stage().name().toLowerCase(Locale.ROOT));
  }

  /** One sentence on a rate. */
  static String explanation(Objective objective, Rate rate) {
    return objective == Objective.THROUGHPUT
        ? format(
            "%d utterances in %s, %.2f a second; %.2f are planned.",
            rate.utterances(), time(rate.window()), rate.perSecond(), rate.limitPerSecond())
        : format(
            "By what %d utterances of the last %s cost, the cores that are reported carry %.2f a"
                + " second; %.2f are needed.",
            rate.utterances(), time(rate.window()), rate.perSecond(), rate.limitPerSecond());
  }

  private static String time(Duration window) {
    long minutes = window.toMinutes();
    return minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " min";
  }

  private static String percent(double share) {
    double part = 100 * share;
    return format(Math.abs(part) >= 1 ? "%.1f %%" : "%.2g %%", part);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
