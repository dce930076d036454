// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.kept.Keeper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The metrics there are: those that are built in, and those that services declared, of which there
 * are only so many. Safe for use by any thread; only declaring one may wait.
 */
public final class MetricCatalogue {
  /** The gauge in which replicas of recognition say how many cores they may use. */
  public static final String CORES = "asr.cores";

  /** Each that has samples takes memory as a series does. */
  private static final int MOST_DECLARED = 200;

  private final Keeper<Metric> keeper;
  private final Object changes = new Object();

  /** In place of which another one is put, so that nobody waits who only looks. */
  private volatile Map<String, Metric> byName;

  private MetricCatalogue(List<Metric> builtIn, Keeper<Metric> keeper) {
    this.keeper = keeper;
    this.byName = byName(builtIn, keeper.all());
  }

  private static Map<String, Metric> byName(List<Metric> builtIn, List<Metric> declared) {
    Map<String, Metric> metrics = new TreeMap<>();
    declared.forEach(metric -> metrics.put(metric.name(), metric));
    // What has been built in since means what it means here.
    builtIn.forEach(metric -> metrics.put(metric.name(), metric));
    return Collections.unmodifiableMap(metrics);
  }

  /** Takes what was declared to other monitors on the same store; waits for the keeper. */
  public void refresh() {
    synchronized (changes) {
      List<Metric> builtIn = byName.values().stream().filter(Metric::builtIn).toList();
      byName = byName(builtIn, keeper.all());
    }
  }

  /** Of what is built in alone; docs/monitoring.md lists it. */
  public static MetricCatalogue builtIn() {
    return kept(Keeper.none());
  }

  /**
   * Of what is built in, and what was declared.
   *
   * @param keeper asked now for what was declared before, then told of every declaration
   */
  public static MetricCatalogue kept(Keeper<Metric> keeper) {
    List<Metric> metrics = new ArrayList<>(ServiceMetrics.all());
    UtteranceMetrics.usual().all().forEach(it -> metrics.add(it.metric()));
    return new MetricCatalogue(metrics, keeper);
  }

  /**
   * The metric of that name.
   *
   * @throws SpeechException {@code NOT_FOUND} if nobody declared it
   */
  public Metric find(String name) {
    Metric metric = byName.get(name);
    if (metric == null) {
      throw new SpeechException(
          Reason.NOT_FOUND,
          "no such metric",
          Map.of("resource", "metric", "field", "metric", "limit", "declared"));
    }
    return metric;
  }

  /**
   * Adds a metric, or changes description, direction or test of one. Waits for the keeper; throws
   * what it throws, and nothing has changed then.
   *
   * @throws SpeechException {@code STATE_CONFLICT} if it is built in, or its stage, kind or unit
   *     differ from what they were; {@code SATURATED} if there are too many
   */
  public void declare(Metric metric) {
    synchronized (changes) {
      Metric before = byName.get(metric.name());
      if (before == null) {
        if (byName.values().stream().filter(it -> !it.builtIn()).count() >= MOST_DECLARED) {
          throw new SpeechException(Reason.SATURATED, "too many declared metrics");
        }
      } else if (before.builtIn()) {
        throw conflict("the metric is built in");
      } else if (before.stage() != metric.stage()
          || before.kind() != metric.kind()
          || !before.unit().equals(metric.unit())) {
        throw conflict("stage, kind and unit of a metric stay as they were declared first");
      }
      if (!metric.equals(before)) {
        keeper.keep(metric);
        Map<String, Metric> metrics = new TreeMap<>(byName);
        metrics.put(metric.name(), metric);
        byName = Collections.unmodifiableMap(metrics);
      }
    }
  }

  /** All of them, ordered by name. */
  public List<Metric> all() {
    return List.copyOf(byName.values());
  }

  /**
   * Those that are judged by themselves, each by its own test: what was declared, and what services
   * report about faults. What moves with load alone is not among them: objectives say when load is
   * too much.
   */
  public List<Metric> judgedAlone() {
    return byName.values().stream()
        .filter(
            it -> it.source() == Metric.Source.DECLARED || ServiceMetrics.tellsOfFaults(it.name()))
        .toList();
  }

  /** The upper limit of a metric that has a built-in one: nothing of it is right. */
  public static OptionalDouble builtInLimit(Metric metric) {
    return metric.source() == Metric.Source.SERVICES && metric.test() == TestKind.FIXED_LIMIT
        ? OptionalDouble.of(0)
        : OptionalDouble.empty();
  }

  private static SpeechException conflict(String message) {
    return new SpeechException(Reason.STATE_CONFLICT, message, Map.of("resource", "metric"));
  }
}
