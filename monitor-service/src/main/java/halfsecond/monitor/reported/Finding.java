// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.window.TimeSpan;
import java.util.OptionalDouble;

/**
 * What a test says about a metric.
 *
 * @param outside whether it is where it should not be
 * @param judged the samples that this is about
 * @param count of them
 * @param referenceCount samples that they were compared with; 0 if there is only a limit
 * @param before the main number that was expected; of a limit 0
 * @param after the main number that was found
 * @param statistic of the test, if it has one
 * @param pValue of this much or more without a change, if the test has one
 * @param effect how much it differs, in {@code effectUnit}
 * @param limit of the effect
 */
public record Finding(
    boolean outside,
    TestKind test,
    TimeSpan judged,
    long count,
    long referenceCount,
    double before,
    double after,
    OptionalDouble statistic,
    OptionalDouble pValue,
    double effect,
    String effectUnit,
    double limit) {
  /** In the unit of the metric. */
  static final String AS_MEASURED = "in the unit of the metric";

  static final String DEVIATIONS = "standard deviations";
  static final String RATES = "difference of rates";
  static final String INDEX = "population stability index";
  static final String SHARE = "share of the mean";

  /** The same, and nothing to worry about. */
  Finding inside() {
    return new Finding(
        false,
        test,
        judged,
        count,
        referenceCount,
        before,
        after,
        statistic,
        pValue,
        effect,
        effectUnit,
        limit);
  }
}
