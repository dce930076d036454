// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import halfsecond.monitor.sketch.BinnedSketch;
import halfsecond.monitor.statistics.Ecdf;
import halfsecond.monitor.statistics.KolmogorovSmirnov;
import halfsecond.monitor.statistics.PopulationStability;
import halfsecond.monitor.statistics.Wasserstein;
import java.util.Locale;

/**
 * Two distributions beside each other: how far apart they are, and whether chance could do that.
 * With many samples every difference is significant, and with few a large one may be chance, so a
 * change takes both.
 *
 * @param distance Kolmogorov and Smirnov's
 * @param pValue of that distance or more without a change
 * @param effect Wasserstein's distance in standard deviations of the reference; negative if the
 *     mean fell
 * @param stability the population stability index, for the record
 * @param stabilityLimit what that stays below without a change, in 999 of 1000 cases unless asked
 *     otherwise
 */
public record Comparison(
    double distance, double pValue, double effect, double stability, double stabilityLimit) {
  /** What is less is not worth a look, in standard deviations. */
  public static final double NOTABLE = 0.1;

  /** What is more may be chance. */
  public static final double SIGNIFICANCE = 0.001;

  /** With fewer of either nothing is said. */
  public static final long LEAST = 30;

  private static final int STABILITY_BINS = 10;

  /** Bins tell values apart to about this part of them. */
  private static final double RESOLUTION = 1.0 / 64;

  private static final double TINY = 1e-9;

  /** Both must have values. */
  public static Comparison of(BinnedSketch reference, BinnedSketch current) {
    return of(reference, current, SIGNIFICANCE);
  }

  /**
   * With a limit of the stability index that chance passes as often as {@code significance} says.
   * Both must have values.
   */
  public static Comparison of(BinnedSketch reference, BinnedSketch current, double significance) {
    Ecdf[] both = reference.beside(current);
    KolmogorovSmirnov test = KolmogorovSmirnov.test(both[0], both[1]);
    double least = Math.max(TINY, Math.abs(reference.mean()) * RESOLUTION);
    double effect = Wasserstein.normalised(both[0], both[1], least);
    PopulationStability.Result stability =
        PopulationStability.compare(both[0], both[1], STABILITY_BINS);
    double limit =
        stability.bins() < 2
            ? 0
            : PopulationStability.limit(
                stability.bins(), reference.count(), current.count(), 1 - significance);
    return new Comparison(
        test.distance(),
        test.pValue(),
        Math.copySign(effect, current.mean() - reference.mean()),
        stability.index(),
        limit);
  }

  /** Notable and no chance. */
  boolean changed() {
    return Math.abs(effect) >= NOTABLE && pValue < SIGNIFICANCE;
  }

  /** One sentence for people, with the numbers. */
  public String sentence(BinnedSketch reference, BinnedSketch current, String unit) {
    String numbers =
        String.format(
            Locale.ROOT,
            "mean %s%s now (%d values) against %s%s (%d), %.2f standard deviations apart (notable"
                + " from %.1f), D = %.3f, p %s; PSI %.3f, up to %.3f without change",
            number(current.mean()),
            unit,
            current.count(),
            number(reference.mean()),
            unit,
            reference.count(),
            Math.abs(effect),
            NOTABLE,
            distance,
            pValue < SIGNIFICANCE ? "< 0.001" : String.format(Locale.ROOT, "= %.3f", pValue),
            stability,
            stabilityLimit);
    return verdict(Math.min(reference.count(), current.count())) + ": " + numbers + ".";
  }

  private String verdict(long fewer) {
    if (fewer < LEAST) {
      return "Too few values to say anything";
    }
    if (changed()) {
      return "It changed";
    }
    return Math.abs(effect) >= NOTABLE
        ? "It may have changed, or it is chance"
        : "No change worth noting";
  }

  private static String number(double value) {
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 1 ? "%.2f" : "%.4f", value);
  }
}
