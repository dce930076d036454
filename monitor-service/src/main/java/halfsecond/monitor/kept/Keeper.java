// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.kept;

import java.util.List;
import java.util.function.Function;

/**
 * Keeps values of one kind beyond the life of the process. What a method did is durable when it
 * returns, so each may wait for a disk or a network. Used by one thread at a time.
 */
public interface Keeper<T> {
  /** What was kept, in any order. */
  List<T> all();

  /** Keeps it in place of what was kept under its id; throws if that failed. */
  void keep(T value);

  /**
   * Keeps what is decided with all that is kept at that moment, by whomever: where others keep
   * values too, nobody does so between the look and the decision. What the decision throws is
   * thrown, and nothing has changed then.
   *
   * @param decision given all of them, in any order; may be asked again if keeping failed
   * @return what was decided
   */
  default T decide(Function<List<T>, T> decision) {
    T value = decision.apply(all());
    keep(value);
    return value;
  }

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
