// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import java.time.Duration;

/**
 * What a replica says about its work.
 *
 * @param coresUsed cores that the clips in progress keep busy
 * @param cores that it may use, also in fractions; 0 when it does not say
 * @param backlog audio received and not yet decoded, over all clips
 * @param draining takes no new streams
 */
public record LoadReport(double coresUsed, double cores, Duration backlog, boolean draining) {
  static final LoadReport NONE = new LoadReport(0, 0, Duration.ZERO, false);

  public LoadReport {
    if (!(coresUsed >= 0 && cores >= 0) || backlog.isNegative()) {
      throw new IllegalArgumentException("a load is not negative");
    }
  }
}
