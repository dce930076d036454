// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.metric;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.Movements;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import halfsecond.monitor.window.WindowLayout;
import halfsecond.monitor.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All samples of one metric: all together, and apart by the model versions and cohorts that they
 * name. Not safe for use by several threads.
 */
final class MetricSeries {
  /** Instances of which the newest reading is known; the oldest makes room. */
  private static final int MOST_INSTANCES = 1_000;

  /** Whoever said something so short a time before the newest is not gone. */
  private static final Duration RECENT = Duration.ofMinutes(2);

  /** Versions and cohorts that are told apart; the rest is gathered under "other". */
  private static final int MOST_APART = 20;

  private static final String OTHER = "other";
  private static final Logger LOG = LoggerFactory.getLogger(MetricSeries.class);

  private final Metric metric;
  private final WindowLayout layout;
  private final Map<Who, Windows<Aggregate>> windows = new HashMap<>();
  private final Map<String, MetricSummary.Latest> latest = new TreeMap<>();
  private final Map<String, Movements> movements = new HashMap<>();
  private Optional<Instant> moved = Optional.empty();
  private boolean crowded;

  MetricSeries(Metric metric, WindowLayout layout) {
    this.metric = metric;
    this.layout = layout;
  }

  Metric metric() {
    return metric;
  }

  void add(StageSample sample, String instance, WindowLayout.Edges edges) {
    sample.value().addTo(of(Who.ALL).at(sample.time(), edges));
    Who who = sample.who();
    if (who.modelVersion() != null) {
      Who version = apart(new Who(who.modelVersion(), null));
      sample.value().addTo(of(version).at(sample.time(), edges));
    }
    if (who.cohort() != null) {
      Who cohort = apart(new Who(null, who.cohort()));
      sample.value().addTo(of(cohort).at(sample.time(), edges));
    }
    if (sample.value() instanceof StageSample.Reading reading) {
      remember(new MetricSummary.Latest(instance, sample.time(), reading.level()));
    }
    move(sample, instance);
  }

  /** Adds what another series of the same metric holds, which stays as it is. */
  void take(MetricSeries other, WindowLayout.Edges edges) {
    other.windows.forEach(
        (who, theirs) -> {
          Windows<Aggregate> ours = of(apart(who));
          theirs
              .all()
              .forEach(
                  (start, window) -> {
                    if (start >= edges.keptFrom()) {
                      ours.at(Instant.ofEpochSecond(start), edges).merge(window);
                    }
                  });
        });
    other.latest.values().forEach(this::remember);
    other.moved.ifPresent(this::moved);
  }

  /** Window by window. */
  NavigableMap<Instant, Aggregate> history(Who who, TimeSpan covered) {
    NavigableMap<Instant, Aggregate> history = new TreeMap<>();
    Windows<Aggregate> known = windows.get(who);
    if (known != null) {
      known
          .within(covered)
          .forEach(
              (start, window) -> {
                Aggregate copy = new Aggregate();
                copy.merge(window);
                history.put(Instant.ofEpochSecond(start), copy);
              });
    }
    return history;
  }

  List<CohortKey> cohorts() {
    return windows.keySet().stream()
        .flatMap(who -> Stream.ofNullable(who.cohort()))
        .sorted(Comparator.comparing(CohortKey::dimension).thenComparing(CohortKey::value))
        .toList();
  }

  void roll(WindowLayout.Edges edges) {
    windows.values().forEach(it -> it.roll(edges));
    windows.values().removeIf(it -> it.size() == 0);
  }

  /** The newest reading of each instance. */
  List<MetricSummary.Latest> latest() {
    return List.copyOf(latest.values());
  }

  Optional<Instant> lastMoved() {
    return moved;
  }

  /** Of whom there are windows. */
  Set<Who> everybody() {
    return windows.keySet();
  }

  /** The windows of one of {@link #everybody}, by the second in which each starts; a view. */
  SortedMap<Long, Aggregate> windows(Who who) {
    return of(who).all();
  }

  /** What was written down. */
  void restore(Who who, long start, Aggregate window) {
    of(who).put(start, window);
  }

  int size() {
    return windows.size();
  }

  private Windows<Aggregate> of(Who who) {
    return windows.computeIfAbsent(who, it -> new Windows<>(layout, Aggregate::new));
  }

  /** Whom it counts for: one version, one cohort or all. */
  private Who apart(Who who) {
    if (who.equals(Who.ALL) || windows.containsKey(who) || windows.size() <= MOST_APART) {
      return who;
    }
    CohortKey cohort = who.cohort();
    return cohort == null
        ? new Who(OTHER, null)
        : new Who(null, new CohortKey(cohort.dimension(), OTHER));
  }

  /** Takes a reading, unless a newer one of its instance is known. */
  void remember(MetricSummary.Latest reading) {
    latest.merge(
        reading.instance(), reading, (old, next) -> next.time().isBefore(old.time()) ? old : next);
    if (latest.size() > MOST_INSTANCES) {
      latest.values().stream()
          .min(Comparator.comparing(MetricSummary.Latest::time))
          .ifPresent(oldest -> makeRoom(oldest, reading));
    }
  }

  private void makeRoom(MetricSummary.Latest oldest, MetricSummary.Latest next) {
    latest.remove(oldest.instance());
    if (!crowded && oldest.time().isAfter(next.time().minus(RECENT))) {
      crowded = true;
      LOG.atWarn()
          .addKeyValue("metric", metric.name())
          .addKeyValue("most", MOST_INSTANCES)
          .log("more instances report than are told apart: their newest readings miss some");
    }
  }

  /** Instances differ from each other, which is no movement. */
  private void move(StageSample sample, String instance) {
    if (movements.size() >= MOST_INSTANCES && !movements.containsKey(instance)) {
      movements.clear();
    }
    Movements its = movements.computeIfAbsent(instance, it -> new Movements());
    its.sampled(metric.kind(), sample.value().typical(), sample.time());
    its.lastMoved().ifPresent(this::moved);
  }

  /** Says when it moved, unless it is known to have moved later. */
  void moved(Instant at) {
    if (moved.isEmpty() || at.isAfter(moved.get())) {
      moved = Optional.of(at);
    }
  }
}
