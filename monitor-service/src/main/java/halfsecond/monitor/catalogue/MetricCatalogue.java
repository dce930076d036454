// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metrics there are: those that are built in, and those that services declared, of which there
 * are only so many. Safe for use by any thread.
 */
public final class MetricCatalogue {
  /** The gauge in which replicas of recognition say how many cores they may use. */
  public static final String CORES = "asr.cores";

  /** Each that has samples takes memory as a series does. */
  private static final int MOST_DECLARED = 200;

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<String, Metric> byName = new TreeMap<>();

  @GuardedBy("lock")
  private int declared;

  private MetricCatalogue(List<Metric> builtIn) {
    builtIn.forEach(metric -> byName.put(metric.name(), metric));
  }

  /** Of what is built in alone; docs/monitoring.md lists it. */
  public static MetricCatalogue builtIn() {
    List<Metric> metrics = new ArrayList<>(ServiceMetrics.all());
    UtteranceMetrics.usual().all().forEach(it -> metrics.add(it.metric()));
    return new MetricCatalogue(metrics);
  }

  /**
   * The metric of that name.
   *
   * @throws SpeechException {@code NOT_FOUND} if nobody declared it
   */
  public Metric find(String name) {
    synchronized (lock) {
      Metric metric = byName.get(name);
      if (metric == null) {
        throw new SpeechException(
            Reason.NOT_FOUND,
            "no such metric",
            Map.of("resource", "metric", "field", "metric", "limit", "declared"));
      }
      return metric;
    }
  }

  /**
   * Adds a metric, or changes description, direction or test of one.
   *
   * @throws SpeechException {@code STATE_CONFLICT} if it is built in, or its stage, kind or unit
   *     differ from what they were; {@code SATURATED} if there are too many
   */
  public void declare(Metric metric) {
    synchronized (lock) {
      Metric before = byName.get(metric.name());
      if (before == null) {
        if (declared >= MOST_DECLARED) {
          throw new SpeechException(Reason.SATURATED, "too many declared metrics");
        }
        declared++;
      } else if (before.builtIn()) {
        throw conflict("the metric is built in");
      } else if (before.stage() != metric.stage()
          || before.kind() != metric.kind()
          || !before.unit().equals(metric.unit())) {
        throw conflict("stage, kind and unit of a metric stay as they were declared first");
      }
      byName.put(metric.name(), metric);
    }
  }

  /** All of them, ordered by name. */
  public List<Metric> all() {
    synchronized (lock) {
      return List.copyOf(byName.values());
    }
  }

  private static SpeechException conflict(String message) {
    return new SpeechException(Reason.STATE_CONFLICT, message, Map.of("resource", "metric"));
  }
}
