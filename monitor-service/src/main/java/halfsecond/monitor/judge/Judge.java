// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.catalogue.UtteranceMetrics;
import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.statistics.RateSplit;
import halfsecond.monitor.threshold.Setting;
import halfsecond.monitor.threshold.Target;
import halfsecond.monitor.threshold.ThresholdChange;
import halfsecond.monitor.window.CohortKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Watches everything in the watchlist for everybody and for each cohort, and keeps the alarms that
 * come of it. Takes one record at a time, in any order that is about that of their events. Not safe
 * for use by several threads.
 */
public final class Judge {
  private final List<Watched> watchlist;
  private final Paces paces;
  private final int mostCohorts;
  private final AlarmBook alarms;
  private final LoadWatch load;
  private final Map<Pace, Round> rounds = new LinkedHashMap<>();
  private final Aftermath aftermath = new Aftermath();
  private final JudgeThresholds thresholds = new JudgeThresholds();
  private final Map<Feedback.Kind, Integer> reactions = new EnumMap<>(Feedback.Kind.class);
  private final Panel everybody;
  private final Map<CohortKey, Panel> cohorts = new LinkedHashMap<>();

  /**
   * @param mostCohorts cohorts that are told apart; those beyond it are only watched as part of
   *     everybody
   */
  public Judge(List<Watched> watchlist, Paces paces, int mostCohorts) {
    this.watchlist = List.copyOf(watchlist);
    this.paces = paces;
    this.mostCohorts = mostCohorts;
    this.alarms = new AlarmBook(paces.usual().round());
    this.load = new LoadWatch(paces.usual());
    for (Feedback.Kind kind : Feedback.Kind.values()) {
      place(UtteranceMetrics.feedback(kind)).ifPresent(place -> reactions.put(kind, place));
    }
    this.everybody = panel(null, paces.usual());
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
    watch(utterance, values, everybody, at);
    for (CohortKey.Dimension dimension : CohortKey.Dimension.values()) {
      Panel panel = panel(new CohortKey(dimension, dimension.valueOf(utterance)));
      if (panel != null) {
        watch(utterance, values, panel, at);
      }
    }
  }

  /** Lets time pass: looks at the latest period of all series whenever it is time to. */
  public void tick(Instant now) {
    thresholds.due(now).forEach(target -> obey(target, now));
    aftermath.due(now).forEach(this::reacted);
    load.tick(now).ifPresent(finding -> alarms.load(finding, now));
    for (Round round : rounds.values()) {
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

  /** What decides now, of every series and of all that is set, in the order of their targets. */
  public List<ThresholdInForce> thresholds() {
    Map<Target, ThresholdInForce> inForce = new TreeMap<>(Target.ORDER);
    for (Target target : thresholds.settings().keySet()) {
      find(target.metric())
          .map(watched -> new Watch(watched, paceOf(target.cohort())))
          .ifPresent(
              watch -> {
                watch.obey(thresholds.of(target));
                inForce.put(target, ThresholdInForce.of(target, watch));
              });
    }
    for (Panel panel : panels()) {
      for (int place = 0; place < panel.size(); place++) {
        Target target = panel.target(place);
        inForce.put(target, ThresholdInForce.of(target, panel.watch(place)));
      }
    }
    return List.copyOf(inForce.values());
  }

  /** What the judge adapted by itself: the latest few thousand, newest first. */
  public List<ThresholdChange> adaptations() {
    return thresholds.adaptations();
  }

  /** Whether anything is judged of that metric. */
  public boolean judges(String metric) {
    return find(metric).isPresent();
  }

  private OptionalInt place(String metric) {
    return IntStream.range(0, watchlist.size())
        .filter(it -> watchlist.get(it).metric().equals(metric))
        .findFirst();
  }

  private Optional<Watched> find(String metric) {
    return watchlist.stream().filter(it -> it.metric().equals(metric)).findFirst();
  }

  private List<Panel> panels() {
    List<Panel> panels = new ArrayList<>(cohorts.values());
    panels.add(everybody);
    return panels;
  }

  /** Of everybody a change holds wherever nothing of its own is set. */
  private void obey(Target changed, Instant at) {
    for (Panel panel : panels()) {
      for (int place = 0; place < panel.size(); place++) {
        Target target = panel.target(place);
        if (target.equals(changed) || target.general().equals(changed)) {
          obey(panel, place, at);
        }
      }
    }
  }

  private void obey(Panel panel, int place, Instant at) {
    Watch watch = panel.watch(place);
    Setting setting = thresholds.of(panel.target(place));
    Setting before = watch.criteria().setting();
    if (setting.equals(before)) {
      return;
    }
    watch.obey(setting);
    Finding open = watch.finding();
    if (setting.muted() && !before.muted()) {
      alarms.cleared(panel.series(place), at);
      alarms.over(panel.series(place), at);
    } else if (before.muted() && !setting.muted() && open != null) {
      found(panel, place, open);
    }
  }

  private static boolean muted(Panel panel, int place) {
    return panel.watch(place).criteria().setting().muted();
  }

  /** Series that are watched. */
  public int seriesCount() {
    return watchlist.size() * (cohorts.size() + 1);
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
      if (countsNulls(place)) {
        panel.strata().add(utterance, value > 0);
      }
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
      known = panel(cohort, paceOf(cohort));
      cohorts.put(cohort, known);
    }
    return known;
  }

  private Pace paceOf(@Nullable CohortKey cohort) {
    return cohort != null && cohort.dimension() == CohortKey.Dimension.TENANT
        ? paces.ofTenant(cohort.value())
        : paces.usual();
  }

  private Panel panel(@Nullable CohortKey cohort, Pace pace) {
    Panel panel = new Panel(watchlist, cohort, pace);
    for (int place = 0; place < panel.size(); place++) {
      panel.watch(place).obey(thresholds.of(panel.target(place)));
    }
    rounds.computeIfAbsent(pace, Round::new).add(panel);
    return panel;
  }
}
