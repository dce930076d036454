// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.util.List;
import java.util.function.Function;

/**
 * Small things by kind and id that are kept until they are deleted. What a method did is durable
 * when it returns. Each waits for the disk or the network, so no callback of a call may use it; a
 * {@link RecordConsumer} may, rarely. Safe for use by any thread.
 */
public interface DocumentStore {
  /**
   * Puts a document in place of the one of this kind and id, if there is one.
   *
   * @param kind 1 to 100 characters
   * @param id 1 to 200 characters
   * @return its version: 1 if it is new
   * @throws StoreException if it cannot be written now; nothing has changed then
   */
  long put(String kind, String id, byte[] bytes);

  /**
   * All of one kind, in order of id.
   *
   * @throws StoreException if they cannot be read
   */
  List<Document> all(String kind);

  /**
   * What was put and deleted of one kind since it was asked last, which costs a look at one row
   * where there is nothing.
   *
   * @param after {@link DocumentChanges#number} of then; 0 for all
   * @throws StoreException if it cannot be read
   */
  DocumentChanges changes(String kind, long after);

  /**
   * Does several things in one transaction, while nobody else writes: what is read is still so when
   * what is written becomes durable.
   *
   * @param work given the store as it is within the transaction, which it must not use later; it
   *     should return what it wants to refuse rather than throw, which costs a connection
   * @throws StoreException if it cannot be done now; nothing has changed then
   */
  <T> T exclusively(Function<DocumentStore, T> work);

  /**
   * Deletes a document; nothing happens if there is none.
   *
   * @throws StoreException if it cannot be written now; nothing has changed then
   */
  void delete(String kind, String id);
}
