// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import java.util.List;

/**
 * A table of text.
 *
 * @param caption says what it holds
 * @param head one for each column; the first column names the row
 */
record Table(String caption, List<String> head, List<List<String>> rows) {
  Table {
    head = List.copyOf(head);
    rows = List.copyOf(rows);
    for (List<String> row : rows) {
      if (row.size() != head.size()) {
        throw new IllegalArgumentException("a row of " + caption + " has " + row.size() + " cells");
      }
    }
  }

  /** Scrolls sideways by itself, also by keyboard, so that the page never has to. */
  void write(Markup out) {
    out.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    out.open("table").element("caption", caption).open("thead").open("tr");
    head.forEach(cell -> out.element("th", cell, "scope", "col"));
    out.close().close().open("tbody");
    for (List<String> row : rows) {
      out.open("tr").element("th", row.get(0), "scope", "row");
      row.stream().skip(1).forEach(cell -> out.element("td", cell));
      out.close();
    }
    out.close().close().close().line();
  }
}
