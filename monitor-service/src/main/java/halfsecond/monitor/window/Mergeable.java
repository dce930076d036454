// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

/** What windows hold: it adds up. */
public interface Mergeable<C> {
  /**
   * Adds everything that {@code other} holds; {@code other} stays as it is. The order of merging
   * does not matter.
   */
  void merge(C other);
}
