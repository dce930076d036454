// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
  private final TextTable table = new TextTable("service", "cores");

  @Test
  void alignsColumns() {
    table.row("asr", "128");
    table.row("router", "8");

    assertThat(table.plain()).isEqualTo("service  cores\nasr        128\nrouter       8\n");
  }

  @Test
  void isMarkdown() {
    table.row("asr", "128");

    assertThat(table.markdown())
        .isEqualTo("| service | cores |\n|---|---:|\n| asr     |   128 |\n");
  }
}
