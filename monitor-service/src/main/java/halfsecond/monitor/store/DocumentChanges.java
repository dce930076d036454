// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What happened to the documents of one kind.
 *
 * @param number names the moment
 * @param put those that were put since, as they are now; possibly some from just before
 * @param ids of all that there are; empty if nothing happened
 */
public record DocumentChanges(long number, List<Document> put, Optional<Set<String>> ids) {
  static DocumentChanges none(long number) {
    return new DocumentChanges(number, List.of(), Optional.empty());
  }
}
