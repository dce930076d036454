// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reference;

import java.util.List;

/** Keeps references beyond the life of the process. Used by one thread at a time. */
public interface ReferenceKeeper {
  /** What was kept, in any order. */
  List<StoredReference> all();

  /** Keeps one; throws if that failed. */
  void keep(StoredReference reference);

  /** Forgets one; nothing happens if it is not known. */
  void forget(String id);

  /** Keeps nothing: references live as long as the process. */
  static ReferenceKeeper none() {
    return new ReferenceKeeper() {
      @Override
      public List<StoredReference> all() {
        return List.of();
      }

      @Override
      public void keep(StoredReference reference) {}

      @Override
      public void forget(String id) {}
    };
  }
}
