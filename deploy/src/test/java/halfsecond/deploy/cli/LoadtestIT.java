// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.deploy.install.Distribution;
import halfsecond.deploy.install.Home;
import halfsecond.deploy.pipeline.TestModels;
import halfsecond.deploy.view.Screen;
import halfsecond.loadtest.json.ReportJson;
import halfsecond.loadtest.result.LoadReport;
import halfsecond.loadtest.result.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load test against the real services in processes, at a load that any machine bears. */
class LoadtestIT {

  @TempDir private Path folder;
  private final Screen screen = Screen.pipe();

  /**
   * Batch traffic is never cut at a deadline, so the words are right even on a busy machine;
   * whether the run counts as valid there is the machine's business.
   */
  @Test
  void measuresTheRealPipeline() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.createSymbolicLink(home.resolve("models"), TestModels.prepared());
    Path output = folder.resolve("out");

    int code =
        CommandRunner.run(
            new CommandContext(screen.terminal(), new Home(home), new Distribution(folder)),
            "loadtest",
            "run",
            "--rate=1",
            "--arrivals=fixed",
            "--duration=6s",
            "--warm-up=2s",
            "--class=batch",
            "--output=" + output);

    LoadReport report = ReportJson.read(output.resolve("report.json"));
    RunResult run = report.targets().get(0).runs().get(0);
    assertThat(run.counts().scheduled()).isEqualTo(5);
    assertThat(run.counts().answered()).as(screen.out()).isEqualTo(5);
    assertThat(run.accuracy().wordErrorRate()).isNotNull().isLessThan(0.5);
    assertThat(run.processes())
        .extracting(RunResult.ProcessUse::service)
        .anyMatch(service -> service.startsWith("asr"));
    assertThat(run.latencies().isEmpty()).isEqualTo(!run.valid());
    assertThat(code).isIn(0, 1);
    assertThat(output.resolve("report.html")).content().contains("<html");
  }
}
