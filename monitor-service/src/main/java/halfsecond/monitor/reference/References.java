// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reference;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The references that were made, of which there are only so many. Safe for use by any thread. */
public final class References {
  /** One of all metrics takes some 50 KiB. */
  private static final int MOST = 100;

  private final ReferenceKeeper keeper;
  private final Object lock = new Object();

  /** In the order in which they were made. */
  @GuardedBy("lock")
  private final Map<String, StoredReference> byId = new LinkedHashMap<>();

  /**
   * @param keeper asked now for what it kept, then told of every change
   */
  public References(ReferenceKeeper keeper) {
    this.keeper = keeper;
    List<StoredReference> kept = new ArrayList<>(keeper.all());
    kept.sort(Comparator.comparing(it -> it.reference().made().at()));
    kept.forEach(it -> byId.put(it.reference().id(), it));
  }

  /**
   * Adds one.
   *
   * @throws SpeechException {@code SATURATED} if there are too many
   */
  public void add(StoredReference stored) {
    synchronized (lock) {
      if (byId.size() >= MOST) {
        throw new SpeechException(Reason.SATURATED, "too many references");
      }
      keeper.keep(stored);
      byId.put(stored.reference().id(), stored);
    }
  }

  /**
   * The reference of that id.
   *
   * @throws SpeechException {@code NOT_FOUND}
   */
  public StoredReference find(String id) {
    synchronized (lock) {
      StoredReference found = byId.get(id);
      if (found == null) {
        throw notFound();
      }
      return found;
    }
  }

  /**
   * Deletes one.
   *
   * @throws SpeechException {@code NOT_FOUND}
   */
  public void delete(String id) {
    synchronized (lock) {
      if (!byId.containsKey(id)) {
        throw notFound();
      }
      keeper.forget(id);
      byId.remove(id);
    }
  }

  /**
   * Newest first.
   *
   * @param metric those of this metric and those of all; null for every one
   */
  public List<Reference> list(@Nullable String metric) {
    List<Reference> references = new ArrayList<>();
    synchronized (lock) {
      byId.values().forEach(it -> references.add(it.reference()));
    }
    references.removeIf(
        it -> metric != null && it.metric() != null && !Objects.equals(it.metric(), metric));
    Collections.reverse(references);
    return references;
  }

  private static SpeechException notFound() {
    return new SpeechException(
        Reason.NOT_FOUND,
        "no such reference",
        Map.of("resource", "reference", "field", "reference_id", "limit", "one that was created"));
  }
}
