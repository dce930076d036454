// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.kept.Codec;
import halfsecond.monitor.kept.Keeper;
import java.io.IOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values as documents of one kind. What was read is remembered, so that each is read again only
 * when it has changed. Every method throws {@link StoreException} if the store cannot do it now.
 * Safe for use by any thread.
 */
public final class KeptDocuments<T> implements Keeper<T> {
  private static final Logger LOG = LoggerFactory.getLogger(KeptDocuments.class);

  private final DocumentStore documents;
  private final String kind;
  private final Codec<T> codec;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final NavigableMap<String, T> byId = new TreeMap<>();

  /** Of the last change that {@link #byId} has. */
  @GuardedBy("lock")
  private long number;

  /** What came of a decision: one of both. */
  private record Decided<T>(@Nullable T value, @Nullable SpeechException refusal) {}

  /**
   * @param kind that nothing else is kept under, 1 to 100 characters
   */
  public KeptDocuments(DocumentStore documents, String kind, Codec<T> codec) {
    this.documents = documents;
    this.kind = kind;
    this.codec = codec;
  }

  /** In order of id. What is kept in a form that is not understood any more is left out. */
  @Override
  public List<T> all() {
    synchronized (lock) {
      return all(documents);
    }
  }

  @Override
  public void keep(T value) {
    long unused = documents.put(kind, codec.id(value), codec.write(value));
  }

  @Override
  public T decide(Function<List<T>, T> decision) {
    Decided<T> decided;
    synchronized (lock) {
      decided = documents.exclusively(within -> decide(within, decision));
    }
    SpeechException refusal = decided.refusal();
    if (refusal != null) {
      throw refusal;
    }
    return Objects.requireNonNull(decided.value());
  }

  /** A refusal is returned, and commits nothing. */
  private Decided<T> decide(DocumentStore within, Function<List<T>, T> decision) {
    List<T> known;
    synchronized (lock) {
      known = all(within);
    }
    try {
      T value = decision.apply(known);
      long unused = within.put(kind, codec.id(value), codec.write(value));
      return new Decided<>(value, null);
    } catch (SpeechException e) {
      return new Decided<>(null, e);
    }
  }

  @Override
  public void forget(String id) {
    documents.delete(kind, id);
  }

  @GuardedBy("lock")
  private List<T> all(DocumentStore from) {
    DocumentChanges changes = from.changes(kind, number);
    changes.put().forEach(this::read);
    changes.ids().ifPresent(ids -> byId.keySet().retainAll(ids));
    number = changes.number();
    return List.copyOf(byId.values());
  }

  private void read(Document document) {
    synchronized (lock) {
      try {
        byId.put(document.id(), codec.read(document.bytes()));
      } catch (IOException | RuntimeException e) {
        byId.remove(document.id());
        LOG.atWarn()
            .addKeyValue("kind", kind)
            .addKeyValue("document", document.id())
            .setCause(e)
            .log("a document was left out");
      }
    }
  }
}
