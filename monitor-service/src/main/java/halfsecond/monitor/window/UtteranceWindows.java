// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.Movements;
import halfsecond.monitor.catalogue.UtteranceMetrics;
import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.ModelChoice;
import halfsecond.monitor.record.Origin;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Everything that is counted about utterances, in bounded memory. Each record counts once among
 * those of its version and once in each of its cohorts. Safe for use by any thread; nothing but
 * memory is waited for.
 */
public final class UtteranceWindows {
  private final WindowLayout layout;
  private final SeriesLimits limits;
  private final UtteranceMetrics metrics;
  private final SharedTable<Cell> shared;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final List<Movements> movements = new ArrayList<>();

  public UtteranceWindows(WindowLayout layout, SeriesLimits limits, BudgetShares shares) {
    UtteranceMetrics counted = UtteranceMetrics.with(shares);
    this.layout = layout;
    this.limits = limits;
    this.metrics = counted;
    this.shared =
        new SharedTable<>(
            layout,
            new SeriesTable<>(limits, () -> new Windows<>(layout, () -> new Cell(counted))));
    for (int place = 0; place < counted.size(); place++) {
      movements.add(new Movements());
    }
  }

  /**
   * Counts a record.
   *
   * @throws SpeechException {@code FIELD_INVALID} if its time is not one that is kept; nothing is
   *     counted then
   */
  public void add(UtteranceRecord utterance, Instant now) {
    Instant at = utterance.origin().eventTime();
    double[] values = metrics.read(utterance);
    shared.use(
        now,
        (table, edges) -> {
          layout.check("event_time", at, edges, now);
          count(utterance, values, table, edges);
        });
    if (!utterance.shadow()) {
      move(values, at);
    }
  }

  /**
   * Counts what a user did, among the utterances of the time of the one that it is about: of a
   * final that is counted, or will be. Nothing happens if it is none, or is not kept any more.
   */
  public void react(UtteranceRecord about, Feedback.Kind kind, Instant now) {
    int place = metrics.placeOf(UtteranceMetrics.feedback(kind));
    if (metrics.all().get(place).reading().of(about).isEmpty()) {
      return;
    }
    Instant at = about.origin().eventTime();
    try {
      shared.use(
          now,
          (table, edges) -> {
            layout.check("event_time", at, edges, now);
            forEach(about, table, edges, cell -> cell.event(place));
          });
    } catch (SpeechException e) {
      return;
    }
    if (!about.shadow()) {
      synchronized (lock) {
        movements.get(place).sampled(Metric.Kind.PROPORTION, 1, at);
      }
    }
  }

  /**
   * Whether a record of this time would be counted now.
   *
   * @throws SpeechException {@code FIELD_INVALID} for {@code field} if not
   */
  public void check(String field, Instant time, Instant now) {
    shared.use(now, (table, edges) -> layout.check(field, time, edges, now));
  }

  /** Counts a record, unless its time is not one that is kept. */
  public void addIfKept(UtteranceRecord utterance, Instant now) {
    try {
      add(utterance, now);
    } catch (SpeechException e) {
      // It was checked when it came; time has gone on since.
    }
  }

  /** How finely time is told apart. */
  public WindowLayout layout() {
    return layout;
  }

  /** Width of the windows that a time belongs to. */
  public Duration widthAt(Instant time, Instant now) {
    return shared.widthAt(time, now);
  }

  /** Sums up. */
  public Summary summarize(SummaryQuery query, Instant now) {
    SharedTable.Gathered<String, Cell> byVersion =
        shared.gather(
            query.span(),
            now,
            (key, windows, covered, groups) -> {
              if (query.matches(key)) {
                windows.forEach(covered, group(groups, key.modelVersion())::add);
              }
            },
            () -> new Cell(metrics),
            cell -> cell);
    Cell all = new Cell(metrics);
    byVersion.sums().values().forEach(all::merge);
    return new Summary(byVersion.covered(), all, byVersion.sums());
  }

  /**
   * One metric of the utterances whose clients got the answer, window by window.
   *
   * @param metric one that comes from utterance records
   * @return by the beginning of each window that has any
   */
  public NavigableMap<Instant, Aggregate> history(
      String metric, Who who, TimeSpan span, Instant now) {
    SharedTable.Grouping<Instant, Cell> byWindow =
        (key, windows, covered, groups) -> {
          if (key.belongsTo(who)) {
            windows
                .within(covered)
                .forEach((start, cell) -> group(groups, Instant.ofEpochSecond(start)).add(cell));
          }
        };
    return shared.gather(span, now, byWindow, Aggregate::new, cell -> cell.of(metric)).sums();
  }

  /** Utterances of each value of a dimension; what was only compared is left out. */
  public Map<String, Long> cohorts(CohortKey.Dimension dimension, TimeSpan span, Instant now) {
    SharedTable.Grouping<String, Cell> byValue =
        (key, windows, covered, groups) -> {
          CohortKey cohort = key.shadow() ? null : key.cohort();
          if (cohort != null && cohort.dimension() == dimension) {
            windows.forEach(covered, group(groups, cohort.value())::add);
          }
        };
    Map<String, Long> counts = new TreeMap<>();
    shared
        .gather(span, now, byValue, Aggregate::new, cell -> cell.of(UtteranceMetrics.UTTERANCES))
        .sums()
        .forEach((value, utterances) -> counts.put(value, utterances.samples()));
    return counts;
  }

  /** When a metric last moved; empty if it never did. */
  public Optional<Instant> lastMoved(String metric) {
    synchronized (lock) {
      return movements.get(metrics.placeOf(metric)).lastMoved();
    }
  }

  /** Series in memory. */
  public int seriesCount() {
    return shared.ask(SeriesTable::size);
  }

  /** Most series that there can be. */
  public int mostSeries() {
    return limits.mostSeries();
  }

  /** Windows in memory, over all series. */
  int windowCount() {
    return shared.ask(SeriesTable::windowCount);
  }

  private static void count(
      UtteranceRecord utterance,
      double[] values,
      SeriesTable<Cell> table,
      WindowLayout.Edges edges) {
    Reason refusal =
        utterance.outcome() instanceof Outcome.Rejected rejected ? rejected.reason() : null;
    forEach(utterance, table, edges, cell -> cell.count(values, refusal));
  }

  /** That of all, and that of each of its cohorts. */
  private static void forEach(
      UtteranceRecord utterance,
      SeriesTable<Cell> table,
      WindowLayout.Edges edges,
      Consumer<Cell> visitor) {
    Origin origin = utterance.origin();
    ModelChoice model = utterance.model();
    String version = table.admitVersion(model == null ? SeriesKey.NONE : model.version());
    SeriesKey all = new SeriesKey(version, origin.trafficClass(), utterance.shadow(), null);
    visitor.accept(table.of(all).at(origin.eventTime(), edges));
    for (CohortKey.Dimension dimension : CohortKey.Dimension.values()) {
      CohortKey cohort = new CohortKey(dimension, dimension.valueOf(utterance));
      visitor.accept(table.of(all.of(cohort)).at(origin.eventTime(), edges));
    }
  }

  private void move(double[] values, Instant at) {
    synchronized (lock) {
      for (int place = 0; place < values.length; place++) {
        if (!Double.isNaN(values[place])) {
          movements.get(place).sampled(metrics.all().get(place).metric().kind(), values[place], at);
        }
      }
    }
  }

  private static <K> List<Cell> group(Map<K, List<Cell>> groups, K key) {
    return groups.computeIfAbsent(key, it -> new ArrayList<>());
  }
}
