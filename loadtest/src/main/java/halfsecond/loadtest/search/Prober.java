// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import halfsecond.loadtest.result.RunResult;
import java.io.IOException;
import java.time.Duration;

/** Makes the runs of a search. For one thread. */
@FunctionalInterface
public interface Prober {
  /**
   * What to run.
   *
   * @param deciding made to its end before it passes
   */
  record Trial(double qps, Duration length, long seed, boolean deciding) {}

  /**
   * What came of it.
   *
   * @param certain another run of the same would hardly say otherwise
   * @param took that much of the budget
   */
  record Tried(Verdict verdict, boolean certain, Duration took, RunResult result) {}

  /** Runs to the end of the trial, or until the verdict is certain. */
  Tried run(Trial trial) throws IOException, InterruptedException;
}
