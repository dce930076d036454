// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.judge.Alarm.Evidence;
import halfsecond.monitor.statistics.RateSplit;
import halfsecond.monitor.window.CohortKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes as they might have been found, for tests of what is made of them. */
final class Evidences {
  static final Instant BEGAN = Instant.parse("2026-03-09T06:00:00Z");
  static final CohortKey NOVA = device("Nova 12");
  static final CohortKey KITE = device("Kite");

  private static final int FOUND_AFTER = 90;

  /** One list: what is watched twice is not the same thing. */
  private static final List<Watched> WATCHLIST = Watchlist.builtIn();

  private Evidences() {}

  /** Of the watchlist, by its name. */
  static Watched watched(String metric) {
    return WATCHLIST.stream()
        .filter(watched -> watched.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  static CohortKey device(String name) {
    return new CohortKey(CohortKey.Dimension.DEVICE, name);
  }

  static SeriesId series(String metric, @Nullable CohortKey cohort) {
    return new SeriesId(watched(metric), cohort);
  }

  /**
   * A sudden one.
   *
   * @param effect of a level in standard deviations, of a rate the difference
   */
  static Finding sudden(Instant began, double before, double after, double effect) {
    return finding(Finding.Change.SUDDEN, began, before, after, effect);
  }

  static Finding gradual(Instant began, double before, double after, double effect) {
    return finding(Finding.Change.GRADUAL, began, before, after, effect);
  }

  /** A sudden one that is known so well. */
  static Finding unsure(double effect, double error) {
    return finding(Finding.Change.SUDDEN, BEGAN, 1, 1 + effect, effect, error);
  }

  private static Finding finding(
      Finding.Change change, Instant began, double before, double after, double effect) {
    return finding(change, began, before, after, effect, 0);
  }

  private static Finding finding(
      Finding.Change change,
      Instant began,
      double before,
      double after,
      double effect,
      double error) {
    Instant found = began.plus(Duration.ofMinutes(FOUND_AFTER));
    return new Finding(change, began, found, 400, before, after, effect, error, 20, 18, 100_000);
  }

  /** A sudden one of everybody or of a cohort. */
  static Evidence evidence(String metric, @Nullable CohortKey cohort, double effect) {
    return new Evidence(
        series(metric, cohort), sudden(BEGAN, 1, 1 + effect, effect), Optional.empty());
  }

  /** A split of a rise of null transcripts from 2 % to 6 %. */
  static RateSplit split(double mix, double within) {
    return new RateSplit(0.02, 0.06, mix, within, List.of());
  }

  /** A rise of null transcripts from 2 % to {@code after}. */
  static Evidence nulls(@Nullable CohortKey cohort, double after, @Nullable RateSplit split) {
    return new Evidence(
        series(Watchlist.NULL_TRANSCRIPTS, cohort),
        sudden(BEGAN, 0.02, after, after - 0.02),
        Optional.ofNullable(split));
  }
}
