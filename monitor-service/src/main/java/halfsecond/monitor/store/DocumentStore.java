// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.util.List;

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
   * Deletes a document; nothing happens if there is none.
   *
   * @throws StoreException if it cannot be written now; nothing has changed then
   */
  void delete(String kind, String id);
}
