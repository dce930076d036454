// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One series: its windows in order of time, of all levels, without those that are empty. The owner
 * rolls it whenever the edges move. Not safe for use by several threads.
 */
public final class Windows<C extends Mergeable<C>> {
  private final WindowLayout layout;
  private final Supplier<C> empty;
  private final NavigableMap<Long, C> byStart = new TreeMap<>();

  public Windows(WindowLayout layout, Supplier<C> empty) {
    this.layout = layout;
    this.empty = empty;
  }

  /** The window that a time belongs to, which must not be before what is kept. */
  public C at(Instant time, WindowLayout.Edges edges) {
    return byStart.computeIfAbsent(layout.windowOf(time, edges), start -> empty.get());
  }

  /**
   * Drops what is no longer kept and makes windows into those of the next level when it is time.
   */
  public void roll(WindowLayout.Edges edges) {
    byStart.headMap(edges.keptFrom(), false).clear();
    NavigableMap<Long, C> old = byStart.headMap(edges.coarseBefore(), false);
    // A copy, because the map changes on the way.
    for (Map.Entry<Long, C> window : new TreeMap<>(old).entrySet()) {
      long start = layout.windowOf(Instant.ofEpochSecond(window.getKey()), edges);
      if (start != window.getKey()) {
        old.remove(window.getKey());
        byStart.merge(start, window.getValue(), Windows::merged);
      }
    }
  }

  /** Visits the windows that lie within, in order of time. */
  public void forEach(TimeSpan span, Consumer<C> visitor) {
    within(span).values().forEach(visitor);
  }

  /** The windows that lie within, by the second in which each starts; a view. */
  public SortedMap<Long, C> within(TimeSpan span) {
    return byStart.subMap(span.start().getEpochSecond(), span.end().getEpochSecond());
  }

  /** All of them, by the second in which each starts; a view. */
  public SortedMap<Long, C> all() {
    return Collections.unmodifiableSortedMap(byStart);
  }

  /** Takes a window as it was, in place of any that starts in the same second. */
  public void put(long start, C window) {
    byStart.put(start, window);
  }

  /** Adds what another series holds; {@code other} must not be used any more. */
  void take(Windows<C> other) {
    other.byStart.forEach((start, window) -> byStart.merge(start, window, Windows::merged));
  }

  /** Whether there is nothing from this second on. */
  boolean silentSince(long second) {
    return byStart.tailMap(second).isEmpty();
  }

  public int size() {
    return byStart.size();
  }

  private static <C extends Mergeable<C>> C merged(C into, C from) {
    into.merge(from);
    return into;
  }
}
