// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.record.ModelChoice;
import halfsecond.monitor.record.Origin;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that is counted about utterances, in bounded memory. Each record counts once among
 * those of its version and once in each of its cohorts. Safe for use by any thread; nothing but
 * memory is waited for.
 */
public final class UtteranceWindows {
  private final WindowLayout layout;
  private final SeriesLimits limits;
  private final Counting counting;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final SeriesTable<Cell> table;

  @GuardedBy("lock")
  private WindowLayout.Edges edges = new WindowLayout.Edges(Long.MIN_VALUE, Long.MIN_VALUE);

  public UtteranceWindows(WindowLayout layout, SeriesLimits limits, BudgetShares shares) {
    this.layout = layout;
    this.limits = limits;
    this.counting = new Counting(shares);
    this.table = new SeriesTable<>(limits, () -> new Windows<>(layout, Cell::new));
  }

  /**
   * Counts a record.
   *
   * @throws SpeechException {@code FIELD_INVALID} if its time is not one that is kept; nothing is
   *     counted then
   */
  public void add(UtteranceRecord utterance, Instant now) {
    Origin origin = utterance.origin();
    synchronized (lock) {
      roll(now);
      layout.check("event_time", origin.eventTime(), edges, now);
      ModelChoice model = utterance.model();
      String version = table.admitVersion(model == null ? SeriesKey.NONE : model.version());
      count(utterance, new SeriesKey(version, origin.trafficClass(), utterance.shadow(), null));
      for (CohortKey.Dimension dimension : CohortKey.Dimension.values()) {
        CohortKey cohort = new CohortKey(dimension, dimension.valueOf(utterance));
        count(utterance, new SeriesKey(version, origin.trafficClass(), utterance.shadow(), cohort));
      }
    }
  }

  /**
   * Whether a record of this time would be counted now.
   *
   * @throws SpeechException {@code FIELD_INVALID} for {@code field} if not
   */
  public void check(String field, Instant time, Instant now) {
    synchronized (lock) {
      roll(now);
      layout.check(field, time, edges, now);
    }
  }

  /** Counts a record, unless its time is not one that is kept. */
  public void addIfKept(UtteranceRecord utterance, Instant now) {
    try {
      add(utterance, now);
    } catch (SpeechException e) {
      // It was checked when it came; time has gone on since.
    }
  }

  /**
   * Sums up. Records that arrive meanwhile may or may not be in the figures; nothing is in them
   * twice.
   */
  public Summary summarize(SummaryQuery query, Instant now) {
    Optional<Summary> summary = Optional.empty();
    // Again only if windows were rolled in between, which they are once in a coarse width.
    while (summary.isEmpty()) {
      summary = new Summing(query, now).sum();
    }
    return summary.get();
  }

  /** Series in memory. */
  public int seriesCount() {
    synchronized (lock) {
      return table.size();
    }
  }

  /** Most series that there can be. */
  public int mostSeries() {
    return limits.mostSeries();
  }

  /** Windows in memory, over all series. */
  int windowCount() {
    synchronized (lock) {
      return table.windowCount();
    }
  }

  /**
   * One attempt to sum up. Takes the lock for one window at a time, so that records wait for one
   * merge and not for all.
   */
  private final class Summing {
    private final Map<String, List<Cell>> cells = new TreeMap<>();
    private final WindowLayout.Edges seen;
    private final TimeSpan covered;

    Summing(SummaryQuery query, Instant now) {
      synchronized (lock) {
        roll(now);
        seen = edges;
        covered = layout.covered(query.span(), edges, now);
        table.forEach(
            (key, windows) -> {
              if (query.matches(key)) {
                windows.forEach(
                    covered,
                    cells.computeIfAbsent(key.modelVersion(), v -> new ArrayList<>())::add);
              }
            });
      }
    }

    /** Empty if windows were rolled meanwhile: one may then hold what another held before. */
    Optional<Summary> sum() {
      TreeMap<String, Cell> byVersion = new TreeMap<>();
      for (Map.Entry<String, List<Cell>> version : cells.entrySet()) {
        Cell sum = new Cell();
        for (Cell cell : version.getValue()) {
          synchronized (lock) {
            if (!edges.equals(seen)) {
              return Optional.empty();
            }
            sum.merge(cell);
          }
        }
        byVersion.put(version.getKey(), sum);
      }
      Cell all = new Cell();
      byVersion.values().forEach(all::merge);
      return Optional.of(new Summary(covered, all, byVersion));
    }
  }

  @GuardedBy("lock")
  private void count(UtteranceRecord utterance, SeriesKey key) {
    counting.count(utterance, table.of(key).at(utterance.origin().eventTime(), edges));
  }

  @GuardedBy("lock")
  private void roll(Instant now) {
    WindowLayout.Edges next = layout.edgesAt(now).orLater(edges);
    if (!next.equals(edges)) {
      edges = next;
      table.roll(next);
    }
  }
}
