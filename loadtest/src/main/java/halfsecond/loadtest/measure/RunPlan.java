// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import halfsecond.loadtest.schedule.SchedulePlan;
import java.util.Optional;

/**
 * One run to be made.
 *
 * @param kind what it is for, as {@link halfsecond.loadtest.result.RunResult#kind} says it
 * @param after goes on without a pause, for what the server is like afterwards; not part of the
 *     result, only of {@link Finished#outcomes}
 * @param stop asked a few times a second whether it may end early
 */
public record RunPlan(
    String kind, SchedulePlan schedule, Optional<SchedulePlan> after, StopRule stop) {

  /** A run that goes on to its end. */
  public static RunPlan whole(String kind, SchedulePlan schedule) {
    return new RunPlan(
        kind, schedule, Optional.empty(), (standing, backlog) -> StopRule.Decision.GO_ON);
  }

  /** The same, and then another load without a pause. */
  public RunPlan followedBy(SchedulePlan next) {
    return new RunPlan(kind, schedule, Optional.of(next), stop);
  }
}
