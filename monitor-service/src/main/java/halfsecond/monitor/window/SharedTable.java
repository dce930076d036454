// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table of series that any thread may use, rolled as time passes. Nothing but memory is waited
 * for.
 */
final class SharedTable<C extends Mergeable<C>> {
  /** Where there are too many series, those that were silent for so long make room. */
  private static final Duration SILENT = Duration.ofHours(24);

  private final WindowLayout layout;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final SeriesTable<C> table;

  @GuardedBy("lock")
  private WindowLayout.Edges edges;

  /** Puts the windows of a series with those that they are to be summed up with. */
  interface Grouping<K, C extends Mergeable<C>> {
    void group(SeriesKey key, Windows<C> windows, TimeSpan covered, Map<K, List<C>> groups);
  }

  /**
   * Sums of groups.
   *
   * @param covered the span asked for, widened to whole windows and cut to what is kept
   */
  record Gathered<K, P>(TimeSpan covered, NavigableMap<K, P> sums) {}

  SharedTable(WindowLayout layout, SeriesTable<C> table) {
    this.layout = layout;
    this.table = table;
    this.edges = WindowLayout.Edges.none(layout);
  }

  /** Does something with the table as it is now, while nobody else has it. */
  void use(Instant now, BiConsumer<SeriesTable<C>, WindowLayout.Edges> action) {
    synchronized (lock) {
      roll(now);
      action.accept(table, edges);
    }
  }

  /** Asks the table something, while nobody else has it. */
  <T> T ask(Function<SeriesTable<C>, T> question) {
    synchronized (lock) {
      return question.apply(table);
    }
  }

  Duration widthAt(Instant time, Instant now) {
    synchronized (lock) {
      roll(now);
      return layout.widthAt(time, edges);
    }
  }

  /**
   * Sums up the windows of groups. What is added meanwhile may or may not be in the sums; nothing
   * is in them twice. Takes the lock for one window at a time, so that others wait for one merge
   * and not for all. Once more only if windows were rolled meanwhile, which they are once in a
   * coarse width: one may then hold what another held before.
   *
   * @param part what is wanted of a window
   */
  <K extends Comparable<K>, P extends Mergeable<P>> Gathered<K, P> gather(
      TimeSpan span, Instant now, Grouping<K, C> grouping, Supplier<P> empty, Function<C, P> part) {
    while (true) {
      Map<K, List<C>> groups = new TreeMap<>();
      WindowLayout.Edges seen;
      TimeSpan covered;
      synchronized (lock) {
        roll(now);
        seen = edges;
        TimeSpan whole = layout.covered(span, edges, now);
        covered = whole;
        table.forEach((key, windows) -> grouping.group(key, windows, whole, groups));
      }
      NavigableMap<K, P> sums = sum(groups, seen, empty, part);
      if (sums != null) {
        return new Gathered<>(covered, sums);
      }
    }
  }

  /** Null if windows are not what was seen any more. */
  private <K extends Comparable<K>, P extends Mergeable<P>> @Nullable NavigableMap<K, P> sum(
      Map<K, List<C>> groups, WindowLayout.Edges seen, Supplier<P> empty, Function<C, P> part) {
    NavigableMap<K, P> sums = new TreeMap<>();
    for (Map.Entry<K, List<C>> group : groups.entrySet()) {
      P sum = empty.get();
      for (C window : group.getValue()) {
        synchronized (lock) {
          if (!edges.equals(seen)) {
            return null;
          }
          sum.merge(part.apply(window));
        }
      }
      sums.put(group.getKey(), sum);
    }
    return sums;
  }

  @GuardedBy("lock")
  private void roll(Instant now) {
    WindowLayout.Edges next = layout.edgesAt(now).orLater(edges);
    if (!next.equals(edges)) {
      edges = next;
      table.roll(next, now.minus(SILENT).getEpochSecond());
    }
  }
}
