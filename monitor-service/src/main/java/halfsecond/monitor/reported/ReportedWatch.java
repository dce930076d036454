// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.judge.ThresholdInForce;
import halfsecond.monitor.metric.MetricWindows;
import halfsecond.monitor.query.SeriesReader;
import halfsecond.monitor.threshold.Target;
import halfsecond.monitor.threshold.ThresholdChange;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges what services report and what was declared, at the end of every five minutes: each metric
 * by the test of its declaration, of everybody and of each cohort that is told apart. What it knows
 * comes from the windows that are kept in memory. Not safe for use by several threads.
 */
public final class ReportedWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ReportedWatch.class);

  /** From one look to the next. */
  public static final Duration STEP = Duration.ofMinutes(5);

  /** Reporters send every few seconds: what belongs to a step is there so long after it. */
  private static final Duration LATE = Duration.ofSeconds(20);

  /** An alarm about which nothing can be said for so long is over. */
  private static final Duration UNKNOWN = Duration.ofHours(1);

  private final MetricWindows windows;
  private final SeriesReader series;
  private final Map<Target, Judged> judged = new HashMap<>();
  private final ReportedSettings settings = new ReportedSettings();
  private final Map<Target, Case> open = new TreeMap<>(Target.ORDER);
  private final Map<String, ReportedAlarm> changed = new LinkedHashMap<>();
  private final List<String> lost = new ArrayList<>();
  private Instant last = Instant.MIN;

  /** Since when there is anything to be heard. */
  private @Nullable Instant began;

  private record Judged(TestKind kind, MetricTest test) {}

  /**
   * @param series over the same windows
   */
  public ReportedWatch(MetricWindows windows, SeriesReader series) {
    this.windows = windows;
    this.series = series;
  }

  /**
   * Takes what somebody set, unless something later was set before; what is about metrics that are
   * not judged here does nothing.
   */
  public void set(ThresholdChange change) {
    settings.take(change);
    endMuted(change.at());
  }

  private void endMuted(Instant at) {
    for (Case it : List.copyOf(open.values())) {
      if (settings.of(it.target()).muted()) {
        it.end(at);
        changed(it, targets().get(it.target()));
      }
    }
  }

  /** Whether a metric is judged here. */
  public boolean judges(String metric) {
    return find(metric).isPresent();
  }

  /** Whether a metric that is judged here can have fixed limits. */
  public boolean limits(String metric) {
    return find(metric).filter(it -> it.test() == TestKind.FIXED_LIMIT).isPresent();
  }

  /** Whether the test of a metric that is judged here goes by significance. */
  public boolean isSignificant(String metric) {
    return find(metric)
        .filter(it -> MetricTests.of(it, Who.ALL, series).defaults().significance() > 0)
        .isPresent();
  }

  private Optional<Metric> find(String metric) {
    return windows.catalogue().judgedAlone().stream()
        .filter(it -> it.name().equals(metric))
        .findFirst();
  }

  /**
   * Takes what went on before a restart; to be called after all that was set is known, and before
   * the first {@link #tick}. Of two about the same, which two monitors found, one goes on.
   */
  public void resume(List<Ongoing> before, Instant now) {
    began = now;
    for (Ongoing it : before) {
      Case other = open.put(it.target(), Case.resumed(it, now));
      if (other != null) {
        lost.add(other.id());
      }
    }
    endMuted(now);
  }

  /** Lets time pass. A time before that changes nothing. */
  public void tick(Instant now) {
    if (began == null) {
      began = now;
    }
    long step = STEP.toSeconds();
    Instant end =
        Instant.ofEpochSecond(Math.floorDiv(now.minus(LATE).getEpochSecond(), step) * step);
    // Of a step that had begun before, a part was not heard.
    if (!end.isAfter(last) || end.minus(STEP).isBefore(began)) {
      return;
    }
    last = end;
    Map<Target, Metric> targets = targets();
    targets.forEach((target, metric) -> judgeOrLog(target, metric, end, now));
    for (Case it : List.copyOf(open.values())) {
      if (!targets.containsKey(it.target())) {
        unknown(it, null, end);
      }
    }
    judged.keySet().retainAll(targets.keySet());
  }

  /** Alarms that are new or different since the last call, in the order of their first change. */
  public List<ReportedAlarm> takeChanges() {
    List<ReportedAlarm> alarms = List.copyOf(changed.values());
    changed.clear();
    return alarms;
  }

  /** Those from before a restart of which nothing became known, since the last call. */
  public List<String> takeLost() {
    List<String> ids = List.copyOf(lost);
    lost.clear();
    return ids;
  }

  /** What decides now: of each metric for everybody, and where something is set or told apart. */
  public List<ThresholdInForce> thresholds() {
    Map<Target, Metric> all = new TreeMap<>(Target.ORDER);
    all.putAll(targets());
    for (Metric metric : windows.catalogue().judgedAlone()) {
      all.put(new Target(metric.name(), null), metric);
      settings.targets(metric.name()).forEach(it -> all.put(it, metric));
    }
    List<ThresholdInForce> thresholds = new ArrayList<>();
    all.forEach((target, metric) -> thresholds.add(inForce(target, metric)));
    return thresholds;
  }

  private ThresholdInForce inForce(Target target, Metric metric) {
    return inForce(target, MetricTests.of(metric, Who.ALL, series));
  }

  private ThresholdInForce inForce(Target target, MetricTest test) {
    return test.defaults().with(target, settings.of(target));
  }

  /** Everybody, where there are samples, and every cohort that is told apart. */
  private Map<Target, Metric> targets() {
    Map<Target, Metric> targets = new LinkedHashMap<>();
    for (Metric metric : windows.catalogue().judgedAlone()) {
      targets.put(new Target(metric.name(), null), metric);
      for (CohortKey cohort : windows.cohorts(metric.name())) {
        targets.put(new Target(metric.name(), cohort), metric);
      }
    }
    return targets;
  }

  /** What goes wrong with one must not keep the others from being judged. */
  private void judgeOrLog(Target target, Metric metric, Instant end, Instant now) {
    try {
      judge(target, metric, end, now);
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("metric", metric.name())
          .addKeyValue("cohort", target.cohort())
          .setCause(e)
          .log("a metric could not be judged");
    }
  }

  private void judge(Target target, Metric metric, Instant end, Instant now) {
    Who who = new Who(null, target.cohort());
    TestKind kind = MetricTests.kind(metric);
    Judged its =
        judged.compute(
            target,
            (key, known) ->
                known != null && known.kind() == kind
                    ? known
                    : new Judged(kind, MetricTests.of(metric, who, series)));
    TimeSpan span = new TimeSpan(end.minus(its.test().past()), end);
    Samples samples = new Samples(metric, windows.history(metric.name(), who, span, now), end);
    ThresholdInForce inForce = inForce(target, its.test());
    Optional<Finding> finding =
        its.test().judge(samples, inForce).filter(it -> isEnough(it, inForce));
    Case known = open.get(target);
    if (inForce.muted()) {
      return;
    }
    if (finding.isPresent()) {
      take(metric, counted(finding.get(), metric, inForce), inForce, end);
    } else if (known != null) {
      unknown(known, metric, end);
    }
  }

  private void take(Metric metric, Finding finding, ThresholdInForce inForce, Instant end) {
    Target target = inForce.target();
    Case known = open.get(target);
    if (known == null) {
      if (!finding.outside()) {
        return;
      }
      known = Case.first(target, finding, end);
      open.put(target, known);
    }
    known.take(finding, end, inForce.hold(), inForce.release());
    changed(known, metric);
  }

  private void unknown(Case known, @Nullable Metric metric, Instant end) {
    known.unknown(end, UNKNOWN);
    if (known.isOver()) {
      changed(known, metric);
    }
  }

  private void changed(Case known, @Nullable Metric metric) {
    if (known.isOver()) {
      open.remove(known.target());
    }
    Optional<ReportedAlarm> alarm = metric == null ? Optional.empty() : known.alarm(metric);
    alarm.ifPresent(it -> changed.put(it.id(), it));
    if (alarm.isEmpty() && known.isOver()) {
      lost.add(known.id());
    }
  }

  /** Of too few nothing is said, but that all is well; and silence is made of none. */
  private static boolean isEnough(Finding finding, ThresholdInForce inForce) {
    return !finding.outside() || finding.count() == 0 || finding.count() >= inForce.minimumCount();
  }

  /** What is better than it was is no alarm, nor what is less than somebody asked for. */
  private static Finding counted(Finding finding, Metric metric, ThresholdInForce inForce) {
    boolean small = Math.abs(finding.effect()) < inForce.minimumEffect();
    boolean better =
        switch (metric.direction()) {
          case TWO_SIDED -> false;
          case UP_IS_WORSE -> finding.effect() < 0;
          case DOWN_IS_WORSE -> finding.effect() > 0;
        };
    // Silence, and limits, are what somebody asked for.
    boolean asked = finding.test() == TestKind.NO_DATA || finding.test() == TestKind.FIXED_LIMIT;
    return small || (better && !asked) ? finding.inside() : finding;
  }
}
