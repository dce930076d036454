// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.sketch.BinnedSketch;
import halfsecond.monitor.v1.Distribution;
import halfsecond.monitor.v1.Proportion;
import halfsecond.monitor.v1.Quantile;
import java.util.List;

/** Figures as the contract has them. */
final class Figures {
  private Figures() {}

  /** With these quantiles, unless there is no value. */
  static Distribution distribution(BinnedSketch sketch, List<Double> ranks) {
    Distribution.Builder distribution = Distribution.newBuilder().setCount(sketch.count());
    if (sketch.count() == 0) {
      return distribution.build();
    }
    return distribution
        .addAllQuantiles(quantiles(sketch, ranks))
        .setMean(sketch.mean())
        .setMinimum(sketch.minimum())
        .setMaximum(sketch.maximum())
        .build();
  }

  /** None without values. */
  static List<Quantile> quantiles(BinnedSketch sketch, List<Double> ranks) {
    return sketch.count() == 0
        ? List.of()
        : ranks.stream()
            .map(
                rank ->
                    Quantile.newBuilder()
                        .setRank(rank)
                        .setValue(sketch.quantile(rank))
                        .setRankError(sketch.rankError(rank))
                        .setValueError(sketch.valueError())
                        .build())
            .toList();
  }

  /** Without a rate if there are no trials. */
  static Proportion proportion(long events, long trials) {
    Proportion.Builder proportion = Proportion.newBuilder().setEvents(events).setTrials(trials);
    return trials == 0 ? proportion.build() : proportion.setRate((double) events / trials).build();
  }
}
