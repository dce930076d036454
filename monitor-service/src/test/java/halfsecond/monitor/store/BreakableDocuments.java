// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.rpc.TestRecords;
import java.util.List;
import java.util.function.Function;

/** Documents that fail when told, like those of a store that was closed. */
public final class BreakableDocuments implements DocumentStore {
  private final DocumentStore whole;
  private final DocumentStore closed;
  private boolean broken;
  private boolean losing;

  public BreakableDocuments(DocumentStore whole) {
    this.whole = whole;
    Store other = TestStores.open(TestStores.inMemory(), () -> TestRecords.NOW);
    other.close();
    closed = other.documents();
  }

  public void broken(boolean now) {
    broken = now;
  }

  /** From now on what is put is kept, but nobody learns that it was. */
  public void losingAnswers(boolean now) {
    losing = now;
  }

  @Override
  public long put(String kind, String id, byte[] bytes) {
    long version = documents().put(kind, id, bytes);
    return losing ? closed.put(kind, id, bytes) : version;
  }

  @Override
  public List<Document> all(String kind) {
    return documents().all(kind);
  }

  @Override
  public DocumentChanges changes(String kind, long after) {
    return documents().changes(kind, after);
  }

  @Override
  public <T> T exclusively(Function<DocumentStore, T> work) {
    return documents().exclusively(work);
  }

  @Override
  public void delete(String kind, String id) {
    documents().delete(kind, id);
  }

  private DocumentStore documents() {
    return broken ? closed : whole;
  }
}
