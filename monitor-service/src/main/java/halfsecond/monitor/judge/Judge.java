// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.catalogue.UtteranceMetrics;
import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.threshold.ThresholdChange;
import halfsecond.monitor.window.CohortKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Watches everything in the watchlist for everybody and for each cohort, and keeps the alarms that
 * come of it. Takes one record at a time, in any order that is about that of their events. Not safe
 * for use by several threads.
 */
public final class Judge {
  private final List<Watched> watchlist;
  private final AlarmBook alarms;
  private final LoadWatch load;
  private final Aftermath aftermath = new Aftermath();
  private final JudgeThresholds thresholds = new JudgeThresholds();
  private final Map<Feedback.Kind, Integer> reactions = new EnumMap<>(Feedback.Kind.class);
  private final Panels panels;
  private final Enforcement enforcement;

  /**
   * @param mostCohorts cohorts that are told apart; those beyond it are only watched as part of
   *     everybody
   */
  public Judge(List<Watched> watchlist, Paces paces, int mostCohorts) {
    this.watchlist = List.copyOf(watchlist);
    this.alarms = new AlarmBook(paces.usual().round());
    this.load = new LoadWatch(paces.usual());
    for (Feedback.Kind kind : Feedback.Kind.values()) {
      place(UtteranceMetrics.feedback(kind)).ifPresent(place -> reactions.put(kind, place));
    }
    this.panels = new Panels(this.watchlist, paces, mostCohorts, thresholds::of);
    this.enforcement = new Enforcement(thresholds, panels, alarms);
  }

  /** At the same pace for all. */
  public Judge(List<Watched> watchlist, Pace pace, int mostCohorts) {
    this(watchlist, Paces.of(pace), mostCohorts);
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
    watch(utterance, values, at);
    aftermath.add(utterance);
  }

  /** Takes what a user did with an utterance, whose record may come later. */
  public void react(UtteranceRecord about, Feedback.Kind kind) {
    if (!about.shadow()) {
      aftermath.react(about, kind);
    }
  }

  private void reacted(Aftermath.Known known) {
    OptionalDouble[] values = new OptionalDouble[watchlist.size()];
    Arrays.fill(values, OptionalDouble.empty());
    for (Feedback.Kind kind : Feedback.Kind.values()) {
      Integer place = reactions.get(kind);
      if (place != null && aftermath.isReported(kind)) {
        values[place] = OptionalDouble.of(known.kinds().contains(kind) ? 1 : 0);
      }
    }
    watch(known.utterance(), values, known.utterance().origin().eventTime());
  }

  private void watch(UtteranceRecord utterance, OptionalDouble[] values, Instant at) {
    watch(utterance, values, panels.everybody(), at);
    for (CohortKey.Dimension dimension : CohortKey.Dimension.values()) {
      Panel panel = panels.of(new CohortKey(dimension, dimension.valueOf(utterance)));
      if (panel != null) {
        watch(utterance, values, panel, at);
      }
    }
  }

  /** Lets time pass: looks at the latest period of all series whenever it is time to. */
  public void tick(Instant now) {
    enforcement.apply(now);
    aftermath.due(now).forEach(this::reacted);
    load.tick(now).ifPresent(finding -> alarms.load(finding, now));
    for (Round round : panels.rounds()) {
      round.look(now).forEach(seen -> take(seen, now));
    }
  }

  /** The latest thousand alarms that have fired and all that fire, oldest first. */
  public List<Alarm> alarms() {
    return alarms.all();
  }

  /** All that go on, suspected ones too. */
  public List<Alarm> open() {
    return alarms.open();
  }

  /** Alarms that are new or different since the last call, in the order of their first change. */
  public List<Alarm> takeChanges() {
    return alarms.takeChanges();
  }

  /** Takes what somebody set; it holds from its time on. */
  public void set(ThresholdChange change) {
    thresholds.add(change);
  }

  /** Takes what somebody has just set; it holds at once, and no time passes. */
  public void obey(ThresholdChange change) {
    set(change);
    enforcement.apply(change.at());
  }

  /** What decides now, of every series and of all that is set, in the order of their targets. */
  public List<ThresholdInForce> thresholds() {
    return enforcement.inForce();
  }

  /** What the judge adapted by itself: the latest few thousand, newest first. */
  public List<ThresholdChange> adaptations() {
    return thresholds.adaptations();
  }

  /** Whether anything is judged of that metric. */
  public boolean judges(String metric) {
    return panels.find(metric).isPresent();
  }

  private OptionalInt place(String metric) {
    return IntStream.range(0, watchlist.size())
        .filter(it -> watchlist.get(it).metric().equals(metric))
        .findFirst();
  }

  private static boolean muted(Panel panel, int place) {
    return panel.watch(place).criteria().setting().muted();
  }

  /** Series that are watched. */
  public int seriesCount() {
    return watchlist.size() * panels.all().size();
  }

  private void take(Round.Seen seen, Instant now) {
    Watch watch = seen.panel().watch(seen.place());
    SeriesId series = seen.panel().series(seen.place());
    boolean muted = muted(seen.panel(), seen.place());
    Finding finding = seen.finding();
    if (finding == null || seen.news() == Watch.News.CLEARED) {
      alarms.cleared(series, now);
    } else if (alarms.leftOver(series, finding)) {
      if (watch.clear(Finding.Change.GRADUAL)) {
        alarms.cleared(series, now);
      }
    } else if (seen.news() == Watch.News.SUSPECTED) {
      if (!muted) {
        alarms.suspect(series, finding);
      }
    } else {
      watch.found(finding);
      if (!muted) {
        found(seen.panel(), seen.place(), finding);
      }
    }
  }

  private void watch(UtteranceRecord utterance, OptionalDouble[] values, Panel panel, Instant at) {
    for (int place = 0; place < values.length; place++) {
      if (values[place].isEmpty()) {
        continue;
      }
      double value = values[place].getAsDouble();
      panel.note(place, utterance, value);
      Watch watch = panel.watch(place);
      long known = watch.referenceCount();
      Watch.News news = watch.add(value, at);
      if (watch.referenceCount() != known) {
        thresholds.adapted(panel.target(place), watchlist.get(place), watch, at);
      }
      if (news != Watch.News.NONE && !muted(panel, place)) {
        tell(news, watch, panel, place, at);
      }
    }
  }

  private void tell(Watch.News news, Watch watch, Panel panel, int place, Instant at) {
    SeriesId series = panel.series(place);
    switch (news) {
      case NONE -> {}
      case SUSPECTED -> alarms.suspect(series, Objects.requireNonNull(watch.suspicion()));
      case CLEARED -> alarms.cleared(series, at);
      case FOUND -> found(panel, place, Objects.requireNonNull(watch.finding()));
      case MEASURED -> alarms.measured(series, Objects.requireNonNull(watch.finding()));
      case OVER, NORMAL -> alarms.over(series, at);
    }
  }

  private void found(Panel panel, int place, Finding finding) {
    alarms.found(panel.series(place), finding, panel.split(place, finding));
  }
}
