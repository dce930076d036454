// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import halfsecond.monitor.sketch.BinnedSketch;
import halfsecond.monitor.window.TimeSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A distribution, beside its reference.
 *
 * @param reference empty if nothing is known of it
 * @param referenceSpan from the beginning of the reference to its end
 * @param bins in ascending order, without gap; none without values
 * @param comparison null unless both have values
 */
public record DistributionAnswer(
    BinnedSketch current,
    BinnedSketch reference,
    @Nullable TimeSpan referenceSpan,
    List<Bin> bins,
    @Nullable Comparison comparison) {
  /**
   * Shares of the values between two bounds.
   *
   * @param lower inclusive
   * @param upper exclusive, except in the last bin
   */
  public record Bin(double lower, double upper, double share, double referenceShare) {}
}
