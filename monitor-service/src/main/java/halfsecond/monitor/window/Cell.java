// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import halfsecond.common.error.Reason;
import halfsecond.monitor.catalogue.UtteranceMetric;
import halfsecond.monitor.catalogue.UtteranceMetrics;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the utterances of one series in one window, or of several added up, come to: for each metric
 * what its measurements add up to, held only once there is one. Not thread-safe.
 */
public final class Cell implements Mergeable<Cell> {
  private final UtteranceMetrics metrics;
  private final @Nullable Aggregate[] byPlace;
  private Map<Reason, Long> refusals = Map.of();

  Cell(UtteranceMetrics metrics) {
    this.metrics = metrics;
    this.byPlace = new Aggregate[metrics.size()];
  }

  /**
   * Counts an utterance.
   *
   * @param values what {@link UtteranceMetrics#read} made of it
   * @param refusal why it was refused, if it was
   */
  void count(double[] values, @Nullable Reason refusal) {
    for (int place = 0; place < values.length; place++) {
      if (!Double.isNaN(values[place])) {
        UtteranceMetric metric = metrics.all().get(place);
        at(place).add(metric.metric().kind(), values[place]);
      }
    }
    if (refusal != null) {
      refused(refusal, 1L);
    }
  }

  /** Counts an event of an utterance that was, or will be, counted as a trial. */
  void event(int place) {
    at(place).event();
  }

  @Override
  public void merge(Cell other) {
    for (int place = 0; place < byPlace.length; place++) {
      Aggregate theirs = other.byPlace[place];
      if (theirs != null) {
        at(place).merge(theirs);
      }
    }
    other.refusals.forEach(this::refused);
  }

  /** Of one metric; empty if nothing was measured. The caller must not add to it. */
  public Aggregate of(String metric) {
    Aggregate known = byPlace[metrics.placeOf(metric)];
    return known == null ? new Aggregate() : known;
  }

  /** Finals and refusals. */
  public long utterances() {
    return of(UtteranceMetrics.UTTERANCES).samples();
  }

  public long rejected() {
    return of(UtteranceMetrics.REFUSALS).events();
  }

  public long finals() {
    return utterances() - rejected();
  }

  public Map<Reason, Long> refusals() {
    return Collections.unmodifiableMap(refusals);
  }

  /** Values and bins held in memory. */
  int retained() {
    int retained = 0;
    for (Aggregate aggregate : byPlace) {
      retained += aggregate == null ? 0 : aggregate.retained();
    }
    return retained;
  }

  private Aggregate at(int place) {
    Aggregate known = byPlace[place];
    if (known == null) {
      known = new Aggregate();
      byPlace[place] = known;
    }
    return known;
  }

  private void refused(Reason reason, long times) {
    if (refusals.isEmpty()) {
      refusals = new EnumMap<>(Reason.class);
    }
    refusals.merge(reason, times, Long::sum);
  }
}
