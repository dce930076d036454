// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns, the first to the left and the others to the right. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... head) {
    rows.add(List.of(head));
  }

  void row(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException("a row must have a cell for each column");
    }
    rows.add(List.of(cells));
  }

  /** In aligned columns. */
  String plain() {
    StringBuilder out = new StringBuilder();
    rows.forEach(row -> out.append(line(row, "  ")).append('\n'));
    return out.toString();
  }

  /** As a table of Markdown, aligned as well. */
  String markdown() {
    StringBuilder out = new StringBuilder();
    for (int index = 0; index < rows.size(); index++) {
      out.append("| ").append(line(rows.get(index), " | ")).append(" |\n");
      if (index == 0) {
        out.append("|---").append("|---:".repeat(rows.get(0).size() - 1)).append("|\n");
      }
    }
    return out.toString();
  }

  private String line(List<String> row, String between) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      String room = " ".repeat(width(column) - cell.length());
      line.append(column == 0 ? cell + room : between + room + cell);
    }
    return line.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
