// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import java.util.List;
import java.util.function.Supplier;

/** Decides whether a run has shown enough. */
@FunctionalInterface
public interface StopRule {
  /** What to do with the run. */
  enum Decision {
    /** Nothing is certain yet. */
    GO_ON,
    /** Start no more queries, let those that are open end. */
    STOP,
    /** End at once: what is open is given up and not counted. */
    ABANDON
  }

  /**
   * For the runner's thread.
   *
   * @param backlog see {@link Finished#backlog}; costs something, ask only when it matters
   */
  Decision decide(Standing standing, Supplier<List<Integer>> backlog);
}
