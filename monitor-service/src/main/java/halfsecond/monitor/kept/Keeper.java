// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.kept;

import java.util.List;

/**
 * Keeps values of one kind beyond the life of the process. What a method did is durable when it
 * returns, so each may wait for a disk or a network. Used by one thread at a time.
 */
public interface Keeper<T> {
  /** What was kept, in any order. */
  List<T> all();

  /** Keeps it in place of what was kept under its id; throws if that failed. */
  void keep(T value);

  /** Forgets one; nothing happens if it is not known. Throws if that failed. */
  void forget(String id);

  /** Keeps nothing: values live as long as the process. */
  static <T> Keeper<T> none() {
    return new Keeper<>() {
      @Override
      public List<T> all() {
        return List.of();
      }

      @Override
      public void keep(T value) {}

      @Override
      public void forget(String id) {}
    };
  }
}
