// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.statistics.RateSplit;
import halfsecond.monitor.threshold.Target;
import halfsecond.monitor.window.CohortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is watched of one cohort, or of everybody. Not safe for use by several threads.
 */
final class Panel {
  private final List<SeriesId> series = new ArrayList<>();
  private final List<Watch> watches = new ArrayList<>();
  private final CutStrata strata = new CutStrata();
  private final Pace pace;

  Panel(List<Watched> watchlist, @Nullable CohortKey cohort, Pace pace) {
    this.pace = pace;
    Criteria criteria = Criteria.of(pace, cohort);
    for (Watched watched : watchlist) {
      series.add(new SeriesId(watched, cohort));
      watches.add(new Watch(watched, criteria));
    }
  }

  /** What a threshold of one is set for. */
  Target target(int place) {
    SeriesId id = series.get(place);
    return new Target(id.watched().metric(), id.cohort());
  }

  /** How soon and how surely it is judged. */
  Pace pace() {
    return pace;
  }

  /** The name of one, by its place in the watchlist. */
  SeriesId series(int place) {
    return series.get(place);
  }

  /** Series in it. */
  int size() {
    return series.size();
  }

  Watch watch(int place) {
    return watches.get(place);
  }

  /** Takes a value of an utterance; of those without words, how the clip was cut. */
  void note(int place, UtteranceRecord utterance, double value) {
    if (countsNulls(place)) {
      strata.add(utterance, value > 0);
    }
  }

  /** What of a change of null transcripts other clips explain; empty of anything else. */
  Optional<RateSplit> split(int place, Finding finding) {
    return countsNulls(place) ? strata.split(finding.count()) : Optional.empty();
  }

  private boolean countsNulls(int place) {
    return series.get(place).watched().metric().equals(Watchlist.NULL_TRANSCRIPTS);
  }
}
