// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

/** Told once a second how a run goes, on the runner's thread. */
@FunctionalInterface
public interface RunWatcher {
  /** The run so far. */
  void second(RunPlan plan, Standing standing, int started, int open);

  /** Nobody watches. */
  static RunWatcher none() {
    return (plan, standing, started, open) -> {};
  }
}
