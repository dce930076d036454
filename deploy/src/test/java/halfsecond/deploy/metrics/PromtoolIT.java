// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prometheus' own checks of the rules, and their unit tests. */
@Tag("side-by-side")
class PromtoolIT {

  private static final Path TESTS = Path.of("src", "test", "prometheus");

  @Test
  void rulesAreRules() throws Exception {
    promtool("check", "rules", "--lint=all", "--lint-fatal", Shipped.RULES.toString());
  }

  @Test
  void theConfigurationIsOne() throws Exception {
    promtool("check", "config", Shipped.CONFIG.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"halfsecond.rules.test.yml", "halfsecond.days.test.yml"})
  void alertsFireWhenTheyShould(String tests) throws Exception {
    promtool("test", "rules", TESTS.resolve(tests).toString());
  }

  private static void promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Tools.require("promtool").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
  }
}
