// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

/**
 * What is promised.
 *
 * @param latency share of LIVE finals within their budget, 0.99 to below 1; with less, a burn rate
 *     of 14.4 would need more bad events than there are events
 * @param availability share of LIVE utterances that are answered, 0.99 to below 1
 * @param leastBad bad events in the long window before anything is said, 1 or more: where few
 *     speak, one failure spends a budget very fast
 * @param targetPerSecond utterances a second that are planned for; 0 if none are
 * @param utilization part of the cores of recognition that may be used, above 0 to 1
 */
public record ObjectiveSettings(
    double latency,
    double availability,
    long leastBad,
    double targetPerSecond,
    double utilization) {
  /** 99 % in time, 99.9 % answered, no plan, as much as the router's admission uses. */
  public static final ObjectiveSettings DEFAULT = new ObjectiveSettings(0.99, 0.999, 10, 0, 0.8);

  private static final double LEAST_SHARE = 0.99;

  public ObjectiveSettings {
    share(latency);
    share(availability);
    if (leastBad < 1) {
      throw new IllegalArgumentException("at least one bad event must be asked for");
    }
    if (!(targetPerSecond >= 0 && targetPerSecond < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the target must be 0 or more");
    }
    if (!(utilization > 0 && utilization <= 1)) {
      throw new IllegalArgumentException("utilization must be above 0 to 1");
    }
  }

  private static void share(double share) {
    if (!(share >= LEAST_SHARE && share < 1)) {
      throw new IllegalArgumentException("an objective must be 0.99 to below 1");
    }
  }
}
