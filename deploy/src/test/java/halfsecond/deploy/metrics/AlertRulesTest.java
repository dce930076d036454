// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each alert says what is wrong, how bad it is, and where it is written what to do. */
class AlertRulesTest {

  private static final Path MANUAL = Path.of("..", "docs", "operations.md");
  private static final Path TESTS = Path.of("src", "test", "prometheus");
  private static final Pattern SEVERITY =
      Pattern.compile("(?m)^ +severity: (critical|warning|info)$");
  private static final Pattern RECORDED_NAME = Pattern.compile("\\bhalfsecond:[a-z0-9_:]+");

  /** Text of each alert, its name first. */
  private static List<String> alerts() throws IOException {
    return Stream.of(Shipped.rules().split("- alert: ")).skip(1).toList();
  }

  private static String name(String alert) {
    return alert.substring(0, alert.indexOf('\n'));
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void saysWhatItIsAndWhatToDo(String alert) throws IOException {
    String name = name(alert);

    assertThat(SEVERITY.matcher(alert).results()).as("severities").hasSize(1);
    assertThat(alert)
        .containsPattern("(?m)^ +summary: \\S")
        .containsPattern("(?m)^ +description: \\S")
        .contains("runbook_url: docs/operations.md#" + name.toLowerCase(Locale.ROOT) + "\n");
    assertThat(Files.readString(MANUAL)).contains("\n### " + name + "\n");
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void isTested(String alert) throws IOException {
    String tests =
        Files.readString(TESTS.resolve("halfsecond.rules.test.yml"))
            + Files.readString(TESTS.resolve("halfsecond.days.test.yml"));

    assertThat(tests).contains("alertname=\"" + name(alert) + "\",alertstate=\"firing\"");
  }

  @Test
  void useOnlySeriesThatTheyRecord() throws IOException {
    String all = Shipped.rules() + String.join("\n", Shipped.queries());

    assertThat(RECORDED_NAME.matcher(all).results().map(match -> match.group()))
        .isNotEmpty()
        .allSatisfy(series -> assertThat(Shipped.recorded()).contains(series));
  }
}
