// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a scrape of every service shows after some utterances, against the table in the manual. */
@Tag("side-by-side")
class MetricsDocumentationIT {

  private static final Path MANUAL = Path.of("..", "docs", "operations.md");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");
  private static final Pattern EXPOSED = Pattern.compile("(?m)^# TYPE ([a-zA-Z_:]+) ");

  /** What the libraries bring along for every service. */
  private static final Pattern FOREIGN = Pattern.compile("(rpc|target|otel|process|jvm)_.*");

  @Test
  void documentsEveryMetricThatIsExposed() throws Exception {
    Set<String> exposed;
    try (MeteredPipeline pipeline = new MeteredPipeline()) {
      pipeline.speak();
      exposed = names(EXPOSED, pipeline.scrape());
    }
    exposed.removeIf(name -> FOREIGN.matcher(name).matches());

    assertThat(exposed).as("metrics of all services").hasSizeGreaterThan(15);
    assertThat(names(DOCUMENTED, Files.readString(MANUAL))).containsAll(exposed);
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
