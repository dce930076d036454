// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reference;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.kept.Keeper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The references that were made, of which there are only so many. Safe for use by any thread; only
 * adding and deleting may wait.
 */
public final class References {
  /** One of all metrics takes some 50 KiB. */
  private static final int MOST = 100;

  private final Keeper<StoredReference> keeper;
  private final Object changes = new Object();

  /**
   * In the order in which they were made. Another one is put in its place, so that nobody waits who
   * only looks.
   */
  private volatile Map<String, StoredReference> byId;

  /**
   * @param keeper asked now for what it kept, then told of every change
   */
  public References(Keeper<StoredReference> keeper) {
    this.keeper = keeper;
    this.byId = byId(keeper.all());
  }

  private static Map<String, StoredReference> byId(List<StoredReference> kept) {
    List<StoredReference> inOrder = new ArrayList<>(kept);
    inOrder.sort(Comparator.comparing(it -> it.reference().made().at()));
    Map<String, StoredReference> references = new LinkedHashMap<>();
    inOrder.forEach(it -> references.put(it.reference().id(), it));
    return Collections.unmodifiableMap(references);
  }

  /** Takes what other monitors on the same store have made and deleted; waits for the keeper. */
  public void refresh() {
    synchronized (changes) {
      byId = byId(keeper.all());
    }
  }

  /**
   * Adds one. Waits for the keeper; throws what it throws, and nothing has changed then.
   *
   * @throws SpeechException {@code SATURATED} if there are too many
   */
  public void add(StoredReference stored) {
    synchronized (changes) {
      if (byId.size() >= MOST) {
        throw new SpeechException(Reason.SATURATED, "too many references");
      }
      keeper.keep(stored);
      Map<String, StoredReference> references = new LinkedHashMap<>(byId);
      references.put(stored.reference().id(), stored);
      byId = Collections.unmodifiableMap(references);
    }
  }

  /**
   * The reference of that id.
   *
   * @throws SpeechException {@code NOT_FOUND}
   */
  public StoredReference find(String id) {
    StoredReference found = byId.get(id);
    if (found == null) {
      throw notFound();
    }
    return found;
  }

  /**
   * Deletes one. Waits for the keeper; throws what it throws, and nothing has changed then.
   *
   * @throws SpeechException {@code NOT_FOUND}
   */
  public void delete(String id) {
    synchronized (changes) {
      if (!byId.containsKey(id)) {
        throw notFound();
      }
      keeper.forget(id);
      Map<String, StoredReference> references = new LinkedHashMap<>(byId);
      references.remove(id);
      byId = Collections.unmodifiableMap(references);
    }
  }

  /**
   * Newest first.
   *
   * @param metric those of this metric and those of all; null for every one
   */
  public List<Reference> list(@Nullable String metric) {
    List<Reference> references = new ArrayList<>();
    byId.values().forEach(it -> references.add(it.reference()));
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
