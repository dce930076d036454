// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.alarm.JudgeDesk;
import halfsecond.monitor.alarm.ReportedDesk;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.judge.ThresholdInForce;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.threshold.Setting;
import halfsecond.monitor.threshold.Target;
import halfsecond.monitor.threshold.ThresholdChange;
import halfsecond.monitor.threshold.Thresholds;
import halfsecond.monitor.v1.GetThresholdsRequest;
import halfsecond.monitor.v1.GetThresholdsResponse;
import halfsecond.monitor.v1.SetThresholdRequest;
import halfsecond.monitor.v1.SetThresholdResponse;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The methods about thresholds. Safe for use by any thread; setting one waits for the store. */
final class ThresholdCalls {
  private static final Logger LOG = LoggerFactory.getLogger(ThresholdCalls.class);
  private static final int MOST_CHANGES = 1_000;

  private final MetricCatalogue catalogue;
  private final Thresholds thresholds;
  private final JudgeDesk judge;
  private final ReportedDesk reported;
  private final InstantSource clock;

  ThresholdCalls(MetricCatalogue catalogue, Decisions decisions, InstantSource clock) {
    this.catalogue = catalogue;
    this.thresholds = decisions.thresholds();
    this.judge = decisions.judge();
    this.reported = decisions.reported();
    this.clock = clock;
  }

  GetThresholdsResponse get(GetThresholdsRequest request) {
    String metric = request.getMetric().isEmpty() ? "" : catalogue.find(request.getMetric()).name();
    GetThresholdsResponse.Builder response = GetThresholdsResponse.newBuilder();
    all()
        .filter(it -> concerns(metric, it.target()) || (metric.isEmpty() && isSet(it.target())))
        .forEach(it -> response.addThresholds(ThresholdProtos.write(it, etag(it.target()))));
    if (request.getIncludeHistory()) {
      Stream.concat(
              thresholds.changes().stream()
                  .filter(it -> metric.isEmpty() || metric.equals(it.target().metric())),
              judge.adaptations().stream().filter(it -> concerns(metric, it.target())))
          .sorted(Comparator.comparing(ThresholdChange::at).reversed())
          .limit(MOST_CHANGES)
          .forEach(it -> response.addHistory(ThresholdProtos.write(it)));
    }
    return response.build();
  }

  SetThresholdResponse set(SetThresholdRequest request) {
    Limits.check(request.hasThreshold(), "threshold", "set");
    Target target = ThresholdProtos.target(request.getThreshold());
    String metric = catalogue.find(target.metric()).name();
    boolean byItself = reported.judges(metric);
    Limits.check(byItself || judge.judges(metric), "threshold.metric", "a metric that is judged");
    Setting setting = ThresholdProtos.setting(request.getThreshold(), request.getRemove());
    Limits.check(
        setting == null || !setting.limited() || reported.limits(metric),
        "threshold."
            + (setting != null && setting.lowerLimit() != null ? "lower" : "upper")
            + "_limit",
        "unset: the metric's test is not TEST_KIND_FIXED_LIMIT");
    Limits.check(
        setting == null
            || setting.significance() == null
            || !byItself
            || reported.isSignificant(metric),
        "threshold.significance",
        "unset: the metric's test has none");
    ThresholdChange change =
        thresholds.set(
            target,
            setting,
            request.getEtag().isEmpty() ? null : request.getEtag(),
            clock.instant(),
            request.getActor(),
            request.getComment());
    judge.obey(change);
    reported.obey(change);
    LOG.atInfo()
        .addKeyValue("metric", metric)
        .addKeyValue("cohort", target.cohort())
        .addKeyValue("actor", change.actor())
        .addKeyValue("removed", request.getRemove())
        .log("threshold set");
    return SetThresholdResponse.newBuilder()
        .setThreshold(ThresholdProtos.write(inForce(target), etag(target)))
        .build();
  }

  /** Of what is judged by records, and of what is judged by reports. */
  private Stream<ThresholdInForce> all() {
    return Stream.concat(judge.thresholds().stream(), reported.thresholds().stream())
        .sorted(Comparator.comparing(ThresholdInForce::target, Target.ORDER));
  }

  /** Of a cohort that nothing is known of and nothing is set for, that of everybody. */
  private ThresholdInForce inForce(Target target) {
    return all()
        .filter(it -> it.target().equals(target))
        .findFirst()
        .orElseGet(
            () ->
                all()
                    .filter(it -> it.target().equals(target.general()))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            SpeechException.fieldInvalid(
                                "threshold.metric", "a metric that is judged")));
  }

  private static boolean concerns(String metric, Target target) {
    return metric.isEmpty() ? target.cohort() == null : metric.equals(target.metric());
  }

  private boolean isSet(Target target) {
    return thresholds.last(target).filter(it -> it.after() != null).isPresent();
  }

  private String etag(Target target) {
    return thresholds.last(target).map(ThresholdChange::id).orElse("");
  }
}
