// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The series there are, never more than the limits allow: first come, first kept, until a series
 * has no windows any more. Not safe for use by several threads.
 */
final class SeriesTable<C extends Mergeable<C>> {
  private final SeriesLimits limits;
  private final Supplier<Windows<C>> empty;
  private final Map<SeriesKey, Windows<C>> series = new HashMap<>();
  private final Set<String> versions = new HashSet<>();
  private final Map<CohortKey.Dimension, Set<String>> values =
      new EnumMap<>(CohortKey.Dimension.class);
  private int cohortSeries;

  SeriesTable(SeriesLimits limits, Supplier<Windows<C>> empty) {
    this.limits = limits;
    this.empty = empty;
  }

  /** The version that a record counts under: its own, or "other" if it is one too many. */
  String admitVersion(String version) {
    if (version.equals(SeriesKey.NONE) || versions.contains(version)) {
      return version;
    }
    if (versions.size() < limits.modelVersions()) {
      versions.add(version);
      return version;
    }
    return SeriesKey.OTHER;
  }

  /**
   * The series of {@code key}, whose version was admitted; for a cohort too many, the one that
   * gathers those.
   */
  Windows<C> of(SeriesKey key) {
    Windows<C> known = series.get(key);
    if (known != null) {
      return known;
    }
    CohortKey cohort = key.cohort();
    if (cohort == null) {
      return add(key);
    }
    // A client may well call itself "other".
    if (key.isOverflow() || cohortSeries >= limits.cohortSeries() || !admitValue(cohort)) {
      return gathering(key);
    }
    cohortSeries++;
    return add(key);
  }

  void forEach(BiConsumer<SeriesKey, Windows<C>> visitor) {
    series.forEach(visitor);
  }

  int size() {
    return series.size();
  }

  /** Windows of all series. */
  int windowCount() {
    return series.values().stream().mapToInt(Windows::size).sum();
  }

  /**
   * Rolls every series, forgets those that are empty then, and makes their places free. Where there
   * is no place left, those that had nothing since {@code silentSince} are gathered too.
   */
  void roll(WindowLayout.Edges edges, long silentSince) {
    series.values().forEach(windows -> windows.roll(edges));
    series.values().removeIf(windows -> windows.size() == 0);
    if (isFull()) {
      gatherSilent(silentSince);
    }
    versions.clear();
    values.clear();
    cohortSeries = 0;
    for (SeriesKey key : series.keySet()) {
      if (isNamed(key.modelVersion())) {
        versions.add(key.modelVersion());
      }
      CohortKey cohort = key.cohort();
      if (cohort != null && !key.isOverflow()) {
        valuesOf(cohort).add(cohort.value());
        cohortSeries++;
      }
    }
  }

  private boolean isFull() {
    return versions.size() >= limits.modelVersions()
        || cohortSeries >= limits.cohortSeries()
        || values.values().stream().anyMatch(it -> it.size() >= limits.cohortValues());
  }

  private void gatherSilent(long silentSince) {
    for (SeriesKey key : List.copyOf(series.keySet())) {
      Windows<C> windows = series.get(key);
      boolean gathers = key.isOverflow() || (key.cohort() == null && !isNamed(key.modelVersion()));
      if (windows != null && !gathers && windows.silentSince(silentSince)) {
        series.remove(key);
        gathering(key).take(windows);
      }
    }
  }

  private Windows<C> gathering(SeriesKey key) {
    SeriesKey overflow = key.overflow();
    Windows<C> gathered = series.get(overflow);
    return gathered == null ? add(overflow) : gathered;
  }

  private static boolean isNamed(String version) {
    return !version.equals(SeriesKey.OTHER) && !version.equals(SeriesKey.NONE);
  }

  private Windows<C> add(SeriesKey key) {
    Windows<C> created = empty.get();
    series.put(key, created);
    return created;
  }

  private boolean admitValue(CohortKey cohort) {
    Set<String> known = valuesOf(cohort);
    if (known.contains(cohort.value())) {
      return true;
    }
    return known.size() < limits.cohortValues() && known.add(cohort.value());
  }

  private Set<String> valuesOf(CohortKey cohort) {
    return values.computeIfAbsent(cohort.dimension(), d -> new HashSet<>());
  }
}
