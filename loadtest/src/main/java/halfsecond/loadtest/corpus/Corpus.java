// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.corpus;

import java.util.List;

/**
 * Queries to draw from.
 *
 * @param name names it in reports
 * @param description one line: what it is and where it comes from
 */
public record Corpus(String name, String description, List<Query> queries) {
  public Corpus {
    queries = List.copyOf(queries);
    if (queries.isEmpty()) {
      throw new IllegalArgumentException("a corpus holds at least one query");
    }
  }
}
