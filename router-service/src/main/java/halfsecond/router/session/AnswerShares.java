// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.time.Duration;

/**
 * How the last part of a budget is spent.
 *
 * @param deliver the part that is kept for bringing the final to the client: recognition is told to
 *     answer by then
 * @param guard how long before the end of the budget the router answers by itself; less than {@code
 *     deliver}, so that recognition's own answer normally comes first
 * @param lateAnswer how long the full answer is waited for, for the record, after one that was cut
 */
public record AnswerShares(Duration deliver, Duration guard, Duration lateAnswer) {
  public AnswerShares {
    if (guard.compareTo(deliver) >= 0) {
      throw new IllegalArgumentException("the guard must be shorter than the share of delivery");
    }
  }
}
