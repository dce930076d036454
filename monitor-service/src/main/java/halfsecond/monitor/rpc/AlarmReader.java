// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.alarm.Action;
import halfsecond.monitor.alarm.AlarmReport;
import halfsecond.monitor.alarm.State;
import halfsecond.monitor.alarm.TrackedAlarm;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.AlarmFilter;
import halfsecond.monitor.v1.Severity;
import halfsecond.monitor.v1.UpdateAlarmRequest;
import halfsecond.monitor.window.CohortKey;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads which alarms are meant, and what somebody does about one. */
final class AlarmReader {
  private static final int MOST_TEXT = 2_000;
  private static final Duration LONGEST_SNOOZE = Duration.ofDays(30);
  private static final Duration LONGEST_SILENCE = Duration.ofDays(90);

  private AlarmReader() {}

  /**
   * What the filter asks of an alarm, but for its states.
   *
   * @throws SpeechException {@code FIELD_INVALID}
   */
  static Predicate<TrackedAlarm> filter(AlarmFilter proto) {
    AlarmReport.Severity least = severity(proto.getMinimumSeverity());
    @Nullable Stage stage =
        proto.getStage() == halfsecond.monitor.v1.Stage.STAGE_UNSPECIFIED
            ? null
            : EnumReader.stage(proto.getStage());
    @Nullable CohortKey cohort = proto.hasCohort() ? SummaryReader.cohort(proto.getCohort()) : null;
    String metric = Limits.name("filter.metric", proto.getMetric());
    String version = Limits.name("filter.model_version", proto.getModelVersion());
    return alarm -> {
      AlarmReport report = alarm.report();
      return report.severity().compareTo(least) >= 0
          && (stage == null || stage == report.stage())
          && (cohort == null || report.cohort().filter(cohort::equals).isPresent())
          && (metric.isEmpty() || metric.equals(report.metric()))
          // No alarm is about one version alone.
          && version.isEmpty();
    };
  }

  /**
   * The states asked for; all if none is named.
   *
   * @throws SpeechException {@code FIELD_INVALID}
   */
  static Set<State> states(AlarmFilter proto) {
    if (proto.getStatesCount() == 0) {
      return EnumSet.allOf(State.class);
    }
    Set<State> states = EnumSet.noneOf(State.class);
    proto.getStatesList().forEach(state -> states.add(state(state)));
    return states;
  }

  /**
   * @throws SpeechException {@code FIELD_INVALID}
   */
  static Action action(UpdateAlarmRequest request, Instant now) {
    String actor = request.getActor();
    Limits.check(
        !actor.isBlank() && actor.length() <= 100, "actor", "1 to 100 characters: who does it");
    return switch (request.getActionCase()) {
      case ACKNOWLEDGE ->
          new Action.Acknowledge(
              actor, text("acknowledge.comment", request.getAcknowledge().getComment(), false));
      case SNOOZE ->
          new Action.Snooze(
              actor,
              until(
                  "snooze.until_time",
                  request.getSnooze().hasUntilTime(),
                  request.getSnooze().getUntilTime(),
                  LONGEST_SNOOZE,
                  now));
      case ANNOTATE ->
          new Action.Annotate(actor, text("annotate.text", request.getAnnotate().getText(), true));
      case SILENCE ->
          new Action.Silence(
              actor,
              text("silence.comment", request.getSilence().getComment(), true),
              until(
                  "silence.until_time",
                  request.getSilence().hasUntilTime(),
                  request.getSilence().getUntilTime(),
                  LONGEST_SILENCE,
                  now),
              request.getSilence().getAllAlike());
      case UNSILENCE ->
          new Action.Unsilence(
              actor, text("unsilence.comment", request.getUnsilence().getComment(), false));
      case ACTION_NOT_SET -> throw SpeechException.fieldInvalid("action", "exactly one");
    };
  }

  private static Instant until(
      String field,
      boolean set,
      com.google.protobuf.Timestamp proto,
      Duration longest,
      Instant now) {
    Limits.check(set, field, "set");
    Instant until = Times.instant(field, proto);
    Limits.check(
        until.isAfter(now) && !until.isAfter(now.plus(longest)),
        field,
        "in the future, at most " + longest.toDays() + " days");
    return until;
  }

  private static String text(String field, String text, boolean required) {
    Limits.check(
        text.length() <= MOST_TEXT && !(required && text.isBlank()),
        field,
        (required ? 1 : 0) + " to " + MOST_TEXT + " characters");
    return text;
  }

  static State state(Alarm.State proto) {
    return switch (proto) {
      case STATE_PENDING -> State.PENDING;
      case STATE_FIRING -> State.FIRING;
      case STATE_RESOLVED -> State.RESOLVED;
      case STATE_SILENCED -> State.SILENCED;
      case STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw SpeechException.fieldInvalid("filter.states", "one of the values of its type");
    };
  }

  static AlarmReport.Severity severity(Severity proto) {
    return switch (proto) {
      case SEVERITY_UNSPECIFIED, SEVERITY_INFO -> AlarmReport.Severity.INFO;
      case SEVERITY_WARNING -> AlarmReport.Severity.WARNING;
      case SEVERITY_CRITICAL -> AlarmReport.Severity.CRITICAL;
      case UNRECOGNIZED ->
          throw SpeechException.fieldInvalid(
              "filter.minimum_severity", "one of the values of its type");
    };
  }
}
