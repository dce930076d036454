// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The files for Prometheus and Grafana that the distribution carries. */
final class Shipped {

  static final Path PROMETHEUS = Path.of("src", "main", "prometheus");
  static final Path RULES = PROMETHEUS.resolve("halfsecond.rules.yml");
  static final Path CONFIG = PROMETHEUS.resolve("prometheus.yml");
  static final Path DASHBOARD = Path.of("src", "main", "grafana", "halfsecond.json");

  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*$");
  private static final Pattern RECORDED = Pattern.compile("(?m)^\\s*- record: (\\S+)$");

  private Shipped() {}

  /** Without comments. */
  static String rules() throws IOException {
    return COMMENT.matcher(Files.readString(RULES)).replaceAll("");
  }

  /** Names of the series that the rules record. */
  static Set<String> recorded() throws IOException {
    return RECORDED
        .matcher(rules())
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(DASHBOARD.toFile());
  }

  /** Queries of all panels, with the variables as they are after opening the page. */
  static List<String> queries() throws IOException {
    return dashboard().findValues("panels").get(0).findValuesAsText("expr").stream()
        .map(query -> query.replace("$__rate_interval", "1m").replace("$model_version", ".*"))
        .toList();
  }
}
