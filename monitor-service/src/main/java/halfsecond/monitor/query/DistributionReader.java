// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import halfsecond.monitor.query.DistributionAnswer.Bin;
import halfsecond.monitor.reference.Reference;
import halfsecond.monitor.reference.Rolling;
import halfsecond.monitor.reference.StoredReference;
import halfsecond.monitor.sketch.BinnedSketch;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers how metrics are distributed. Safe for use by any thread. */
public final class DistributionReader {
  /**
   * What lies further out is shown in the first and the last bin: one value must not squash all.
   */
  private static final double TAIL = 0.005;

  private final Histories histories;

  private record Known(BinnedSketch values, @Nullable TimeSpan span) {}

  public DistributionReader(Histories histories) {
    this.histories = histories;
  }

  /** Reads a distribution and its reference. */
  public DistributionAnswer read(DistributionQuery query, Instant now) {
    BinnedSketch current =
        histories.sum(query.metric(), query.who(), List.of(query.span()), now).values();
    Known reference = reference(query, now);
    BinnedSketch before = reference.values();
    return new DistributionAnswer(
        current,
        before,
        before.count() == 0 ? null : reference.span(),
        bins(current, before, query.bins()),
        current.count() == 0 || before.count() == 0 ? null : Comparison.of(before, current));
  }

  private Known reference(DistributionQuery query, Instant now) {
    Rolling rolling = Rolling.SAME_HOURS;
    Who who = query.who();
    StoredReference stored = query.reference();
    if (stored != null) {
      who = Baseline.whose(stored.reference(), who);
      Reference.Window window = stored.reference().window();
      if (window instanceof Reference.Moving moving) {
        rolling = moving.rolling();
      } else if (window instanceof Reference.Pinned pinned) {
        StoredReference.Sum sum = stored.sums().get(query.metric().name());
        return new Known(
            sum == null ? new BinnedSketch() : sum.aggregate().values(), pinned.range());
      }
    }
    List<TimeSpan> spans = rolling.before(query.span(), histories.layout().widest());
    Instant first = spans.get(spans.size() - 1).start();
    return new Known(
        histories.sum(query.metric(), who, spans, now).values(),
        new TimeSpan(first, spans.get(0).end()));
  }

  /** Of one width, but the first and the last, which reach as far as there are values. */
  static List<Bin> bins(BinnedSketch current, BinnedSketch reference, int count) {
    List<BinnedSketch> known = new ArrayList<>(List.of(current, reference));
    known.removeIf(it -> it.count() == 0);
    List<Bin> bins = new ArrayList<>();
    if (known.isEmpty()) {
      return bins;
    }
    double least = known.stream().mapToDouble(BinnedSketch::minimum).min().orElseThrow();
    double most = known.stream().mapToDouble(BinnedSketch::maximum).max().orElseThrow();
    double from = known.stream().mapToDouble(it -> it.quantile(TAIL)).min().orElseThrow();
    double to = known.stream().mapToDouble(it -> it.quantile(1 - TAIL)).max().orElseThrow();
    int parts = to > from ? count : 1;
    double lower = least;
    double share = 0;
    double referenceShare = 0;
    for (int i = 1; i <= parts; i++) {
      boolean last = i == parts;
      double upper = last ? most : from + (to - from) * i / parts;
      double below = last ? 1 : current.shareBelow(upper);
      double referenceBelow = last ? 1 : reference.shareBelow(upper);
      bins.add(
          new Bin(
              lower,
              upper,
              current.count() == 0 ? 0 : below - share,
              reference.count() == 0 ? 0 : referenceBelow - referenceShare));
      lower = upper;
      share = below;
      referenceShare = referenceBelow;
    }
    return bins;
  }
}
