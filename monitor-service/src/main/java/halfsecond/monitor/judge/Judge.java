// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.statistics.Corrections;
import halfsecond.monitor.statistics.RateSplit;
import halfsecond.monitor.window.CohortKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Watches everything in the watchlist for everybody and for each cohort, and keeps the alarms that
 * come of it. Takes one record at a time, in any order that is about that of their events. Not safe
 * for use by several threads.
 */
public final class Judge {
  /** Of all comparisons of one round together. */
  private static final double SIGNIFICANCE = 0.001;

  private static final Duration ROUND = Duration.ofHours(3);

  private final List<Watched> watchlist;
  private final Pace pace;
  private final int mostCohorts;
  private final AlarmBook alarms = new AlarmBook();
  private final LoadWatch load;
  private final Panel everybody;
  private final Map<CohortKey, Panel> cohorts = new LinkedHashMap<>();
  private Instant nextRound = Instant.MIN;

  /**
   * @param mostCohorts cohorts that are told apart; those beyond it are only watched as part of
   *     everybody
   */
  public Judge(List<Watched> watchlist, Pace pace, int mostCohorts) {
    this.watchlist = List.copyOf(watchlist);
    this.pace = pace;
    this.mostCohorts = mostCohorts;
    this.load = new LoadWatch(pace);
    this.everybody = new Panel(this.watchlist, null, pace);
  }

  /** Takes the record of what a client got; other revisions, and what was only compared, not. */
  public void add(UtteranceRecord utterance) {
    if (utterance.outcome() instanceof Outcome.Late || utterance.shadow()) {
      return;
    }
    Instant at = utterance.origin().eventTime();
    tick(at);
    load.add(at).ifPresent(finding -> alarms.load(finding, at));
    OptionalDouble[] values =
        watchlist.stream()
            .map(watched -> watched.reading().of(utterance))
            .toArray(OptionalDouble[]::new);
    watch(utterance, values, everybody, at);
    for (CohortKey.Dimension dimension : CohortKey.Dimension.values()) {
      Panel panel = panel(new CohortKey(dimension, dimension.valueOf(utterance)));
      if (panel != null) {
        watch(utterance, values, panel, at);
      }
    }
  }

  /** Lets time pass: compares the latest day with the references whenever it is time to. */
  public void tick(Instant now) {
    load.tick(now).ifPresent(finding -> alarms.load(finding, now));
    if (now.isBefore(nextRound)) {
      return;
    }
    nextRound = now.plus(ROUND);
    List<Look> looks = new ArrayList<>();
    look(everybody, now, looks);
    cohorts.values().forEach(panel -> look(panel, now, looks));
    double[] corrected =
        Corrections.holm(looks.stream().mapToDouble(look -> look.comparison().pValue()).toArray());
    for (int i = 0; i < corrected.length; i++) {
      Look look = looks.get(i);
      if (look.comparison().changed(corrected[i], SIGNIFICANCE)) {
        Finding finding = gradual(look.comparison(), corrected[i], now);
        look.panel().watch(look.place()).found(finding);
        found(look.panel(), look.place(), finding);
      }
    }
  }

  /** The latest thousand alarms and all that fire, oldest first. */
  public List<Alarm> alarms() {
    return alarms.all();
  }

  /** Alarms that are new or different since the last call, in the order of their first change. */
  public List<Alarm> takeChanges() {
    return alarms.takeChanges();
  }

  /** Series that are watched. */
  public int seriesCount() {
    return watchlist.size() * (cohorts.size() + 1);
  }

  private void watch(UtteranceRecord utterance, OptionalDouble[] values, Panel panel, Instant at) {
    for (int place = 0; place < values.length; place++) {
      if (values[place].isEmpty()) {
        continue;
      }
      double value = values[place].getAsDouble();
      if (countsNulls(place)) {
        panel.strata().add(utterance, value > 0);
      }
      Watch watch = panel.watch(place);
      Watch.News news = watch.add(value, at);
      Finding finding = watch.finding();
      if (news == Watch.News.OVER) {
        alarms.over(panel.series(place), at);
      } else if (news == Watch.News.FOUND && finding != null) {
        found(panel, place, finding);
      } else if (news == Watch.News.MEASURED && finding != null) {
        alarms.measured(panel.series(place), finding);
      }
    }
  }

  private void found(Panel panel, int place, Finding finding) {
    Optional<RateSplit> split =
        countsNulls(place) ? panel.strata().split(finding.count()) : Optional.empty();
    alarms.found(panel.series(place), finding, split);
  }

  private boolean countsNulls(int place) {
    return watchlist.get(place).metric().equals(Watchlist.NULL_TRANSCRIPTS);
  }

  /** Null for a cohort too many. */
  private @Nullable Panel panel(CohortKey cohort) {
    Panel known = cohorts.get(cohort);
    if (known == null && cohorts.size() < mostCohorts) {
      known = new Panel(watchlist, cohort, pace);
      cohorts.put(cohort, known);
    }
    return known;
  }

  private void look(Panel panel, Instant now, List<Look> looks) {
    for (int place = 0; place < watchlist.size(); place++) {
      Comparison comparison = panel.watch(place).compare(now);
      if (comparison != null) {
        looks.add(new Look(panel, place, comparison));
      }
    }
  }

  /** One comparison of a round. */
  private record Look(Panel panel, int place, Comparison comparison) {}

  private static Finding gradual(Comparison comparison, double pValue, Instant now) {
    return new Finding(
        Finding.Change.GRADUAL,
        now.minus(Duration.ofDays(1)),
        now,
        comparison.count(),
        comparison.before(),
        comparison.after(),
        comparison.effect(),
        pValue,
        comparison.least(),
        comparison.referenceCount());
  }
}
