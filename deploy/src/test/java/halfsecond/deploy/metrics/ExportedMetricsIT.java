// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import halfsecond.deploy.metrics.Selector.Sample;
import halfsecond.testing.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The rules and the dashboard against services that run and have been spoken to: nothing in them
 * may ask for what is not there, because a query for that is not wrong, it is only silent.
 */
@Tag("side-by-side")
class ExportedMetricsIT {

  private static final Pattern GROUPED = Pattern.compile("\\bby ?\\(([a-z_, ]+)\\)");

  /** What Prometheus itself adds. */
  private static final Set<String> ADDED = Set.of("job", "instance");

  private static MeteredPipeline pipeline;

  @BeforeAll
  static void start() throws Exception {
    pipeline = new MeteredPipeline();
    pipeline.speak();
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  @Test
  void exportsWhatRulesAndDashboardSelect() throws Exception {
    List<Sample> samples = Selector.samples(pipeline.scrape());
    Set<Selector> selectors = new LinkedHashSet<>(Selector.in(Shipped.rules()));
    selectors.addAll(Selector.in(String.join("\n", Shipped.queries())));

    assertThat(selectors).hasSizeGreaterThan(40);
    assertThat(selectors)
        .allSatisfy(selector -> assertThat(samples).as("%s", selector).anyMatch(selector::matches));
  }

  @Test
  void exportsTheLabelsByWhichTheyGroup() throws Exception {
    List<Sample> samples = Selector.samples(pipeline.scrape());
    List<String> expressions = new ArrayList<>(Shipped.queries());
    expressions.addAll(List.of(Shipped.rules().split("- (?:record|alert):")));
    for (String expression : expressions) {
      Set<String> wanted = new TreeSet<>();
      GROUPED
          .matcher(expression)
          .results()
          .forEach(match -> wanted.addAll(List.of(match.group(1).split(", "))));
      wanted.removeAll(ADDED);
      Set<String> there = new TreeSet<>();
      for (Selector selector : Selector.in(expression)) {
        samples.stream().filter(selector::matches).forEach(s -> there.addAll(s.labels().keySet()));
      }

      assertThat(there).as(expression).containsAll(wanted);
    }
  }

  @Test
  void everyRuleAndQueryIsAnsweredByPrometheus() throws Exception {
    Path program = Tools.require("prometheus");
    try (PrometheusProcess prometheus = PrometheusProcess.start(program, pipeline)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(250))
          .untilAsserted(() -> assertThat(prometheus.targetsUp()).isEqualTo(4));
      pipeline.speak();
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> {
                assertThat(prometheus.rules()).isNotEmpty().allSatisfy(ExportedMetricsIT::healthy);
                assertThat(unanswered(prometheus)).isEmpty();
              });

      assertThat(prometheus.query("ALERTS")).as("all is well").isEmpty();
    }
  }

  private static void healthy(JsonNode rule) {
    assertThat(rule.path("health").asText()).as("%s", rule).isEqualTo("ok");
  }

  private static List<String> unanswered(PrometheusProcess prometheus)
      throws IOException, InterruptedException {
    List<String> unanswered = new ArrayList<>();
    List<String> all = new ArrayList<>(Shipped.queries());
    all.addAll(Shipped.recorded());
    for (String query : all) {
      if (prometheus.query(query).isEmpty()) {
        unanswered.add(query);
      }
    }
    return unanswered;
  }
}
