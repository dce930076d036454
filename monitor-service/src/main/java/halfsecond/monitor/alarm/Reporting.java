// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.monitor.alarm.AlarmReport.Change;
import halfsecond.monitor.alarm.AlarmReport.Drift;
import halfsecond.monitor.alarm.AlarmReport.Severity;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.judge.Alarm;
import halfsecond.monitor.judge.CutStrata;
import halfsecond.monitor.judge.Finding;
import halfsecond.monitor.judge.SeriesId;
import halfsecond.monitor.judge.Watched;
import halfsecond.monitor.judge.Watchlist;
import halfsecond.monitor.judge.Wording;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.statistics.RateSplit;
import halfsecond.monitor.window.CohortKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Puts what the judge thinks into a report. */
final class Reporting {
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private Reporting() {}

  static AlarmReport of(Alarm alarm) {
    Optional<Alarm.Evidence> cause = alarm.cause();
    return new AlarmReport(
        alarm.id(),
        change(alarm, cause),
        severity(alarm, cause),
        drift(alarm, cause),
        alarm.stage(),
        cause.map(it -> it.series().watched().metric()).orElse(""),
        cause.flatMap(it -> cohort(it.series())),
        Wording.title(alarm),
        Wording.nextStep(alarm),
        evidence(alarm, cause),
        alarm.nullTranscripts().flatMap(Alarm.Evidence::split).map(Reporting::attribution),
        alarm.began(),
        alarm.suspected(),
        alarm.fired(),
        alarm.resolved());
  }

  private static Change change(Alarm alarm, Optional<Alarm.Evidence> cause) {
    return switch (alarm.kind()) {
      case LOAD -> Change.LOAD;
      case NO_DATA -> Change.NO_DATA;
      case QUALITY ->
          cause.filter(it -> it.finding().change() == Finding.Change.GRADUAL).isPresent()
              ? Change.GRADUAL
              : Change.SUDDEN;
    };
  }

  /** Users are hurt when they get no words, or nothing arrives at all. */
  private static Severity severity(Alarm alarm, Optional<Alarm.Evidence> cause) {
    return switch (alarm.kind()) {
      case NO_DATA -> Severity.CRITICAL;
      case LOAD -> Severity.WARNING;
      case QUALITY -> {
        boolean hurt =
            alarm.evidence().stream()
                .anyMatch(
                    it ->
                        it.series().watched().metric().equals(Watchlist.NULL_TRANSCRIPTS)
                            && it.finding().effect() > 0);
        boolean people =
            cause.filter(it -> it.series().watched().role() == Watched.Role.SPEECH).isPresent();
        yield hurt ? Severity.CRITICAL : people ? Severity.INFO : Severity.WARNING;
      }
    };
  }

  private static Drift drift(Alarm alarm, Optional<Alarm.Evidence> cause) {
    if (alarm.kind() != Alarm.Kind.QUALITY || cause.isEmpty()) {
      return Drift.UNDECIDED;
    }
    Watched.Role role = cause.get().series().watched().role();
    boolean outcome = role == Watched.Role.OUTCOME || role == Watched.Role.REACTION;
    // Other clips are other inputs, whatever showed it first.
    return outcome && alarm.stage() != Stage.VAD ? Drift.CONCEPT : Drift.DATA;
  }

  private static Optional<CohortKey> cohort(SeriesId series) {
    return Optional.ofNullable(series.cohort());
  }

  /** The cause first, then the rest by the size of what changed. */
  private static List<EvidenceReport> evidence(Alarm alarm, Optional<Alarm.Evidence> cause) {
    if (alarm.traffic().isPresent()) {
      return List.of(traffic(alarm, alarm.traffic().get()));
    }
    List<Alarm.Evidence> all = new ArrayList<>(alarm.evidence());
    all.sort(
        Comparator.comparingDouble((Alarm.Evidence it) -> -Math.abs(it.finding().effect()))
            .thenComparing(it -> it.series().watched().role()));
    cause.ifPresent(
        first -> {
          all.remove(first);
          all.add(0, first);
        });
    return all.stream().map(Reporting::evidence).toList();
  }

  private static EvidenceReport evidence(Alarm.Evidence evidence) {
    Watched watched = evidence.series().watched();
    Finding finding = evidence.finding();
    boolean rate = watched.kind() == Watched.Kind.RATE;
    boolean gradual = finding.change() == Finding.Change.GRADUAL;
    TestKind test =
        !gradual ? TestKind.CUSUM : rate ? TestKind.TWO_PROPORTIONS : TestKind.WASSERSTEIN;
    return new EvidenceReport(
        watched.metric(),
        watched.stage(),
        test,
        cohort(evidence.series()),
        finding.began(),
        finding.found(),
        rate,
        finding.count(),
        finding.referenceCount(),
        finding.before(),
        finding.after(),
        gradual ? OptionalDouble.empty() : OptionalDouble.of(finding.statistic()),
        gradual ? OptionalDouble.of(finding.statistic()) : OptionalDouble.empty(),
        finding.effect(),
        rate ? "difference of rates" : "standard deviations",
        finding.limit(),
        Wording.explanation(evidence));
  }

  private static EvidenceReport traffic(Alarm alarm, Alarm.Traffic traffic) {
    boolean none = alarm.kind() == Alarm.Kind.NO_DATA;
    double expected = Math.max(1, traffic.expected());
    return new EvidenceReport(
        "pipeline.utterances",
        Stage.PIPELINE,
        none ? TestKind.NO_DATA : TestKind.ADAPTIVE_BAND,
        Optional.empty(),
        alarm.began().minus(QUARTER),
        alarm.began(),
        false,
        traffic.count(),
        Math.round(expected),
        traffic.expected(),
        traffic.count(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        (traffic.count() - expected) / expected,
        "share of the mean",
        none ? -1 : 0.6,
        String.format(
            Locale.ROOT,
            "%d utterances in a quarter of an hour, %.0f are usual at that time of the day.",
            traffic.count(),
            traffic.expected()));
  }

  private static Attribution attribution(RateSplit split) {
    List<String> names = CutStrata.descriptions();
    double before = 0;
    double now = 0;
    for (RateSplit.Stratum stratum : split.strata()) {
      before += stratum.before().trials();
      now += stratum.after().trials();
    }
    List<Attribution.Stratum> strata = new ArrayList<>();
    for (int i = 0; i < split.strata().size(); i++) {
      RateSplit.Stratum stratum = split.strata().get(i);
      if (stratum.before().trials() + stratum.after().trials() > 0) {
        strata.add(
            new Attribution.Stratum(
                names.get(i),
                stratum.before().trials() / before,
                stratum.after().trials() / now,
                rate(stratum.before()),
                rate(stratum.after())));
      }
    }
    boolean cut = Math.abs(split.mix()) > Math.abs(split.within());
    return new Attribution(cut ? Stage.VAD : Stage.ASR, split.mix(), split.within(), strata);
  }

  private static double rate(halfsecond.monitor.statistics.Proportion proportion) {
    return proportion.trials() == 0 ? 0 : proportion.rate();
  }
}
