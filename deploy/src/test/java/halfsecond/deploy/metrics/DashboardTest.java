// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The form of the dashboard; that its queries have answers is tested against a pipeline. */
class DashboardTest {

  private static final int WIDTH = 24;

  private static List<JsonNode> panels() throws IOException {
    List<JsonNode> panels = new ArrayList<>();
    Shipped.dashboard().path("panels").forEach(panels::add);
    return panels;
  }

  @Test
  void givesEachPanelAPlaceOfItsOwn() throws IOException {
    Set<String> taken = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : panels()) {
      JsonNode place = panel.path("gridPos");
      int right = place.path("x").asInt() + place.path("w").asInt();
      assertThat(right).as(panel.path("title").asText()).isLessThanOrEqualTo(WIDTH);
      assertThat(ids.add(panel.path("id").asInt())).isTrue();
      for (int x = place.path("x").asInt(); x < right; x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          String cell = x + " " + (place.path("y").asInt() + y);
          assertThat(taken.add(cell)).as(panel.path("title").asText() + " at " + cell).isTrue();
        }
      }
    }
  }

  @Test
  void asksTheDataSourceThatIsChosenInAUnit() throws IOException {
    List<JsonNode> shown =
        panels().stream().filter(panel -> !"row".equals(panel.path("type").asText())).toList();

    assertThat(shown)
        .hasSizeGreaterThan(30)
        .allSatisfy(
            panel -> {
              assertThat(panel.path("title").asText()).isNotBlank();
              assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
              assertThat(panel.findValuesAsText("unit")).isNotEmpty();
              assertThat(panel.path("targets").findValuesAsText("refId"))
                  .isNotEmpty()
                  .doesNotHaveDuplicates();
            });
  }

  @Test
  void hasAViewForEachQuestion() throws IOException {
    assertThat(panels().stream().filter(panel -> "row".equals(panel.path("type").asText())))
        .extracting(row -> row.path("title").asText())
        .containsExactly("Is everything well?", "Budget", "Stages", "Models", "Load");
  }
}
